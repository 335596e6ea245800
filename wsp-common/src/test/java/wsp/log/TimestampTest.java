package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {
  private static String text(Timestamp format, long time) {
    StringBuilder out = new StringBuilder();
    format.append(out, time);
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 7, 1_000, 1_763_851_600_099L, 1_763_851_600_999L, 1_763_851_601_000L, -1})
  void aTimeIsReadAsWhatItWas(long time) {
    String iso = text(Timestamp.ISO, time);
    assertEquals(time, OffsetDateTime.parse(iso).toInstant().toEpochMilli(), iso);
    assertTrue(iso.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-].*)"), iso);
    DateTimeFormatter apache = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ROOT);
    ZonedDateTime read = ZonedDateTime.parse(text(Timestamp.APACHE, time), apache);
    assertEquals(Math.floorDiv(time, 1000L), read.toEpochSecond());
  }
}
