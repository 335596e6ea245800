package wsp.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadMemoryTest {
  private static final int ROOM = 64 << 10;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private long now;
  private final HeadMemory heads = new HeadMemory(ROOM, LIMIT, () -> now);
  private final List<String> failed = new ArrayList<>();

  private HeadMemory.Share share(String name, int bytes) throws ReplayException {
    HeadMemory.Share share = heads.share();
    holds(share, name, bytes);
    return share;
  }

  private void holds(HeadMemory.Share share, String name, int bytes) throws ReplayException {
    share.holds(bytes, false, "o.test", why -> failed.add(name + " " + why.failure()));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "8192, 0", "8193, 8193", "65536, 65536"})
  void aHeadCountsFrom8KiBOnAndUntilItIsWhole(int bytes, int counted) throws Exception {
    HeadMemory.Share share = share("a", 1);
    holds(share, "a", bytes);
    assertEquals(counted, heads.used());
    share.whole();
    assertEquals(0, heads.used());
    holds(share, "a", bytes);
    assertEquals(counted, heads.used());
    share.close();
    assertEquals(0, heads.used());
    holds(share, "a", bytes);
    assertEquals(0, heads.used(), "after the end of its connection");
  }

  @Test
  void theEldestThatIsCountedGoesWhereThereIsNoRoom() throws Exception {
    share("small", 8192);
    HeadMemory.Share eldest = share("eldest", 30_000);
    share("second", 30_000);
    share("third", 30_000);
    assertEquals(List.of("eldest NO_MEMORY"), failed);
    assertEquals(60_000, heads.used());
    ReplayException why =
        assertThrows(ReplayException.class, () -> holds(eldest, "eldest", 31_000));
    assertEquals(Failure.NO_MEMORY, why.failure());
  }

  @ParameterizedTest
  @CsvSource({
    // Each is of an origin and as large as it says; the last one has no room.
    "a12000 b30000 b30000, b1",
    "a12000 a12000 b25000 c30000, c3",
    "b30000 a12000 a12000 a12000, a1",
    "a30000 b30000 c30000, a0",
    "a12000 b12000 b12000 b12000 b12000 a12000, b1",
    // A second and more pass.
    "a12000 b12000 c12000 d12000 + e28000, a0",
    "a12000 b12000 c12000 c12000 + e28000, c2",
    "a14000 b9000 + c20000 d20000 e15000, a0",
    "+ a12000 b12000 c12000 d12000 e30000, e5",
  })
  void theEldestOfTheOriginThatIsToBlameGoes(String come, String gone) {
    String[] heads = come.split(" ");
    for (int i = 0; i < heads.length; i++) {
      if (heads[i].equals("+")) {
        now += Duration.ofSeconds(2).toNanos();
        continue;
      }
      String origin = heads[i].substring(0, 1);
      String name = origin + i;
      int bytes = Integer.parseInt(heads[i].substring(1));
      try {
        this.heads.share().holds(bytes, false, origin, why -> failed.add(name));
      } catch (ReplayException e) {
        failed.add(name);
      }
    }
    assertEquals(List.of(gone), failed);
  }

  @Test
  void oneThatIsLongerThanAllThereIsGoesItself() throws Exception {
    HeadMemory.Share share = share("a", 30_000);
    ReplayException why = assertThrows(ReplayException.class, () -> holds(share, "a", ROOM + 1));
    assertEquals(Failure.NO_MEMORY, why.failure());
    assertEquals(0, heads.used());
    assertEquals(List.of(), failed);
  }

  @ParameterizedTest
  @CsvSource({"false, 1, NO_ANSWER", "false, 9000, NO_ANSWER", "true, 1, CUT_BODY"})
  void whatIsBegunHasALimitFromItsFirstByteOn(boolean trailers, int bytes, String failure)
      throws Exception {
    HeadMemory.Share share = heads.share();
    long begun = now;
    share.holds(bytes, trailers, "o.test", why -> failed.add(why.failure().name()));
    share.holds(bytes + 1, trailers, "o.test", why -> failed.add("the first owner"));
    heads.sweep(begun + LIMIT.toNanos() - 1);
    assertEquals(List.of(), failed);
    heads.sweep(now + LIMIT.toNanos() + 1);
    assertEquals(List.of(failure), failed);
    assertEquals(0, heads.used());
    heads.sweep(now + 2 * LIMIT.toNanos());
    assertEquals(List.of(failure), failed, "once");
  }

  @Test
  void whatIsWholeHasNoLimit() throws Exception {
    HeadMemory.Share share = share("a", 9000);
    share.whole();
    heads.sweep(now + 2 * LIMIT.toNanos());
    assertEquals(List.of(), failed);
  }

  @Test
  void theOwnerOfEachThatIsEndedIsToldAlsoIfItBecomesWholeMeanwhile() throws Exception {
    HeadMemory.Share second = heads.share();
    HeadMemory.Share first = heads.share();
    first.holds(
        1,
        false,
        "o.test",
        why -> {
          failed.add("first");
          second.whole();
        });
    second.holds(1, false, "o.test", why -> failed.add("second"));
    heads.sweep(now + 2 * LIMIT.toNanos());
    assertEquals(List.of("first", "second"), failed);
    assertThrows(ReplayException.class, () -> holds(second, "second", 1));
  }
}
