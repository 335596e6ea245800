package wsp.process;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file descriptors of this process: how many it may have, and whether that is why something
 * failed. Each connection takes one. Where the machine does not tell (it is read from {@code
 * /proc}), nothing is known and nothing is said.
 */
public final class Descriptors {
  private static final String NONE_LEFT = "Too many open files";
  private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +([0-9]+) ");

  /**
   * Files that a daemon has open beside connections: its jar, selectors, files, some in reserve.
   */
  public static final int BESIDE = 100;

  /** Kept, because asking takes one. */
  private static volatile OptionalLong known = OptionalLong.empty();

  private Descriptors() {}

  /** How many there may be; empty if that is not known, or there is no limit. */
  public static OptionalLong limit() {
    OptionalLong now = known;
    if (now.isPresent()) return now;
    try {
      known = limit(Files.readString(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return known;
  }

  static OptionalLong limit(String limits) {
    Matcher m = LIMIT.matcher(limits);
    return m.find() ? OptionalLong.of(Long.parseLong(m.group(1))) : OptionalLong.empty();
  }

  /** How many there are now; empty if that is not known. */
  public static OptionalLong open() {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      long n = 0;
      for (Path unused : all) n++;
      // One of them was for looking.
      return OptionalLong.of(n - 1);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** A warning that so many connections, which these keys allow, are too many; or null. */
  public static @Nullable String warning(OptionalLong limit, long connections, String keys) {
    long needed = connections + BESIDE;
    if (limit.isEmpty() || limit.getAsLong() >= needed) return null;
    return "this process may have %d open files, and the configuration allows connections for %d (%s): raise ulimit -n (LimitNOFILE of systemd), or lower these"
        .formatted(limit.getAsLong(), needed, keys);
  }

  /**
   * True if there was no descriptor left, of this process or of the machine. The system's words may
   * be in any language, so that those in doubt are tried out: for what has failed already.
   */
  public static boolean areExhausted(@Nullable Throwable cause) {
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (saysSo(cause)) return true;
      if (mayBe(cause) && !isOneLeft()) return true;
    }
    return false;
  }

  /** Where the words may be another party's, they count where the system has them alone. */
  private static boolean saysSo(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    boolean ours =
        cause instanceof SocketException
            || cause instanceof FileSystemException
            || cause instanceof FileNotFoundException
            || cause instanceof UnknownHostException;
    return ours ? text.contains(NONE_LEFT) : text.startsWith(NONE_LEFT);
  }

  private static boolean mayBe(Throwable cause) {
    return cause.getClass() == SocketException.class
        || cause.getClass() == FileSystemException.class
        || cause.getClass() == IOException.class
        || cause instanceof UnknownHostException;
  }

  private static boolean isOneLeft() {
    try (SocketChannel one = SocketChannel.open()) {
      return one.isOpen();
    } catch (IOException e) {
      return false;
    }
  }

  /** The line that says that none is left, what the cause is, and what to do. */
  public static String exhausted() {
    OptionalLong limit = limit();
    String most = limit.isEmpty() ? "" : " (" + limit.getAsLong() + ")";
    return "this daemon has no file descriptor left"
        + most
        + ": raise ulimit -n (LimitNOFILE of systemd), or allow fewer connections";
  }
}
