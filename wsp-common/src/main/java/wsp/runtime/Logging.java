package wsp.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log: one line an event, to standard output, as logback.xml has it. The system property {@code
 * wsp.log} sets the level of the daemons' own lines at start, {@link #setLevel} later.
 */
public final class Logging {
  private Logging() {}

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
}
