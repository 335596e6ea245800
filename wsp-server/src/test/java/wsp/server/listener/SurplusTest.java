package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.server.listener.CallerMemory.Standing;

/** Who goes, of so many, each with bytes, an address, and milliseconds that it was waited for. */
class SurplusTest {
  private record Holder(
      String name, Standing standing, Object address, long held, long waitedMillis, boolean going)
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

  /** As {@code 3 download ANSWERED 100 a 900}. */
  private static List<Holder> holders(String text) {
    List<Holder> all = new ArrayList<>();
    for (String some : text.split(", ")) {
      String[] w = some.split(" ");
      for (int i = 0; i < Integer.parseInt(w[0]); i++) {
        // One whose address does not count is equal to no other.
        Object address = w[4].equals("-") ? new Object() : w[4];
        long held = Long.parseLong(w[3]);
        long waited = Long.parseLong(w[5]);
        boolean going = w[1].equals("going");
        all.add(new Holder(w[1], Standing.valueOf(w[2]), address, held, waited, going));
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # holders                                                            | bytes | who goes
          # a standing that holds less than another stays, whatever its times
          20 stranger NOBODY 68 s 900, 5 download ANSWERED 256 h 60000          | 60    | {stranger=1}
          20 stranger NOBODY 68 s 100, 1 link LINK 256 h 60000                  | 600   | {stranger=9}
          20 stranger NOBODY 68 s 100, 5 waits WAITS 200 h 9000                 | 340   | {stranger=5}
          20 unread ANSWERED 100 s 1, 5 stranger NOBODY 36 h 9000               | 1000  | {unread=10}
          20 unread ANSWERED 100 s 1, 5 waits WAITS 36 h 9000                   | 1000  | {unread=10}
          # down to what the next one holds, and then both
          3 stranger NOBODY 100 s 900, 2 download ANSWERED 100 h 900          | 90    | {stranger=1}
          9 stranger NOBODY 100 s 900, 5 download ANSWERED 100 h 900            | 800   | {download=2, stranger=6}
          3 waits WAITS 100 s 900, 2 stranger NOBODY 100 h 900                  | 500   | {stranger=2, waits=3}
          # likewise of the addresses in one standing
          20 unread ANSWERED 64 s 1, 5 download ANSWERED 64 h 60000             | 128   | {download=2}
          80 unread ANSWERED 64 s 50, 3 download ANSWERED 64 h 60000            | 640   | {unread=10}
          80 waits WAITS 64 s 900, 3 honest WAITS 64 h 60000                    | 640   | {waits=10}
          40 one WAITS 64 s 900, 40 other WAITS 64 t 900, 9 honest WAITS 64 h 1 | 640   | {one=5, other=5}
          # without addresses, and in one address, the largest and slowest
          9 small NOBODY 10 - 900, 2 large NOBODY 90 - 900                      | 100   | {large=2}
          9 new NOBODY 50 - 90, 2 slow NOBODY 50 - 900                          | 100   | {slow=2}
          9 new NOBODY 50 a 5000, 2 slow NOBODY 50 a 6000                       | 100   | {slow=2}
          # who is at work, holds nothing, or is going already
          9 work ANSWERED 500 a 0, 1 slow NOBODY 10 b 9                         | 100   | {slow=1}
          9 nothing NOBODY 0 a 9000, 1 slow NOBODY 10 b 9                       | 100   | {slow=1}
          1 going NOBODY 90 a 9000, 9 slow NOBODY 10 b 9                        | 100   | {slow=1}
          """)
  void whoGoes(String holders, long bytes, String gone) {
    Surplus surplus = new Surplus(holders(holders), bytes, 0);
    assertEquals(
        gone,
        surplus.take().stream()
            .collect(
                Collectors.groupingBy(h -> ((Holder) h).name, TreeMap::new, Collectors.counting()))
            .toString());
  }
}
