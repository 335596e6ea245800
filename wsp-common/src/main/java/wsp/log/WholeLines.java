package wsp.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Appends lines to a file so that each is there whole or not at all: what a disk that is full has
 * taken of a line is taken back. A pipe or a device gives nothing back; there, the half line is
 * ended, and the next one begins on a line of its own. For one thread.
 */
final class WholeLines extends OutputStream {
  private static final byte[] END = {'\n'};

  private final FileChannel channel;
  private final boolean regular;
  private boolean torn;

  /**
   * @param channel writes at the end of the file
   * @param regular false for what is no file that fills
   */
  WholeLines(FileChannel channel, boolean regular) {
    this.channel = channel;
    this.regular = regular;
  }

  /** Standard output, wherever it leads. */
  static WholeLines ofStandardOutput() {
    boolean regular = Files.isRegularFile(Path.of("/proc/self/fd/1"));
    return new WholeLines(new FileOutputStream(FileDescriptor.out).getChannel(), regular);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** Whole lines. */
  @Override
  public void write(byte[] lines, int from, int length) throws IOException {
    if (torn) {
      channel.write(ByteBuffer.wrap(END));
      torn = false;
    }
    long before = regular ? channel.size() : 0;
    ByteBuffer left = ByteBuffer.wrap(lines, from, length);
    try {
      while (left.hasRemaining()) channel.write(left);
    } catch (IOException e) {
      int whole = endOfWhole(lines, from, left.position());
      takeBack(before + whole - from, before + left.position() - from);
      throw new LinesLostException(e, count(lines, whole, from + length));
    }
  }

  /** Unless another program has written after it. */
  private void takeBack(long end, long now) {
    try {
      if (end == now) return;
      if (regular && channel.size() == now) {
        var unused = channel.truncate(end);
      } else {
        torn = true;
      }
    } catch (IOException e) {
      torn = true;
    }
  }

  private static int endOfWhole(byte[] lines, int from, int to) {
    for (int i = to; i > from; i--) if (lines[i - 1] == '\n') return i;
    return from;
  }

  static int count(byte[] lines, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) if (lines[i] == '\n') n++;
    return n;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
