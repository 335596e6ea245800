package wsp.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The log's way to standard output, in blocks: a system call for each line is a tenth of the work
 * of a small request. What is below a warning waits for up to 100 ms for others; a process that is
 * killed with SIGKILL takes that long of its log with it, one that ends in any other way does not.
 */
final class StandardOutput extends OutputStreamAppender<ILoggingEvent> {
  private static final int BLOCK = 16 * 1024;
  private static final long WAIT_MILLIS = 100;

  private final ScheduledExecutorService flusher =
      Executors.newSingleThreadScheduledExecutor(StandardOutput::daemon);

  private final AtomicBoolean dirty = new AtomicBoolean();
  private final OutputStream out =
      new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BLOCK);

  StandardOutput(Encoder<ILoggingEvent> encoder) {
    setEncoder(encoder);
    setImmediateFlush(false);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "wsp-log");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    setOutputStream(out);
    super.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::flush, "wsp-log-end"));
  }

  @Override
  protected void append(ILoggingEvent event) {
    super.append(event);
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      flush();
    } else if (dirty.compareAndSet(false, true)) {
      var unused = flusher.schedule(this::flush, WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Writes what waits. */
  void flush() {
    dirty.set(false);
    streamWriteLock.lock();
    try {
      out.flush();
    } catch (IOException e) {
      // There is nowhere left to say it; the next line tries again.
      addError("standard output takes nothing", e);
    } finally {
      streamWriteLock.unlock();
    }
  }
}
