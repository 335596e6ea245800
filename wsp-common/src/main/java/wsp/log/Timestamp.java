package wsp.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of day, of which all but the milliseconds is made once a second. Safe for all threads. */
public final class Timestamp {
  /** As in ISO 8601 and RFC 3339: {@code 2026-11-22T22:46:40.123+01:00}, or Z. */
  public static final Timestamp ISO = new Timestamp("yyyy-MM-dd'T'HH:mm:ss", "XXX", true);

  /** As in the logs of the Apache server: {@code 22/Nov/2026:22:46:40 +0100}. */
  public static final Timestamp APACHE = new Timestamp("dd/MMM/yyyy:HH:mm:ss", " xx", false);

  /** As in a daemon's own lines: {@code 2026-11-22 22:46:40.123}, without a zone. */
  static final Timestamp PLAIN = new Timestamp("yyyy-MM-dd HH:mm:ss", "", true);

  private record Second(long number, String text, String zone) {}

  private final DateTimeFormatter text;
  private final DateTimeFormatter zone;
  private final boolean millis;
  private volatile Second last = new Second(Long.MIN_VALUE, "", "");

  private Timestamp(String text, String zone, boolean millis) {
    ZoneId here = ZoneId.systemDefault();
    this.text = DateTimeFormatter.ofPattern(text, Locale.ROOT).withZone(here);
    this.zone = DateTimeFormatter.ofPattern(zone, Locale.ROOT).withZone(here);
    this.millis = millis;
  }

  private Second second(long time) {
    long number = Math.floorDiv(time, 1000L);
    Second second = last;
    if (second.number != number) {
      Instant instant = Instant.ofEpochSecond(number);
      last = second = new Second(number, text.format(instant), zone.format(instant));
    }
    return second;
  }

  /** Appends a time in milliseconds since 1970. */
  void append(LineBuffer out, long time) {
    Second second = second(time);
    out.ascii(second.text);
    if (millis) out.ascii('.').decimals(Math.floorMod(time, 1000));
    out.ascii(second.zone);
  }

  /** Appends a time in milliseconds since 1970. */
  public void append(StringBuilder out, long time) {
    Second second = second(time);
    out.append(second.text);
    if (millis) decimals(out.append('.'), Math.floorMod(time, 1000));
    out.append(second.zone);
  }

  public static void decimals(StringBuilder out, int n) {
    out.append((char) ('0' + n / 100)).append((char) ('0' + n / 10 % 10));
    out.append((char) ('0' + n % 10));
  }
}
