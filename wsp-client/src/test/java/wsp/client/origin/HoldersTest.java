package wsp.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldersTest {
  private record Held(String host, long bytes, long since) implements Holders.Head {}

  private static final long NOW = -3_000_000_000L;

  /** {@code 7*www#.a.test=12@500}: seven hosts with a number, 12 bytes each, half a second old. */
  private static List<Held> held(String text) {
    List<Held> all = new ArrayList<>();
    for (String each : text.split(" ")) {
      String[] parts = each.split("[*=@]");
      for (int i = 0; i < Integer.parseInt(parts[0]); i++) {
        String host = parts[1].replace("#", String.valueOf(i));
        long since = NOW - 1_000_000 * Long.parseLong(parts[3]);
        all.add(new Held(host, Long.parseLong(parts[2]), since));
      }
    }
    return all;
  }

  private static String goes(String text, Comparator<Held> order) {
    Held first = Holders.surplus(held(text), NOW, order);
    return first == null ? "" : first.host;
  }

  @ParameterizedTest
  @CsvSource({
    // With as many names as there are heads, or with one; with heads that stay, or that change.
    "1*a.test=40@100    700*www.e#.test=12@1000",
    "1*a.test=250@100   700*e#.evil.test=12@0",
    "1*a.test=250@100   700*2001:db8::#=12@0",
    "1*a.test=250@100   700*[2001:db8::#]=12@0",
    "1*a.test=9@3600000 40*evil.test=200@500",
    "1*a.test=27@3600000 700*e#.evil.test=20@500",
    "1*a.test=27@3600000 700*2001:db8::#=20@500",
    "1*a.test=27@3600000 100*www.e#.test=200@300",
    "1*a.test=27@3600000 300*e#.evil.test=20@500 300*f#.evil.test=12@5000 1*b.test=40@100",
    "1*a.test=27@3600000 40*evil.test=200@0",
    "1*a.test=20@2000   1*b.test=40@100 40*evil.test=200@500",
    // The next is as slow as the one that is large.
    "1*a.test=40@0      1*evil.test=40@1",
    "1*a.test=40@60000  1*evil.test=41@7200000",
    "1*10.0.0.1=12@0    1*10.0.0.2=12@0 1*evil.test=13@0",
  })
  void whoHoldsMostForLongestIsToBlame(String held) {
    String gone = goes(held.replaceAll(" +", " "), (a, b) -> 0);
    assertEquals("to blame", gone.matches("[ab].test") ? gone : "to blame");
  }

  @ParameterizedTest
  @CsvSource({
    // held                                          goes, by size
    "0*a=1@0,                                        '', ''",
    "1*a=0@9,                                        '', ''",
    "1*a=0@9 1*b=1@0,                                b, b",
    "3*a.x.test=1@0 1*b.x.test=2@0 1*c.test=4@0,     a.x.test, a.x.test",
    "1*a.x.test=2@0 1*b.x.test=3@0 1*c.test=4@0,     b.x.test, b.x.test",
  })
  void ofOneOwnerTheHostThatHoldsMostIsToBlame(String held, String first, String largest) {
    assertEquals(first, goes(held, (a, b) -> 0));
    assertEquals(largest, goes(held, Comparator.comparingLong(h -> -h.bytes)));
  }

  @ParameterizedTest
  @CsvSource({"1*a=1@9 1*a=3@0 1*a=2@9, 1, 3", "1*a=1@0 1*b=2@0 1*b=3@0, 2, 3"})
  void ofOneHostTheFirstGoesByTheOrder(String text, long first, long largest) {
    List<Held> all = held(text);
    assertEquals(first, Holders.surplus(all, NOW, (a, b) -> 0).bytes);
    assertEquals(largest, Holders.surplus(all, NOW, Comparator.comparingLong(h -> -h.bytes)).bytes);
  }
}
