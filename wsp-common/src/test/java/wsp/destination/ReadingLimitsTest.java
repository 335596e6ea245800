package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Distinct;

/** How many readings a URL may have, and how many it has at most. */
class ReadingLimitsTest {
  private static List<String> denied(String target) throws Exception {
    return Distinct.of(Destination.parse("http://o" + target).deniedForms());
  }

  @Test
  void aUrlWithMoreThanCanBeJudgedIsRefused() throws Exception {
    String many = "/a;b%3bc/%2e%2e;/%252e%252e//..%2f%5c%00%3f%23//x/..//%2573;%2f";
    assertRefused(many);
    assertRefused("/x%3b.%25%23%25//%253b%253b%2ea".repeat(1_900));
    assertRefused("/a;b//..%2f?" + "%2525+%u0063".repeat(5_000));
    assertRefused("/%2525;%3b%00%3F/..//%5c..;/?%2525+%252b%25%75002f%c0%25af");
  }

  private static void assertRefused(String target) throws Exception {
    Destination d = Destination.parse("http://o" + target);
    Exception refused = assertThrows(InvalidDestinationException.class, d::deniedForms);
    assertEquals(
        "the path and query can be read in too many ways: send it with fewer escapes",
        refused.getMessage());
  }

  @Test
  void aLongOrdinaryUrlIsNot() throws Exception {
    assertEquals(1, denied("/" + "a/".repeat(32_000)).size());
    assertEquals(1, denied("/a?" + "b=c&".repeat(16_000)).size());
    assertTrue(denied("/a?" + "b=%20c&".repeat(9_000)).size() > 1);
    assertTrue(denied("/" + "caf%c3%a9/".repeat(6_000)).size() > 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%20b",
        "/a%20/%20b%20%20",
        "/%20",
        "/caf%c3%a9%20?x=%41+b",
        "/a%e9",
        "/A",
        "/a?B",
        "/a%2Fb;c//..?x=%41+%20%41",
        "/%2525;%3b%00%3F/..//%5c..;/?%2525+",
        "//x",
        "/.a",
        "/a;b",
        "/a?%u0041+%25"
      })
  void thereAreNeverMoreThanIsToldWithoutLooking(String target) throws Exception {
    Destination d = Destination.parse("http://o" + target);
    List<String> denied = Distinct.of(d.deniedForms());
    assertTrue(denied.size() <= d.formsAtMost(), denied.toString());
    assertTrue(d.formsAtMost() > 1);
    assertTrue(d.formsCost() > target.length());
  }

  @Test
  void anOrdinaryUrlIsKnownToHaveOneFormWithoutLooking() throws Exception {
    assertEquals(1, Destination.parse("http://o/a/b?c=d").formsAtMost());
  }
}
