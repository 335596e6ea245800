package wsp.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.util.CachingDateFormatter;
import java.nio.charset.StandardCharsets;

/** An event as one line: time, level, message, UTF-8. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final int LEVEL_WIDTH = 5;

  private final CachingDateFormatter time = new CachingDateFormatter("yyyy-MM-dd HH:mm:ss.SSS");

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(120).append(time.format(event.getTimeStamp()));
    String level = event.getLevel().toString();
    line.append(' ')
        .append(level)
        .append(" ".repeat(Math.max(1, LEVEL_WIDTH + 1 - level.length())));
    line.append(OneLineConverter.line(event)).append('\n');
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
