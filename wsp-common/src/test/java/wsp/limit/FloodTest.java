package wsp.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloodTest {
  private final Flood flood = new Flood("refused …: no key");

  private static long at(double seconds) {
    return Long.MAX_VALUE - 1000 + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }

  private int told(int events, double seconds) {
    int told = 0;
    for (int i = 0; i < events; i++) if (flood.tells("10.0.0." + i % 3, at(seconds))) told++;
    return told;
  }

  @Test
  void aFewAreToldAtOnceAndAFewInEachSecondAfterThat() {
    assertEquals(Flood.AT_ONCE, told(1000, 0));
    assertEquals(0, told(1000, 0.3));
    assertEquals(Flood.PER_SECOND, told(1000, 1));
    assertEquals(2 * Flood.PER_SECOND, told(1000, 3));
  }

  @Test
  void howeverLongItWasQuietNoMoreAreToldAtOnce() {
    assertEquals(Flood.AT_ONCE, told(1000, 0));
    assertEquals(Flood.AT_ONCE, told(1000, 10_000));
  }

  @Test
  void theOthersAreSummedUpEveryTenSeconds() {
    int untold = 12_365 - told(12_365, 0);
    assertEquals(12_345, untold);
    assertNull(flood.sum(at(9)));
    assertEquals(
        "… and 12,345 more like it in 10 s from 3 addresses: refused …: no key", flood.sum(at(10)));
    assertNull(flood.sum(at(30)));
    assertNull(flood.sumNow(at(30)));
  }

  @Test
  void whatIsLeftIsToldAtTheEnd() {
    for (int i = 0; i < Flood.AT_ONCE; i++) assertTrue(flood.tells("::1", at(0)));
    assertNull(flood.sumNow(at(0)));
    assertFalse(flood.tells("::1", at(0)));
    assertEquals(
        "… and 1 more like it in 1 s from 1 address: refused …: no key", flood.sumNow(at(0)));
  }

  @Test
  void addressesWithoutNumberTakeNoMemoryWithoutBound() {
    told(Flood.AT_ONCE, 0);
    for (int i = 0; i < 100_000; i++) assertFalse(flood.tells("2001:db8::" + i, at(0)));
    assertEquals(
        "… and 100,000 more like it in 10 s from over 768 addresses: refused …: no key",
        flood.sum(at(10)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:80, 10.0.0.1",
    "2001:db8:0:0:0:0:0:1:4711, 2001:db8:0:0:0:0:0:1",
    "10.1.1.1 through 10.0.0.1:80, 10.1.1.1",
    "2001:db8::1 through 10.0.0.1:80, 2001:db8::1",
    "unknown, unknown"
  })
  void theAddressIsWhatStandsBeforeThePort(String from, String address) {
    assertEquals(address, Refusals.address(from));
  }
}
