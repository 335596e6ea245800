package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({"0,0", "1,1ms", "1500,1500ms", "2000,2s", "60000,1m", "90000,90s", "7200000,2h"})
  void aDurationIsShownInItsLargestWholeUnit(long millis, String shown) {
    assertEquals(shown, Units.show(Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @CsvSource({"5S,5s", "2M,2m", "1H,1h", "500MS,500ms", "500Ms,500ms"})
  void theCaseOfAUnitDoesNotCount(String text, String same) {
    assertEquals(Units.millis(same), Units.millis(text));
  }

  @ParameterizedTest
  @CsvSource({"0", "1ms", "1500ms", "2s", "1m", "90s", "2h"})
  void whatIsShownCanBeRead(String shown) {
    assertEquals(shown, Units.show(Duration.ofMillis(Units.millis(shown))));
  }
}
