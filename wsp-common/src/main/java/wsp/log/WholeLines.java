package wsp.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Appends lines to a file so that each is there whole or not at all: what a disk that is full has
 * taken of a line is taken back. A pipe or a device gives nothing back; there, the half line is
 * ended, and the next one begins on a line of its own. One that another program has made
 * non-blocking, as it may what it shares with this process, is waited for like any other. For one
 * thread.
 */
final class WholeLines extends OutputStream {
  /** Waits until there may be room again. */
  interface Rest {
    void rest() throws IOException;
  }

  private static final byte[] END = {'\n'};
  private static final long REST_MILLIS = 20;

  private final FileChannel channel;
  private final boolean regular;
  private final Rest rest;
  private boolean torn;

  /** A channel that writes at the end of a file, which is regular if it is one that fills. */
  WholeLines(FileChannel channel, boolean regular) {
    this(channel, regular, WholeLines::rest);
  }

  /**
   * @param rest is called when the channel takes nothing and does not wait either
   */
  WholeLines(FileChannel channel, boolean regular, Rest rest) {
    this.channel = channel;
    this.regular = regular;
    this.rest = rest;
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
      writeAll(ByteBuffer.wrap(END));
      torn = false;
    }
    long before = regular ? channel.size() : 0;
    ByteBuffer left = ByteBuffer.wrap(lines, from, length);
    try {
      writeAll(left);
    } catch (IOException e) {
      int whole = endOfWhole(lines, from, left.position());
      takeBack(before + whole - from, before + left.position() - from);
      throw new LinesLostException(e, count(lines, whole, from + length));
    }
  }

  private void writeAll(ByteBuffer left) throws IOException {
    while (left.hasRemaining()) if (channel.write(left) == 0) rest.rest();
  }

  private static void rest() throws IOException {
    Object nothing = new Object();
    synchronized (nothing) {
      try {
        TimeUnit.MILLISECONDS.timedWait(nothing, REST_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the log is at its end");
      }
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

  /** Some lines of a block were not written; those before them were, and no half of one. */
  static final class LinesLostException extends IOException {
    private static final long serialVersionUID = 1;

    private final int lines;

    LinesLostException(IOException why, int lines) {
      super(why.getMessage(), why);
      this.lines = lines;
    }

    int lines() {
      return lines;
    }
  }
}
