package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.server.listener.CallerMemory.Owner;
import wsp.server.listener.CallerMemory.Standing;

/**
 * Who goes until 750 of 1000 are held, or 875 where those who have asked would have to go: of so
 * many, each of a standing, with bytes, an owner, and milliseconds. Those who have asked nothing,
 * and strangers' requests, have a part of 125 each, callers with keys, and links, one of 250.
 */
class SurplusTest {
  private static final long MEMORY = 1000;

  private record Holder(
      String name, Standing standing, Owner owner, long held, long waitedMillis, boolean going)
      implements CallerMemory.Holder {
    @Override
    public long waited(long now) {
      return TimeUnit.MILLISECONDS.toNanos(waitedMillis);
    }

    @Override
    public void goAway() {
      throw new AssertionError("nobody is told to");
    }
  }

  /** As {@code 3 download ASKED 100 a 900}. */
  private static List<Holder> holders(String text) {
    List<Holder> all = new ArrayList<>();
    for (String some : text.split(", ")) {
      String[] w = some.split(" ");
      Standing standing = Standing.valueOf(w[2]);
      boolean known = standing == Standing.KEYED || standing == Standing.LINK;
      for (int i = 0; i < Integer.parseInt(w[0]); i++) {
        // One whose address does not count is equal to no other.
        Owner owner = new Owner(w[4].equals("-") ? new Object() : w[4], known);
        long held = Long.parseLong(w[3]);
        long waited = Long.parseLong(w[5]);
        all.add(new Holder(w[1], standing, owner, held, waited, w[1].equals("going")));
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # holders                                                               | who goes
          # whoever holds most, whatever its connections do, and however short, or small
          90 polls ASKED 12 s 0, 10 honest ASKED 16 h 6000                        | {polls=31}
          40 hook NOBODY 12 s 0, 40 hook NOBODY 12 t 0, 5 honest KEYED 16 k 6000  | {hook=25}
          18 answered ASKED 60 s 0, 10 honest ASKED 16 h 6000                     | {answered=7}
          16 stranger NOBODY 68 s 900, 5 download ASKED 60 h 60000                | {stranger=10}
          16 stranger NOBODY 68 s 100, 1 link LINK 256 p 9000                     | {stranger=9}
          20 fresh ASKED 60 s 600, 10 honest ASKED 16 h 6000                      | {fresh=9}
          50 hog NOBODY 10 s 1, 600 honest ASKED 1 - 9000                         | {hog=35}
          80 idle NOBODY 12 h 9000, 10 link LINK 20 h 9000                        | {idle=35}
          # down to what the next one holds, and then both
          10 one ASKED 60 s 900, 10 other ASKED 60 t 900, 4 honest ASKED 60 h 1   | {one=5, other=5}
          # who has not asked goes before one that has, however many owners share what they hold
          99 gateway KEYED 5 k 9000, 120 stranger NOBODY 5 - 900                  | {stranger=69}
          50 office ASKED 10 h 9000, 120 stranger NOBODY 5 - 900                  | {stranger=70}
          5 link LINK 100 p 9000, 120 stranger NOBODY 5 - 900                     | {stranger=70}
          60 stranger NOBODY 12 - 9000, 40 download ASKED 12 h 9000               | {stranger=38}
          # but as newcomers they have their part, in which idle ones make room for them
          10 poll ASKED 80 s 900, 30 idle NOBODY 7 - 9000, 10 newcomer NOBODY 9 - 60 | {idle=25, poll=1}
          90 fresh NOBODY 12 s 60, 30 idle NOBODY 7 - 9000                        | {fresh=45}
          90 fresh NOBODY 12 - 900, 30 idle NOBODY 7 - 9000                       | {fresh=45}
          # one key, or client, does not send away whoever has none: each holds little
          10 hog LINK 60 p 9000, 40 download ASKED 12 - 9000                      | {hog=4}
          10 hog KEYED 60 k 9000, 40 download ASKED 12 - 9000                     | {hog=4}
          # who has asked weighs four times what has a key, or is a link
          15 poll ASKED 60 s 900, 10 fresh NOBODY 60 h 1                          | {fresh=8, poll=3}
          # of those who have not asked until a quarter is free, of others until an eighth is
          11 head NOBODY 60 s 900, 30 download ASKED 25 - 60000                   | {head=9}
          11 head NOBODY 60 - 900, 30 download ASKED 24 s 60000                   | {head=9}
          11 head NOBODY 60 - 900, 6 download ASKED 70 h 60000                    | {head=6}
          10 gateway KEYED 60 k 9000, 8 stranger ASKED 60 s 9000                  | {stranger=4}
          20 keyed KEYED 60 k 9000, 10 stranger NOBODY 10 s 900                   | {keyed=8}
          10 link LINK 120 p 9000, 9 download ASKED 12 h 9000                     | {link=4}
          # of many addresses, of which none holds much: each standing has its part
          99 stranger NOBODY 12 - 9000, 10 download ASKED 12 h 9000               | {stranger=47}
          99 asks ASKED 12 - 9000, 20 keyed KEYED 12 k 9000, 2 link LINK 120 p 1  | {asks=67}
          99 keyed KEYED 12 k 1, 20 stranger NOBODY 6 - 9000                      | {keyed=37}
          # of one owner, or of many who are alike, what is large for longest
          60 small NOBODY 10 - 900, 5 large NOBODY 90 - 900                       | {large=4}
          60 small NOBODY 10 a 9000, 5 large NOBODY 90 a 900                      | {large=4}
          20 new NOBODY 50 - 5000, 2 slow NOBODY 50 - 6000                        | {new=5, slow=2}
          20 new NOBODY 50 a 5000, 2 slow NOBODY 50 a 6000                        | {new=5, slow=2}
          16 stranger NOBODY 68 a 100, 6 download ASKED 60 a 6000                 | {stranger=11}
          80 poll ASKED 12 a 30000, 20 fresh ASKED 16 a 6000                      | {poll=34}
          # who holds nothing, or is going already
          9 nothing NOBODY 0 a 9000, 90 slow NOBODY 12 b 9                        | {slow=28}
          1 going NOBODY 900 a 9000, 90 slow NOBODY 12 b 9                        | {slow=28}
          """)
  void whoGoes(String text, String gone) {
    List<Holder> holders = holders(text);
    Surplus surplus = new Surplus(holders, MEMORY, 0);
    assertEquals(
        gone,
        surplus.take().stream()
            .collect(
                Collectors.groupingBy(h -> ((Holder) h).name, TreeMap::new, Collectors.counting()))
            .toString());
    assertFalse(surplus.isInVain());
  }
}
