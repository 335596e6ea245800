package wsp.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The log's way to standard output, in blocks: a system call for each line is a tenth of the work
 * of a small request. What is below a warning waits for up to 20 ms for others; a process that is
 * killed with SIGKILL takes that long of its log with it, one that ends in any other way does not.
 *
 * <p>Nobody waits for whoever reads the log: one thread writes, the others leave their lines in a
 * queue. Lines beyond its bound are dropped, and counted in the log once it goes on.
 */
final class StandardOutput extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final int BLOCK = 16 * 1024;
  private static final int MAX_QUEUED = 1 << 20;
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Encoder<ILoggingEvent> encoder;
  private final OutputStream out;
  private final Object lock = new Object();

  // Guarded by the lock.
  private ByteArrayOutputStream queued = new ByteArrayOutputStream(BLOCK);
  private long dropped;
  private boolean urgent;
  private boolean writing;
  private @Nullable TerminalLine line;
  private @Nullable TerminalLine last;

  /**
   * @param out may block; nothing is kept back in it
   */
  StandardOutput(Encoder<ILoggingEvent> encoder, OutputStream out) {
    this.encoder = encoder;
    this.out = out;
  }

  /** How a line is made of an event. */
  Encoder<ILoggingEvent> getEncoder() {
    return encoder;
  }

  @Override
  public void start() {
    super.start();
    Thread writer = new Thread(this::write, "wsp-log");
    writer.setDaemon(true);
    writer.start();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "wsp-log-end"));
    } catch (IllegalStateException e) {
      // The process has seen its arguments and is ending already: there will be nothing to flush.
      addInfo("started at the end", e);
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    byte[] line = encoder.encode(event);
    boolean now = event.getLevel().isGreaterOrEqual(Level.WARN);
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

  /** From now on this is drawn below the log; null: nothing any more. */
  void line(@Nullable TerminalLine next) {
    synchronized (lock) {
      if (line != null) last = line;
      line = next;
      lock.notifyAll();
    }
  }

  /** Writes what there is to write and leaves the terminal clean. */
  void end() {
    line(null);
    flush();
  }

  /** Waits until what is queued is written, up to a second. */
  void flush() {
    long deadline = System.nanoTime() + FLUSH_NANOS;
    synchronized (lock) {
      urgent = true;
      lock.notifyAll();
      try {
        while (queued.size() > 0 || last != null || writing) {
          long left = deadline - System.nanoTime();
          if (left <= 0) return;
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
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
      // Nobody does that; the log ends with its thread.
      Thread.currentThread().interrupt();
    }
  }

  private void write(Block block) {
    try {
      block.bytes().writeTo(out);
      out.flush();
    } catch (IOException e) {
      // There is nowhere left to say it; the next lines try again.
      addError("standard output takes nothing", e);
    }
  }

  /**
   * What is written at once.
   *
   * @param gone a line of the terminal that is not wanted any more, or null
   * @param below one that is drawn below, or null
   */
  private record Block(
      ByteArrayOutputStream lines, @Nullable TerminalLine gone, @Nullable TerminalLine below) {
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
    while (queued.size() == 0 && last == null) {
      long left = due - System.nanoTime();
      if (line == null) lock.wait();
      else if (left > 0) TimeUnit.NANOSECONDS.timedWait(lock, left);
      else return;
    }
  }

  /** All lines there are, as soon as they are due. */
  private Block next() throws InterruptedException {
    ByteArrayOutputStream lines;
    TerminalLine gone;
    TerminalLine below;
    long missing;
    synchronized (lock) {
      awaitSomething();
      long due = System.nanoTime() + WAIT_NANOS;
      while (!urgent && queued.size() > 0 && queued.size() < BLOCK) {
        long left = due - System.nanoTime();
        if (left <= 0) break;
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      lines = queued;
      queued = new ByteArrayOutputStream(BLOCK);
      urgent = false;
      writing = true;
      gone = last;
      last = null;
      below = line;
      missing = dropped;
      dropped = 0;
    }
    if (missing > 0) lines.writeBytes(encoder.encode(gap(missing)));
    return new Block(lines, gone, below);
  }

  private ILoggingEvent gap(long missing) {
    String name = StandardOutput.class.getName();
    String text = "{} lines are missing here: nobody read the log";
    var logger = ((LoggerContext) getContext()).getLogger(name);
    return new LoggingEvent(name, logger, Level.WARN, text, null, new Object[] {missing});
  }
}
