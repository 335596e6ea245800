package wsp.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that is put aside before it would grow beyond a size: {@code access.log} becomes
 * {@code access.log.1}, that one {@code .2}, and so on; the last of those that are kept goes. When
 * another program moves or removes the file, a new one is begun. Only whole lines are written to
 * it, so no line is cut in two by that. Links are followed first: what they lead to is put aside,
 * beside itself, and what leads through {@code /dev} or {@code /proc} never is. For one thread.
 *
 * <p>Not Logback's, which keeps 20 files at most, takes a percent sign in a path for a pattern,
 * goes on writing to a file that was removed, and does not tell which lines it has lost.
 */
final class RotatingFile extends OutputStream {
  /** As many links as Linux follows. */
  private static final int MAX_HOPS = 40;

  private final Path path;
  private final long maxBytes;
  private final int keep;
  private final Consumer<IOException> notPutAside;

  private OutputStream out;

  /** Where the path leads. */
  private Path real;

  private @Nullable Object key;
  private boolean regular;
  private long size;

  /** Where it is put aside: beyond {@link #maxBytes} if that could not be done before. */
  private long limit;

  private boolean told;

  /**
   * @param keep how many files that were put aside are kept
   * @param notPutAside is told when that is not possible, and not again until it was: the file
   *     grows on, and it is tried again each time that as much has come on top
   * @throws IOException if the file cannot be written
   */
  RotatingFile(Path path, long maxBytes, int keep, Consumer<IOException> notPutAside)
      throws IOException {
    this.path = path;
    this.maxBytes = maxBytes;
    this.keep = keep;
    this.notPutAside = notPutAside;
    this.real = path;
    this.out = open();
  }

  private OutputStream open() throws IOException {
    FileChannel opened =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    key = attributes.fileKey();
    real = path.toRealPath();
    boolean file = attributes.isRegularFile();
    regular = file && !leadsThroughSystem(path);
    size = attributes.size();
    limit = maxBytes;
    return new WholeLines(opened, file);
  }

  /** A path through /dev or /proc leads to a file that another program has open. */
  private static boolean leadsThroughSystem(Path path) throws IOException {
    Path at = path.toAbsolutePath();
    for (int hop = 0; hop < MAX_HOPS; hop++) {
      Path name = at.getFileName();
      Path directory = at.getParent();
      if (name == null || directory == null) return false;
      at = directory.toRealPath().resolve(name);
      if (at.startsWith("/dev") || at.startsWith("/proc")) return true;
      if (!Files.isSymbolicLink(at)) return false;
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return true;
  }

  private void reopen() throws IOException {
    out.close();
    out = open();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** Whole lines. */
  @Override
  public void write(byte[] lines, int from, int length) throws IOException {
    if (!isStillThere()) reopen();
    int end = from + length;
    for (int at = from; at < end; ) {
      int part = whatFits(lines, at, end);
      if (part == at && size > 0 && putAside()) continue;
      if (part == at) part = endOfLine(lines, at, end);
      append(lines, at, part);
      at = part;
    }
  }

  /** It is, if the path leads to it; another program may have emptied it (copytruncate). */
  private boolean isStillThere() {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      if (key != null && !key.equals(now.fileKey())) return false;
      if (now.size() < size) {
        size = now.size();
        limit = maxBytes;
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where the last line ends that the file has room for. */
  private int whatFits(byte[] lines, int from, int end) {
    // A device or a pipe is not a file that fills, and must not be renamed.
    long room = regular ? limit - size : Long.MAX_VALUE;
    if (end - from <= room) return end;
    for (int i = (int) (from + Math.max(0, room)); i > from; i--) {
      if (lines[i - 1] == '\n') return i;
    }
    return from;
  }

  private static int endOfLine(byte[] lines, int from, int end) {
    for (int i = from; i < end; i++) if (lines[i] == '\n') return i + 1;
    return end;
  }

  private void append(byte[] lines, int from, int end) throws IOException {
    try {
      out.write(lines, from, end - from);
      size += end - from;
    } catch (IOException e) {
      // Some of the lines may be there.
      if (regular) size = Files.size(path);
      throw e;
    }
  }

  private boolean putAside() throws IOException {
    try {
      shift();
      told = false;
    } catch (IOException e) {
      // Perhaps only for now: another program moves the files as well, or the disk is full.
      limit = size + maxBytes;
      if (!told) notPutAside.accept(e);
      told = true;
      return false;
    }
    reopen();
    return true;
  }

  private void shift() throws IOException {
    int free = 1;
    while (free < keep && Files.exists(aside(free))) free++;
    for (int i = free; i > 1; i--)
      Files.move(aside(i - 1), aside(i), StandardCopyOption.REPLACE_EXISTING);
    Files.move(real, aside(1), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path aside(int number) {
    return real.resolveSibling(real.getFileName() + "." + number);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
