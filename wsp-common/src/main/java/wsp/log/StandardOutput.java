package wsp.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * The log's way to standard output, for which no other thread waits ({@link LineQueue}). A line of
 * the {@link Logging#ACCESS access log} is written as it is.
 */
final class StandardOutput extends UnsynchronizedAppenderBase<ILoggingEvent> {
  final LineQueue queue;
  private volatile Function<ILoggingEvent, String> format;

  /**
   * @param format makes a line of an event, its end included
   * @param out may block; nothing is kept back in it
   */
  StandardOutput(Function<ILoggingEvent, String> format, OutputStream out) {
    this.format = format;
    this.queue = new LineQueue("wsp-log", out, new Gaps());
  }

  Function<ILoggingEvent, String> format() {
    return format;
  }

  /** From now on, lines are made by that one. */
  void format(Function<ILoggingEvent, String> next) {
    format = next;
  }

  @Override
  public void start() {
    super.start();
    Exception late = queue.start();
    if (late != null) addInfo("started at the end", late);
  }

  @Override
  protected void append(ILoggingEvent event) {
    queue.add(
        line(event).getBytes(StandardCharsets.UTF_8),
        event.getLevel().isGreaterOrEqual(Level.WARN));
  }

  private String line(ILoggingEvent event) {
    Function<ILoggingEvent, String> now = format;
    if (event.getLoggerName().equals(Logging.ACCESS)) {
      String text = event.getFormattedMessage();
      // Where every line is an object, one that is none is the message of one.
      if (!(now instanceof JsonEncoder) || text.startsWith("{")) return text.concat("\n");
    }
    return now.apply(event);
  }

  private final class Gaps implements LineQueue.Troubles {
    @Override
    public byte[] missing(long lines) {
      String name = StandardOutput.class.getName();
      String text = "{} lines are missing here: what takes the log took none";
      var logger = ((LoggerContext) getContext()).getLogger(name);
      var event = new LoggingEvent(name, logger, Level.WARN, text, null, new Object[] {lines});
      return format.apply(event).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean failed(IOException why, int lines) {
      // There is nowhere left to say it, until there is again.
      addError("standard output takes nothing", why);
      return true;
    }
  }
}
