package wsp.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A logger for lines that are written for each request. Where the log is plain and no terminal,
 * they go to it as bytes; everywhere else they are events as all others. Safe for all threads.
 *
 * <p>{@link #begin}, what is appended, and {@link #end} belong together on one thread, with no
 * other line between.
 */
public final class LineLogger {
  private static final ThreadLocal<LineBuffer> BUFFERS = ThreadLocal.withInitial(LineBuffer::new);

  private static final String WARN = " WARN  ";
  private static final String INFO = " INFO  ";

  /** Takes lines of bytes; null where all are events. */
  private static volatile @Nullable StandardOutput plain;

  private static volatile boolean objects;

  private final Logger logger;

  /** The logger of a name, whose level counts. */
  public LineLogger(String name) {
    logger = LoggerFactory.getLogger(name);
  }

  /** Lines go there as bytes from now on, or are events where it is null; JSON has members. */
  static void write(@Nullable StandardOutput to, boolean json) {
    plain = to;
    objects = json;
  }

  /** Whether such lines are wanted: at warn, or at info. */
  public boolean wants(boolean warn) {
    return warn ? logger.isWarnEnabled() : logger.isInfoEnabled();
  }

  /** Whether a line is an object with members of its own beside the message. */
  public boolean objects() {
    return objects;
  }

  /** A line, of which only the message is missing. */
  public LineBuffer begin(boolean warn) {
    LineBuffer line = BUFFERS.get();
    line.reset();
    if (plain != null) {
      Timestamp.PLAIN.append(line, System.currentTimeMillis());
      line.ascii(warn ? WARN : INFO);
    }
    line.message();
    return line;
  }

  public void end(LineBuffer line, boolean warn) {
    StandardOutput to = plain;
    if (to != null && line.hasHead()) line.ascii('\n').leave(to.queue, warn);
    else if (warn) logger.warn(line.messageText());
    else logger.info(line.messageText());
  }

  /** The same where lines are {@link #objects}. */
  public void end(LineBuffer line, boolean warn, Map<String, ?> members) {
    LoggingEventBuilder event = logger.atLevel(warn ? Level.WARN : Level.INFO);
    for (Map.Entry<String, ?> m : members.entrySet())
      event = event.addKeyValue(m.getKey(), m.getValue());
    event.log(line.messageText());
  }
}
