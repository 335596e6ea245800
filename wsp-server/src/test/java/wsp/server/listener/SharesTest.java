package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  private static ListenerLimits.Crowd crowd(int callers, int each, int links) {
    return new ListenerLimits.Crowd(callers, each, links, List.of(), 1);
  }

  private static Shares shares(ListenerLimits.Crowd crowd, long connections) {
    return Shares.of(crowd, new DescriptorReserve(connections, 0));
  }

  @ParameterizedTest(name = "{0} callers, {1} of an address, {2} clients, {3} descriptors")
  @CsvSource({
    // All that is allowed.
    "100, 50, 100, 1000, 100, 50, 64, 772",
    "100, 100, 100, 1000, 100, 100, 64, 772",
    // Half each, and half of that for an address.
    "20000, 10000, 20000, 200, 75, 38, 25, 75",
    "20000, 20000, 20000, 200, 75, 38, 25, 75",
    "20000, 5, 20000, 200, 75, 5, 25, 75",
    // What one may not use is the other's.
    "20000, 10000, 10, 200, 115, 58, 25, 35",
    "10, 10, 20000, 200, 10, 10, 25, 140",
    // Next to nothing.
    "20000, 10000, 20000, 1, 1, 1, 1, 1"
  })
  void descriptorsAreSharedByCallersAndClients(
      int maxCallers, int maxEach, int maxLinks, long all, int callers, int each, int r, long l) {
    ListenerLimits.Crowd crowd = crowd(maxCallers, maxEach, maxLinks);
    assertEquals(new Shares(callers, each, r, l), shares(crowd, all));
  }

  @Test
  void placesAndThoseThatLingerAreNeverMoreThanTheDescriptors() {
    for (int all = 8; all < 1000; all++) {
      Shares s = shares(crowd(20_000, 10_000, 20_000), all);
      assertTrue(s.callers() + 2 * s.reserve() + s.links() <= all, s + " of " + all);
    }
  }

  @Test
  void itSaysSoWhereDescriptorsAreWhatCounts() {
    ListenerLimits.Crowd crowd = crowd(20_000, 10_000, 20_000);
    String warning = shares(crowd, 200).warning(crowd);
    assertTrue(
        String.valueOf(warning).startsWith("file descriptors suffice for 75 connections"), warning);
    assertNull(shares(crowd, 50_000).warning(crowd));
    assertNull(Shares.of(crowd, new DescriptorReserve(Long.MAX_VALUE, 0)).warning(crowd));
  }
}
