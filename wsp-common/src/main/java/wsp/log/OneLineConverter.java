package wsp.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Message and throwable of a log event as one line, without the secrets of URLs. For patterns of a
 * logback.xml that takes the place of {@link LogSetup}, and public for that reason only.
 */
public final class OneLineConverter extends ClassicConverter {
  private static final int MAX_MESSAGE = 8_192;
  private static final int MAX_THROWABLE = 1_024;
  private static final int MAX_FRAMES = 3;
  private static final int MAX_CAUSES = 3;

  public OneLineConverter() {}

  @Override
  public String convert(ILoggingEvent event) {
    return line(event);
  }

  static String line(ILoggingEvent event) {
    String exception = exception(event);
    return exception == null ? message(event) : message(event) + " " + exception;
  }

  static String message(ILoggingEvent event) {
    return LogText.clean(event.getFormattedMessage(), MAX_MESSAGE);
  }

  static @Nullable String exception(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown == null ? null : describe(thrown);
  }

  private static String describe(IThrowableProxy thrown) {
    StringBuilder out = new StringBuilder(name(thrown)).append(frames(thrown));
    IThrowableProxy cause = thrown.getCause();
    for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause())
      out.append(", caused by ").append(name(cause));
    return LogText.clean(out.toString(), MAX_THROWABLE);
  }

  private static String name(IThrowableProxy thrown) {
    String className = thrown.getClassName();
    @Nullable String message = thrown.getMessage();
    String shortName = className.substring(className.lastIndexOf('.') + 1);
    return message == null ? shortName : shortName + ": " + message;
  }

  private static String frames(IThrowableProxy thrown) {
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    if (frames == null || frames.length == 0) return "";
    return Arrays.stream(frames)
        .limit(MAX_FRAMES)
        .map(frame -> frame.getStackTraceElement().toString())
        .collect(Collectors.joining(", ", " (at ", frames.length > MAX_FRAMES ? ", …)" : ")"));
  }
}
