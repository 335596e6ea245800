package wsp.config;

import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/** Numbers with units, as they are written in configuration files. Null stands for no number. */
final class Units {
  /** So few digits that no unit can make them overflow. */
  private static final Pattern NUMBER = Pattern.compile("(-?(?:0|[1-9][0-9]{0,11}))([a-z]*)");

  private Units() {}

  private static Notation<Long> range(
      String expected, Function<String, @Nullable Long> format, long min, long max) {
    return new Notation<>(expected, text -> within(format.apply(text), min, max));
  }

  private static @Nullable Long within(@Nullable Long value, long min, long max) {
    return value == null || value < min || value > max ? null : value;
  }

  static Notation<Long> numbers(int min, int max) {
    return range("a whole number from " + min + " to " + max, Units::number, min, max);
  }

  static Notation<Long> sizes(int min, int max) {
    String expected = "a size from " + min + " to " + max + " bytes, such as 4096, 64k or 1m";
    return range(expected, Units::bytes, min, max);
  }

  static Notation<Long> durations(Duration min, Duration max) {
    String limits = show(min) + " to " + show(max);
    String expected = "a duration from " + limits + ", such as 500 (milliseconds), 10s or 2m";
    return range(expected, Units::millis, min.toMillis(), max.toMillis());
  }

  private static @Nullable Long number(String text) {
    Matcher m = NUMBER.matcher(text);
    return m.matches() && m.group(2).isEmpty() ? Long.valueOf(m.group(1)) : null;
  }

  static @Nullable Long bytes(String text) {
    Matcher m = NUMBER.matcher(Ascii.lower(text));
    if (!m.matches()) return null;
    return switch (m.group(2)) {
      case "" -> times(m, 1);
      case "k" -> times(m, 1 << 10);
      case "m" -> times(m, 1 << 20);
      default -> null;
    };
  }

  static @Nullable Long millis(String text) {
    Matcher m = NUMBER.matcher(Ascii.lower(text));
    if (!m.matches()) return null;
    return switch (m.group(2)) {
      case "", "ms" -> times(m, 1);
      case "s" -> times(m, 1_000);
      case "m" -> times(m, 60_000);
      case "h" -> times(m, 3_600_000);
      default -> null;
    };
  }

  private static Long times(Matcher m, long unit) {
    return Long.parseLong(m.group(1)) * unit;
  }

  /** In the largest unit that needs no fraction. */
  static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) return "0";
    if (millis % 3_600_000 == 0) return millis / 3_600_000 + "h";
    if (millis % 60_000 == 0) return millis / 60_000 + "m";
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
