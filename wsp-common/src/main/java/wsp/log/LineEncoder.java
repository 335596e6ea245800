package wsp.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.function.Function;

/** An event as one line: time, level, message. */
record LineEncoder(boolean colours) implements Function<ILoggingEvent, String> {
  private static final int LEVEL_WIDTH = 5;

  private static final String PLAIN = "\u001b[0m";

  @Override
  public String apply(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    Timestamp.PLAIN.append(line, event.getTimeStamp());
    String level = event.getLevel().toString();
    line.append(' ').append(colours ? colour(event.getLevel()) + level + PLAIN : level);
    for (int i = level.length(); i <= LEVEL_WIDTH; i++) line.append(' ');
    return line.append(OneLineConverter.line(event)).append('\n').toString();
  }

  private static String colour(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "\u001b[1;31m"; // red
      case Level.WARN_INT -> "\u001b[1;33m"; // yellow
      case Level.INFO_INT -> "\u001b[32m"; // green
      default -> "\u001b[36m"; // cyan
    };
  }
}
