package wsp.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.function.Function;
import org.slf4j.event.KeyValuePair;

/**
 * An event as one object on one line: {@code time}, {@code level}, {@code logger}, {@code thread},
 * {@code message}, what the event has of its own, and {@code exception} where there is one. Texts
 * are made fit for a line as those of {@link LineEncoder}, for what reads the objects may show
 * them.
 */
final class JsonEncoder implements Function<ILoggingEvent, String> {
  @Override
  public String apply(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(240);
    begin(line, event.getTimeStamp(), event.getLevel().toString(), event.getLoggerName());
    line.append(",\"thread\":");
    JsonText.quote(line, LogText.escape(event.getThreadName(), 100));
    line.append(",\"message\":");
    JsonText.quote(line, OneLineConverter.message(event));
    members(line, event);
    String exception = OneLineConverter.exception(event);
    if (exception != null) {
      line.append(",\"exception\":");
      JsonText.quote(line, exception);
    }
    return line.append("}\n").toString();
  }

  /** What the event has beside its message: numbers as they are, anything else as a text. */
  private static void members(StringBuilder line, ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs == null) return;
    for (KeyValuePair pair : pairs) {
      line.append(',');
      JsonText.quote(line, pair.key);
      line.append(':');
      if (pair.value instanceof Number n) line.append(n);
      else JsonText.quote(line, LogText.clean(String.valueOf(pair.value), 500));
    }
  }

  /** The part that every line has. */
  static void begin(StringBuilder line, long time, String level, String logger) {
    line.append("{\"time\":\"");
    Timestamp.ISO.append(line, time);
    line.append("\",\"level\":");
    JsonText.quote(line, level);
    line.append(",\"logger\":");
    JsonText.quote(line, logger);
  }
}
