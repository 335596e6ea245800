package wsp.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldersTest {
  private static final long MOMENT = 1_000_000_000L;

  private record Thing(String name, char holder, long size, long since) {}

  /** Each with its holder and its size; those behind a plus have come a moment later. */
  private static List<Thing> things(String held) {
    List<Thing> all = new ArrayList<>();
    long now = 0;
    for (String each : held.split(" ")) {
      if (each.equals("+")) now += MOMENT;
      else if (!each.isEmpty())
        all.add(new Thing(each + "." + all.size(), each.charAt(0), each.charAt(1) - '0', now));
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    // held              goes, by size
    "'',                 ,",
    "a0,                 ,",
    "a1,                 a1.0, a1.0",
    "a3 b2 b2,           b2.1, b2.1",
    "a9 b0 b0,           a9.0, a9.0",
    "c2 a1 c0 a2,        a1.1, a2.3",
    "a1 b1 b2 + c9,      b1.1, b2.2",
    "a0 b0 + c9,         c9.2, c9.2",
  })
  void ofTheOneWhoHoldsMostTheFirstGoesAndAtFirstOfTheSlow(
      String held, String first, String largest) {
    assertEquals(first, goes(held, (a, b) -> 0));
    assertEquals(largest, goes(held, Comparator.comparingLong(t -> -t.size)));
  }

  private static String goes(String held, Comparator<Thing> order) {
    long now = held.chars().filter(c -> c == '+').count() * MOMENT + 1;
    Thing first =
        Holders.surplus(things(held), t -> now - t.since, Thing::holder, Thing::size, order);
    return first == null ? null : first.name;
  }
}
