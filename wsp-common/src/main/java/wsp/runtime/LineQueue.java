package wsp.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to where writing may block, in blocks: a system call for each line is a tenth
 * of the work of a small request. What is not urgent waits for up to 20 ms for others; a process
 * that is killed with SIGKILL takes that long of its lines with it, one that ends in any other way
 * does not.
 *
 * <p>Nobody waits for whoever takes the lines: one thread writes, the others leave theirs here.
 * Lines beyond the bound are dropped, and counted once it goes on. Safe for all threads.
 */
final class LineQueue {
  private static final int BLOCK = 32 * 1024;
  private static final int MAX_QUEUED = 1 << 20;
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** All that have been started and not closed. */
  private static final Set<LineQueue> OPEN = ConcurrentHashMap.newKeySet();

  /** Is told what goes wrong, on the thread that writes. */
  interface Troubles {
    /** So many lines were dropped; what is to stand in their place, perhaps nothing. */
    byte[] missing(long lines);

    /** A block of so many lines was not written, or not all of it. */
    void failed(IOException why, int lines);
  }

  private final OutputStream out;
  private final Troubles troubles;
  private final Thread writer;
  private final Thread atEnd;
  private final Object lock = new Object();

  /** Of the writer: empty, to be filled while the other one is written. */
  private Lines spare = new Lines();

  // Guarded by the lock.
  private Lines queued = new Lines();
  private long dropped;
  private boolean urgent;
  private boolean writing;
  private @Nullable TerminalLine below;
  private @Nullable TerminalLine gone;

  /**
   * @param name of its thread
   * @param out may block; nothing is kept back in it
   */
  LineQueue(String name, OutputStream out, Troubles troubles) {
    this.out = out;
    this.troubles = troubles;
    this.writer = new Thread(this::write, name);
    this.atEnd = new Thread(this::end, name + "-end");
  }

  /**
   * Begins to write.
   *
   * @return null, or why what is here at the end of the process may be lost
   */
  @Nullable Exception start() {
    OPEN.add(this);
    writer.setDaemon(true);
    writer.start();
    try {
      Runtime.getRuntime().addShutdownHook(atEnd);
      return null;
    } catch (IllegalStateException e) {
      // The process has seen its arguments and is ending already: there will be nothing to flush.
      return e;
    }
  }

  /** Leaves a line, its end included, without waiting for anybody. */
  void add(byte[] line, boolean now) {
    add(line, line.length, now);
  }

  /** The same, of the first so many bytes, which are not needed any more when this returns. */
  void add(byte[] line, int length, boolean now) {
    synchronized (lock) {
      int before = queued.length();
      if (before + length > MAX_QUEUED) {
        dropped++;
        return;
      }
      queued.add(line, length);
      boolean full = before < BLOCK && before + length >= BLOCK;
      if (before == 0 || full || (now && !urgent)) lock.notifyAll();
      urgent |= now;
    }
  }

  /** From now on this is drawn below the lines; null: nothing any more. */
  void below(@Nullable TerminalLine next) {
    synchronized (lock) {
      if (below != null) gone = below;
      below = next;
      lock.notifyAll();
    }
  }

  /** Writes what there is to write, and leaves a terminal clean. */
  void end() {
    below(null);
    flush();
  }

  /** Waits until what is queued is written, up to a second. */
  void flush() {
    long deadline = System.nanoTime() + FLUSH_NANOS;
    synchronized (lock) {
      urgent = true;
      lock.notifyAll();
      try {
        while (queued.size() > 0 || gone != null || writing) {
          long left = deadline - System.nanoTime();
          if (left <= 0) return;
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Each of them, for whoever ends the process without a word. */
  static void flushAll() {
    OPEN.forEach(LineQueue::end);
  }

  /** Writes what is here, and no more; what comes later is lost. */
  void close() {
    flush();
    OPEN.remove(this);
    writer.interrupt();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // It runs already, or is about to: it finds nothing.
      OPEN.remove(this);
    }
  }

  private void write() {
    try {
      while (true) {
        Block block = next();
        write(block);
        // One that had to hold very much is not kept.
        spare = block.lines().length() > 2 * BLOCK ? new Lines() : block.lines();
        spare.reset();
        synchronized (lock) {
          writing = false;
          lock.notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      out.close();
    } catch (IOException e) {
      troubles.failed(e, 0);
    }
  }

  private void write(Block block) {
    try {
      block.bytes().writeTo(out);
      out.flush();
    } catch (IOException e) {
      int lost = 0;
      for (byte b : block.lines().toByteArray()) if (b == '\n') lost++;
      // The next lines try again.
      troubles.failed(e, lost);
    }
  }

  /** For whoever has a lock already: the methods of its kind take one each. */
  private static final class Lines extends ByteArrayOutputStream {
    Lines() {
      super(BLOCK);
    }

    void add(byte[] line, int length) {
      if (count + length > buf.length)
        buf = Arrays.copyOf(buf, Math.max(2 * buf.length, count + length));
      System.arraycopy(line, 0, buf, count, length);
      count += length;
    }

    int length() {
      return count;
    }
  }

  /**
   * What is written at once.
   *
   * @param gone a line of the terminal that is not wanted any more, or null
   * @param below one that is drawn below the lines, or null
   */
  private record Block(Lines lines, @Nullable TerminalLine gone, @Nullable TerminalLine below) {
    ByteArrayOutputStream bytes() {
      if (gone == null && below == null) return lines;
      ByteArrayOutputStream all = new ByteArrayOutputStream(lines.size() + 256);
      if (gone != null) all.writeBytes(gone.erase());
      if (below == null) all.writeBytes(lines.toByteArray());
      else if (lines.size() > 0) below.around(lines, all);
      else all.writeBytes(below.redraw());
      return all;
    }
  }

  /** Waits for lines, or until the line below them is to be drawn again. */
  private void awaitSomething() throws InterruptedException {
    long due = System.nanoTime() + TerminalLine.INTERVAL_NANOS;
    while (queued.size() == 0 && gone == null) {
      long left = due - System.nanoTime();
      if (below == null) lock.wait();
      else if (left > 0) TimeUnit.NANOSECONDS.timedWait(lock, left);
      else return;
    }
  }

  /** All lines there are, as soon as they are due. */
  private Block next() throws InterruptedException {
    Block block;
    long missing;
    synchronized (lock) {
      awaitSomething();
      long due = System.nanoTime() + WAIT_NANOS;
      while (!urgent && queued.size() > 0 && queued.size() < BLOCK) {
        long left = due - System.nanoTime();
        if (left <= 0) break;
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      block = new Block(queued, gone, below);
      queued = spare;
      gone = null;
      urgent = false;
      writing = true;
      missing = dropped;
      dropped = 0;
    }
    if (missing > 0) block.lines().writeBytes(troubles.missing(missing));
    return block;
  }
}
