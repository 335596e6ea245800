package wsp.client.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three may rest, or as many as hold a hundred bytes. */
class RestingTest {
  private final Resting<String> resting = new Resting<>(3, 100);

  /** Events as {@code +a:10}: that of ten bytes rests; {@code -a}: it is over. */
  @ParameterizedTest
  @CsvSource({
    "+a:1,                     '',  a",
    "+a:1 +b:1 +c:1,           '',  abc",
    "+a:1 +b:1 +c:1 +d:1,      a,   bcd",
    "+a:1 +b:1 +c:1 -b +d:1,   '',  acd",
    "+a:60 +b:40,              '',  ab",
    "+a:60 +b:40 +c:1,         a,   bc",
    "+a:60 +b:40 -a +c:60,     '',  bc",
    "+a:20 +b:20 +c:90,        ab,  c",
    "+a:500,                   '',  a",
    "+a:500 +b:1,              a,   b",
    "+a:60 +a:60 +b:40,        '',  ab",
    "+a:1 -b,                  '',  a",
  })
  void theEldestGoBeyondANumberAndASize(String events, String gone, String left) {
    List<String> surplus = new ArrayList<>();
    for (String event : events.split(" ")) {
      String name = event.substring(1, 2);
      if (event.startsWith("-")) resting.over(name);
      else surplus.addAll(resting.add(name, Integer.parseInt(event.substring(3))));
    }
    assertEquals(gone, String.join("", surplus));
    assertEquals(left, String.join("", resting.all()));
    assertEquals(left.isEmpty(), resting.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void oneMayRestInAnyCase(int most) {
    Resting<String> few = new Resting<>(most, 100);
    assertEquals(List.of(), few.add("a", 1));
    assertEquals(List.of("a"), few.add("b", 1));
  }
}
