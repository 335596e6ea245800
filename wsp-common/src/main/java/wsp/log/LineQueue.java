package wsp.log;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import wsp.log.WholeLines.LinesLostException;
import wsp.process.LastResort;

/**
 * Lines on their way to where writing may block, in blocks: a system call for each line is a tenth
 * of the work of a small request. A line that is not urgent waits for up to 20 ms for others; a
 * process that is killed with SIGKILL takes that long of its lines with it, one that ends in any
 * other way does not.
 *
 * <p>No thread but the writing one waits for the reader of the lines; the others leave theirs here.
 * Lines beyond the bound are dropped, and counted once writing goes on. Safe for all threads.
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

    /** So many lines were not written; true if they are to be told as missing once it works. */
    boolean failed(IOException why, int lines);

    /** Lines are dropped from now on; on the thread that has left one, which must not wait. */
    default void dropping() {}

    default void written() {}
  }

  private final OutputStream out;
  private final Troubles troubles;
  private final Thread writer;
  private final Thread atEnd;
  private final Object lock = new Object();

  /** Of the writer: empty, to be filled while the other one is written. */
  private LineBlock.Lines spare = new LineBlock.Lines(BLOCK);

  // Guarded by the lock.
  private LineBlock.Lines queued = new LineBlock.Lines(BLOCK);
  private long dropped;
  private boolean urgent;
  private boolean writing;
  private @Nullable TerminalLine below;
  private @Nullable TerminalLine gone;

  /** Keeps nothing back in what it writes to, which may block. */
  LineQueue(String name, OutputStream out, Troubles troubles) {
    this.out = out;
    this.troubles = troubles;
    this.writer = new Thread(this::write, name);
    this.atEnd = new Thread(this::end, name + "-end");
  }

  /** Begins to write; null, or why what is here at the end of the process may be lost. */
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

  /** Leaves a line, its end included, without waiting. */
  void add(byte[] line, boolean now) {
    add(line, line.length, now);
  }

  /** The same, of the first so many bytes, which are not needed any more when this returns. */
  void add(byte[] line, int length, boolean now) {
    synchronized (lock) {
      int before = queued.length();
      if (before + length <= MAX_QUEUED) {
        queued.add(line, length);
        boolean full = before < BLOCK && before + length >= BLOCK;
        if (before == 0 || full || (now && !urgent)) lock.notifyAll();
        urgent |= now;
        return;
      }
      if (dropped++ > 0) return;
    }
    troubles.dropping();
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

  /** Writes what all of them have, before the process is halted. */
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
        LineBlock block = next();
        write(block);
        // One that had to hold very much is not kept.
        spare = block.lines().length() > 2 * BLOCK ? new LineBlock.Lines(BLOCK) : block.lines();
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
      boolean unused = troubles.failed(e, 0);
    }
  }

  private void write(LineBlock block) {
    try {
      block.bytes().writeTo(out);
      out.flush();
      troubles.written();
    } catch (IOException e) {
      failed(block, e);
    } catch (RuntimeException | Error e) { // the log goes on without this line
      LastResort.endIfOutOfMemory(e);
      failed(block, new IOException(e));
    }
  }

  /** The next lines try again. */
  private void failed(LineBlock block, IOException why) {
    int all = block.lines().ends();
    int lost = why instanceof LinesLostException some ? some.lines() : all;
    // The line that told of others may be lost as well.
    boolean untold = block.missing() > 0 && lost == all;
    if (!troubles.failed(why, lost)) return;
    synchronized (lock) {
      dropped += untold ? block.missing() + lost - 1 : lost;
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
  private LineBlock next() throws InterruptedException {
    LineBlock block;
    synchronized (lock) {
      awaitSomething();
      long due = System.nanoTime() + WAIT_NANOS;
      while (!urgent && queued.size() > 0 && queued.size() < BLOCK) {
        long left = due - System.nanoTime();
        if (left <= 0) break;
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      block = new LineBlock(queued, dropped, gone, below);
      queued = spare;
      gone = null;
      urgent = false;
      writing = true;
      dropped = 0;
    }
    if (block.missing() > 0) block.lines().writeBytes(troubles.missing(block.missing()));
    return block;
  }
}
