package wsp.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
  private static final int BLOCK = 16 * 1024;
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

  // Guarded by the lock.
  private ByteArrayOutputStream queued = new ByteArrayOutputStream(BLOCK);
  private long dropped;
  private boolean urgent;
  private boolean writing;

  /**
   * @param name of its thread
   * @param out may block; nothing is kept back in it
   */
  LineQueue(String name, OutputStream out, Troubles troubles) {
    this.out = out;
    this.troubles = troubles;
    this.writer = new Thread(this::write, name);
    this.atEnd = new Thread(this::flush, name + "-end");
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
    synchronized (lock) {
      int before = queued.size();
      if (before + line.length > MAX_QUEUED) {
        dropped++;
        return;
      }
      queued.write(line, 0, line.length);
      boolean full = before < BLOCK && queued.size() >= BLOCK;
      if (before == 0 || full || (now && !urgent)) lock.notifyAll();
      urgent |= now;
    }
  }

  /** Waits until what is queued is written, up to a second. */
  void flush() {
    long deadline = System.nanoTime() + FLUSH_NANOS;
    synchronized (lock) {
      urgent = true;
      lock.notifyAll();
      try {
        while (queued.size() > 0 || writing) {
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
    OPEN.forEach(LineQueue::flush);
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
        write(next());
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

  private void write(ByteArrayOutputStream lines) {
    try {
      lines.writeTo(out);
      out.flush();
    } catch (IOException e) {
      int lost = 0;
      for (byte b : lines.toByteArray()) if (b == '\n') lost++;
      // The next lines try again.
      troubles.failed(e, lost);
    }
  }

  /** All lines there are, as soon as they are due. */
  private ByteArrayOutputStream next() throws InterruptedException {
    ByteArrayOutputStream lines;
    long missing;
    synchronized (lock) {
      while (queued.size() == 0) lock.wait();
      long due = System.nanoTime() + WAIT_NANOS;
      while (!urgent && queued.size() < BLOCK) {
        long left = due - System.nanoTime();
        if (left <= 0) break;
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      lines = queued;
      queued = new ByteArrayOutputStream(BLOCK);
      urgent = false;
      writing = true;
      missing = dropped;
      dropped = 0;
    }
    if (missing > 0) lines.writeBytes(troubles.missing(missing));
    return lines;
  }
}
