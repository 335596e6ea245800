package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.limit.Budget;

class WindowsTest {
  private static final int WINDOW = 10;
  private static final int BYTES = 100_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 50})
  void linksThatTakeAllTheyCanLeaveSomeForAnother(int links) {
    Windows windows = new Windows(BYTES);
    long[] taken = new long[links];
    for (boolean more = true; more; ) {
      more = false;
      for (int i = 0; i < links; i++) {
        if (!windows.isFair(taken[i]) || !windows.all.share().add(WINDOW)) continue;
        taken[i] += WINDOW;
        more = true;
      }
    }
    long free = BYTES - windows.used();
    assertTrue(windows.isFair(0), "nothing for another one");
    assertTrue(free >= BYTES / (4 * links + 1) - links * WINDOW, free + " are free");
    assertTrue(windows.used() >= BYTES / 4 * 3, "of one link, and of two, there is room for 1,000");
  }

  /** Of the default, and of a quarter of a heap of 128 MiB. */
  @ParameterizedTest
  @ValueSource(longs = {160 << 20, 96 << 20, 32 << 20})
  void aThousandReadersOfOnePartyHaveTheirFirstWindowsThoughOthersHaveGrown(long bytes) {
    Windows whole = new Windows(bytes);
    Windows peer = whole.ofPeer();
    assertTrue(whole.growth.share().add(bytes / 4), "all that windows may grow by");
    int window = whole.first();
    for (int i = 0; i < 500; i++) {
      for (int link = 0; link < 2; link++) {
        assertTrue(peer.isFair((long) i * window), "stream " + i);
        assertTrue(peer.all.share().add(window));
      }
    }
    Windows other = whole.ofPeer();
    for (int i = 0; i < 50; i++) {
      assertTrue(other.isFair((long) i * window), "another one finds some");
      assertTrue(other.all.share().add(window));
    }
  }

  /** Grows as many windows of one as may, and gives what they have. */
  private static long grow(Windows of, int windows) {
    Budget.Share[] all = new Budget.Share[windows];
    for (int i = 0; i < windows; i++) all[i] = of.growth.share();
    for (boolean more = true; more; ) {
      more = false;
      for (Budget.Share one : all) {
        long room = of.room(one.held());
        if (room == 0) continue;
        assertTrue(room < 0 || one.tryAdd(room), "there is not as much");
        if (room < 0) one.add(-Math.min(one.held(), -room));
        more |= room > BYTES / 1000;
      }
    }
    long held = 0;
    for (Budget.Share one : all) held += one.held();
    return held;
  }

  @Test
  void aWindowThatIsAloneGrowsByFourFifthsOfAllWhoeverHasIt() {
    Windows one = new Windows(4 * BYTES);
    assertEquals(BYTES / 5 * 4, one.room(0));
    assertEquals(BYTES / 5 * 4, one.ofPeer().room(0));
    assertEquals(BYTES / 5 * 4, one.part().room(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 1000})
  void thoseOfOnePeerLeaveASixthToTheNext(int windows) {
    Windows whole = new Windows(4 * BYTES);
    long one = grow(whole.ofPeer(), windows);
    assertTrue(one >= BYTES / 5 * 4 - windows && one <= BYTES / 6 * 5 + windows, "one has " + one);
    long next = whole.ofPeer().room(0);
    assertTrue(next >= BYTES / 6 / 5 * 4 - windows, "the next one has " + next);
  }
}
