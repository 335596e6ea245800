package wsp.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log: one line an event, to standard output, as {@link LogSetup} has it. */
public final class Logging {
  private Logging() {}

  /** Begins to load the log on a thread of its own, while the caller reads its arguments. */
  public static void prepare() {
    Thread loader =
        new Thread(() -> LoggerFactory.getLogger(Logging.class).isErrorEnabled(), "wsp-log-start");
    loader.setDaemon(true);
    loader.start();
  }

  /** Brings what libraries write to java.util.logging into the same log. To be called once. */
  public static void start() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    // What is dropped should be dropped there: a record that crosses over is costly by then.
    LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.WARNING);
  }

  /**
   * Sets the level of the daemons' own lines: error, warn, info, debug or trace, in any case.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static void setLevel(String level) {
    Level known = Level.toLevel(level, null);
    if (known == null)
      throw new IllegalArgumentException("a level is error, warn, info, debug or trace");
    ((Logger) LoggerFactory.getLogger("wsp")).setLevel(known);
  }

  /** Writes out what waits; for whoever ends the process without a word. */
  public static void flush() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (root.getAppender(LogSetup.APPENDER) instanceof StandardOutput appender) appender.flush();
  }
}
