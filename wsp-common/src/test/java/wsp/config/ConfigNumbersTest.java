package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static wsp.config.GivenConfig.fails;
import static wsp.config.GivenConfig.of;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, sizes and durations under a key. */
class ConfigNumbersTest {
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "10", "'7'"})
  void wholeNumbersBetweenTheLimits(String yaml) throws Exception {
    int expected = Integer.parseInt(yaml.replace("'", ""));
    assertEquals(expected, of("a: " + yaml).integer("a", 1, -5, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-6",
        "11",
        "soon",
        "1.5",
        "1e1",
        "0x1",
        "010",
        "1_0",
        "5s",
        "true",
        "99999999999999999999",
        "' 5'",
        "+5"
      })
  void whatIsNoSuchNumberIsRefused(String yaml) {
    String value = yaml.replace("'", "");
    fails(
        "f.cfg: a: a whole number from -5 to 10 is expected, not '" + value + "'",
        () -> of("a: " + yaml).integer("a", 1, -5, 10));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "64k,65536", "64K,65536", "1m,1048576", "2M,2097152"})
  void sizesInBytes(String yaml, int bytes) throws Exception {
    assertEquals(bytes, of("a: " + yaml).size("a", 0, 1, 2 << 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3m", "1g", "1kb", "k", "1 k", "-1k", "1.5m", "999999999999m"})
  void whatIsNoSuchSizeIsRefused(String yaml) {
    fails(
        "f.cfg: a: a size from 1 to 2097152 bytes, such as 4096, 64k or 1m is expected, not '"
            + yaml
            + "'",
        () -> of("a: " + yaml).size("a", 0, 1, 2 << 20));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "1000,1000",
    "500ms,500",
    "10s,10000",
    "2m,120000",
    "1h,3600000",
    "3600s,3600000"
  })
  void durationsAreMillisecondsUnlessTheySayOtherwise(String yaml, long millis) throws Exception {
    assertEquals(Duration.ofMillis(millis), of("a: " + yaml).duration("a", MS, MS, HOUR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "soon", "2h", "3600001", "1.5s", "10 s", "1d", "s", "999999999999h"})
  void whatIsNoSuchDurationIsRefused(String yaml) {
    fails(
        "f.cfg: a: a duration from 1ms to 1h, such as 500 (milliseconds), 10s or 2m is expected,"
            + " not '"
            + yaml
            + "'",
        () -> of("a: " + yaml).duration("a", MS, MS, HOUR));
  }
}
