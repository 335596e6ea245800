package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names are those of an origin, and a number; 100 bytes are there. */
class KeptHeadsTest {
  private final KeptHeads heads = new KeptHeads(100);
  private final Map<String, KeptHeads.Kept> begun = new TreeMap<>();
  private final List<String> gone = new ArrayList<>();

  private long now;

  private void happens(String event) {
    if (event.equals("later")) {
      now += 2_000_000_000L;
      return;
    }
    String name = event.substring(1, 3);
    if (event.charAt(0) == '-') {
      heads.over(begun.get(name));
      return;
    }
    String from = name.substring(0, 1);
    KeptHeads.Kept one =
        new KeptHeads.Kept(from, Long.parseLong(event.substring(4)), now, () -> gone.add(name));
    begun.put(name, one);
    if (!heads.keeps(one)) gone.add(name + " itself");
  }

  @ParameterizedTest
  @CsvSource({
    // events                          gone        used
    "+a1=60 +b1=40,                    '',         100",
    "+a1=60 +b1=40 -a1,                '',         40",
    "+a1=60 -a1 -a1,                   '',         0",
    "+a1=60 +b1=41,                    a1,         41",
    "+a1=60 +b1=41 -a1,                a1,         41",
    "+a1=40 +b1=61,                    b1 itself,  40",
    "+a1=101,                          a1 itself,  0",
    "+a1=30 +a2=30 +b1=40 +b2=10,      a1,         80",
    "+a1=30 +b1=30 later +c1=45,       a1,         75",
    "+a1=30 +b1=30 later +c1=101,      c1 itself,  60",
    "+a1=4 later +b1=48 +b2=49,        b2 itself,  52",
    "+a1=4 later +b1=49 +b2=48,        b1,         52",
    "+a1=20 +a2=30 +a3=30 +b1=25,      a2,         75",
    // one owner with many ordinary ones, and many owners with a large one each
    "+a1=9 +a2=9 +a3=9 +a4=9 +b1=32 +c1=31 +d1=30, b1, 97",
    "+a1=9 +a2=9 +a3=9 +a4=9 later later +b1=48 +c1=47, b1, 83",
  })
  void whereThereIsNoRoomTheLargestOfTheOriginThatIsToBlameGoes(
      String events, String who, long used) {
    for (String event : events.split(" ")) happens(event);
    assertEquals(who, String.join(" ", gone));
    assertEquals(used, heads.used());
  }
}
