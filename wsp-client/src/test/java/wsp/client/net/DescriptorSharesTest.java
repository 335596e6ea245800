package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorSharesTest {
  @ParameterizedTest
  @CsvSource({
    "65536, 1, 29646, 4096, 1024",
    "1024, 1, 318, 231, 28",
    "300, 1, 69, 50, 6",
    "300, 2, 34, 50, 6",
    "300, 0, 69, 50, 6",
    "300, 1000, 1, 50, 6",
    "50, 1, 1, 8, 0"
  })
  void targetsAndIdleConnectionsShareThem(
      long limit, int targets, int each, int idle, int attempts) {
    assertEquals(
        new DescriptorShares(each, idle, attempts),
        DescriptorShares.of(OptionalLong.of(limit), targets));
  }

  @ParameterizedTest
  @CsvSource({"65536, 1000", "1024, 115", "300, 25", "90, 8"})
  void strangersOnThisMachineHaveASmallOne(long limit, int strangers) {
    assertEquals(strangers, DescriptorShares.of(OptionalLong.of(limit), 1).strangers());
  }

  @Test
  void whereTheMachineDoesNotTellTheConfigurationCounts() {
    assertTrue(DescriptorShares.of(OptionalLong.empty(), 1).exchanges() > 1_000_000);
  }
}
