package wsp.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The log's way to standard output, for which no other thread waits ({@link LineQueue}). A line of
 * the {@link Logging#ACCESS access log} is written as it is.
 */
final class StandardOutput extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final LineQueue queue;
  private volatile Encoder<ILoggingEvent> encoder;

  /**
   * @param out may block; nothing is kept back in it
   */
  StandardOutput(Encoder<ILoggingEvent> encoder, OutputStream out) {
    this.encoder = encoder;
    this.queue = new LineQueue("wsp-log", out, new Gaps());
  }

  /** How a line is made of an event. */
  Encoder<ILoggingEvent> getEncoder() {
    return encoder;
  }

  /** From now on, lines are made by that one. */
  void setEncoder(Encoder<ILoggingEvent> next) {
    encoder = next;
  }

  @Override
  public void start() {
    super.start();
    Exception late = queue.start();
    if (late != null) addInfo("started at the end", late);
  }

  @Override
  protected void append(ILoggingEvent event) {
    queue.add(line(event), event.getLevel().isGreaterOrEqual(Level.WARN));
  }

  /** Leaves a line that is made already, its end included. */
  void add(LineBuffer line, boolean now) {
    line.leave(queue, now);
  }

  private byte[] line(ILoggingEvent event) {
    Encoder<ILoggingEvent> now = encoder;
    if (event.getLoggerName().equals(Logging.ACCESS)) {
      String text = event.getFormattedMessage();
      // Where every line is an object, one that is none is the message of one.
      if (!(now instanceof JsonEncoder) || text.startsWith("{"))
        return text.concat("\n").getBytes(StandardCharsets.UTF_8);
    }
    return now.encode(event);
  }

  /** From now on this is drawn below the log; null: nothing any more. */
  void line(@Nullable TerminalLine next) {
    queue.below(next);
  }

  /** Writes what there is to write and leaves the terminal clean. */
  void end() {
    queue.end();
  }

  /** Waits until what is queued is written, up to a second. */
  void flush() {
    queue.flush();
  }

  private final class Gaps implements LineQueue.Troubles {
    @Override
    public byte[] missing(long lines) {
      String name = StandardOutput.class.getName();
      String text = "{} lines are missing here: what takes the log took none";
      var logger = ((LoggerContext) getContext()).getLogger(name);
      return encoder.encode(
          new LoggingEvent(name, logger, Level.WARN, text, null, new Object[] {lines}));
    }

    @Override
    public boolean failed(IOException why, int lines) {
      // There is nowhere left to say it, until there is again.
      addError("standard output takes nothing", why);
      return true;
    }
  }
}
