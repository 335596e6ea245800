package wsp.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log: one line an event, to standard output, as {@link LogSetup} has it. */
public final class Logging {
  private static volatile @Nullable Thread loading;

  private Logging() {}

  /**
   * Loads the log on a thread of its own, while the caller reads its arguments. Nobody may ask for
   * a logger before {@link #await}: SLF4J would hand out a substitute, and say so.
   */
  public static void prepare() {
    Thread thread = new Thread(Logging::load, "wsp-log-start");
    thread.setDaemon(true);
    thread.start();
    loading = thread;
  }

  private static void load() {
    LoggerFactory.getILoggerFactory();
  }

  /** Waits until the log can be used. */
  public static void await() throws InterruptedException {
    Thread thread = loading;
    if (thread != null) thread.join();
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

  /**
   * Shows below the log what the daemon is doing, if a person looks at it: standard output is a
   * terminal that can redraw a line, and the log is in lines for people.
   *
   * @param state asked about twice a second, by the thread that writes the log; a short text of
   *     ASCII
   */
  public static void show(Supplier<String> state) {
    StandardOutput appender = appender();
    if (appender == null || !(appender.getEncoder() instanceof LineEncoder)) return;
    Terminal terminal = Terminal.ofProcess();
    if (terminal.live())
      appender.line(new TerminalLine(state, Terminal::columns, terminal.colours()));
  }

  private static @Nullable StandardOutput appender() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    return root.getAppender(LogSetup.APPENDER) instanceof StandardOutput appender ? appender : null;
  }

  /**
   * Writes out what waits, and takes away what {@link #show} shows; for whoever ends the process
   * without a word.
   */
  public static void flush() {
    StandardOutput appender = appender();
    if (appender != null) appender.end();
  }
}
