package wsp.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import wsp.config.JsonPrint;
import wsp.process.Threads;

/** The log: one line an event, to standard output, as {@link LogSetup} has it. */
public final class Logging {
  /** Where the access log goes when it has no file: its lines stand there as they are. */
  public static final String ACCESS = "wsp.access";

  private static volatile @Nullable Thread loading;

  private Logging() {}

  /**
   * Loads the log on a thread of its own, while the caller reads its arguments. No class may ask
   * for a logger before {@link #await}: SLF4J would hand out a substitute, and say so.
   */
  public static void prepare() {
    Thread thread = Threads.daemon("wsp-log-start", LoggerFactory::getILoggerFactory);
    thread.start();
    loading = thread;
  }

  public static void await() throws InterruptedException {
    Thread thread = loading;
    if (thread != null) thread.join();
  }

  /** Brings what libraries write to java.util.logging into the same log. To be called once. */
  public static void start() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    // A record that is to be dropped is dropped there: one that crosses over is costly by then.
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
   * Prints what a daemon makes of its configuration, and chooses how every line after that looks:
   * plain, where the print is as that of the original; or as one object of JSON each, the print
   * too.
   */
  public static void begin(Map<String, ?> effective, boolean json) {
    if (standardOutput() instanceof StandardOutput out) {
      boolean colours = Terminal.ofProcess().colours();
      out.format(json ? new JsonEncoder() : new LineEncoder(colours));
      LineLogger.write(json || colours ? null : out, json);
    }
    System.out.println(json ? inOneLine(effective) : JsonPrint.indented(effective));
  }

  static String inOneLine(Map<String, ?> effective) {
    StringBuilder line = new StringBuilder(4096);
    JsonEncoder.begin(line, System.currentTimeMillis(), "INFO", "wsp.config");
    line.append(",\"message\":\"the effective configuration\",\"configuration\":");
    return line.append(JsonPrint.line(effective)).append('}').toString();
  }

  /** Standard output, at any level of the log. */
  public static LineSink accessLines() {
    Logger access = (Logger) LoggerFactory.getLogger(ACCESS);
    access.setLevel(Level.INFO);
    return new LineSink() {
      @Override
      public void line(String text) {
        access.info(text);
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  private static @Nullable Appender<ILoggingEvent> standardOutput() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    return root.getAppender(LogSetup.APPENDER);
  }

  /** Writes out all that waits, before the process is halted. */
  public static void flush() {
    LineQueue.flushAll();
  }

  /**
   * Shows below the log what the daemon is doing, if a person looks at it: standard output is a
   * terminal that can redraw a line, and the log is in lines for people.
   *
   * @param state asked about twice a second, by the thread that writes the log; a short text of
   *     ASCII
   */
  public static void show(Supplier<String> state) {
    if (!(standardOutput() instanceof StandardOutput out) || !(out.format() instanceof LineEncoder))
      return;
    Terminal terminal = Terminal.ofProcess();
    if (terminal.live())
      out.queue.below(new TerminalLine(state, Terminal::columns, terminal.colours()));
  }
}
