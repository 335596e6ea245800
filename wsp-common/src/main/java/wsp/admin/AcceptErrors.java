package wsp.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import wsp.limit.LogLimit;
import wsp.process.Descriptors;

/**
 * Has the JDK's HTTP server rest when it has no file descriptor for a connection that waits. It
 * would try again at once, for ever, and log each attempt; that line is the only thing that it lets
 * others see of it, on the thread that accepts. In its place there is one line a minute.
 */
final class AcceptErrors implements Filter {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(AcceptErrors.class);
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Kept, for the JDK forgets loggers without a reference. */
  private static final Logger JDK = Logger.getLogger("com.sun.net.httpserver");

  private final LogLimit lines = new LogLimit(Duration.ofMinutes(1));

  /** To be called once, before the first server is made. */
  static void install() {
    JDK.setFilter(new AcceptErrors());
    // The JDK logs errors at the port at the level of a trace.
    JDK.setLevel(Level.FINER);
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    if (!(record.getThrown() instanceof IOException e) || !Descriptors.areExhausted(e))
      return record.getLevel().intValue() >= Level.WARNING.intValue();
    if (lines.allows(System.nanoTime()))
      LOG.warn("The admin port accepts no connection for now: {}", Descriptors.exhausted());
    LockSupport.parkNanos(REST_NANOS);
    return false;
  }
}
