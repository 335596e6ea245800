package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingsTest {
  private static List<String> judged(String target) throws Exception {
    return Destination.parse("http://o" + target).judgedForms();
  }

  private static List<String> denied(String target) throws Exception {
    return Destination.parse("http://o" + target).deniedForms();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/b.c", "/a/b/", "/a?b=c&d", "/a?", "/a?x=/../y;z//"})
  void anOrdinaryUrlHasOneReading(String target) throws Exception {
    assertEquals(List.of("http://o" + target), judged(target));
    assertEquals(List.of("http://o" + target), denied(target));
  }

  @ParameterizedTest
  @CsvSource({
    "/%73ecret,/secret",
    "//secret,/secret",
    "/./secret,/secret",
    "/a/../secret,/secret",
    "/../../secret,/secret",
    "/a/%2e%2e/secret,/secret",
    "/a/%2E./secret,/secret",
    "/a/..%2fsecret,/secret",
    "/a%2f..%2fsecret,/secret",
    "/%2fsecret,/secret",
    "/secre%74,/secret",
    "/%2e/%73ecret,/secret",
    "/x/../%73%65cret,/secret",
    "/%5csecret,/secret",
    "/a/..%5Csecret,/secret",
    "/secret%00,/secret",
    "/secret%00.jpg,/secret",
    "/secret%3Fx,/secret",
    "/secret%23/../../x,/secret",
    "/%2573ecret,/secret",
    "/a/%252e%252e%252fsecret,/secret",
    "/a/..;/secret,/secret",
    "/a/..;x=y/secret,/secret",
    "/a/..%3bx/secret,/secret",
    "/;x/secret;y,/secret",
    "/a;%2f..%2f/b,/a/b",
    "/a;%2fsecret,/a/secret",
    "/a//../secret,/secret",
    "/a//../secret,/a/secret",
    "/a/%2f/..%2fsecret,/secret",
    "/%c0%afsecret,/secret",
    "/a/%c0%ae%c0%ae/secret,/secret",
    "/a/b/.,/a/b/",
    "/a/b/..,/a/",
    "/a/..,/",
    "/caf%c3%a9,/café",
    "/caf%c3%a9,/caf%C3%A9",
    "/x%0ay%2fsecret,/x%0ay/secret",
    "/a%20b,/a b",
    "/a/b%2fc/../..%2fsecret,/secret",
    "/a/b%252fc/..%2f../..%252fsecret,/secret",
    "/a/b%2fc/..;/..;/secret,/secret",
    "/a/b%5cc/..%2f../secret,/secret",
    "/a/../secret/%2e%2e/../b,/secret/b",
    "/a/../%73ecret/%2e%2e/../b,/secret/b"
  })
  void anOriginMayReadItSo(String target, String path) throws Exception {
    assertTrue(judged(target).contains("http://o" + path), judged(target).toString());
  }

  @Test
  void theFirstIsWhatIsSentAndNoneComesTwice() throws Exception {
    for (String target : List.of("/a%2Fb;c//..?x=%41", "/%2525;%3b%00%3F/..//%5c..;/", "/;//")) {
      assertEquals("http://o" + target, judged(target).get(0));
      assertEquals(judged(target).size(), new HashSet<>(judged(target)).size());
      assertEquals(denied(target).size(), new HashSet<>(denied(target)).size());
      assertTrue(denied(target).containsAll(judged(target)));
    }
  }

  @Test
  void noReadingReachesAnotherHost() throws Exception {
    for (String target :
        List.of("/..//..//other", "/%2f%2fother", "/%5c%5cother/..;/", "/%40other", "/%00@x"))
      for (String form : denied(target)) assertTrue(form.startsWith("http://o/"), form);
  }

  @Test
  void theQueryIsKeptApartFromNeedlessEscapes() throws Exception {
    assertEquals(List.of("http://o/?a=%2f&%41", "http://o/?a=%2F&A"), judged("/?a=%2f&%41"));
  }

  @Test
  void aDenialSeesTheQueryDecoded() throws Exception {
    assertTrue(denied("/x?f=%2Fetc%2Fpasswd").contains("http://o/x?f=/etc/passwd"));
    assertTrue(denied("/x?f=%252Fetc").contains("http://o/x?f=/etc"));
    assertTrue(denied("/x?q=drop+table").contains("http://o/x?q=drop table"));
    assertTrue(denied("/%2e/x?f=%2Fetc").contains("http://o/x?f=/etc"));
    assertTrue(denied("/%78;y?f=%2Fetc").contains("http://o/x;y?f=/etc"));
  }

  @Test
  void thereAreFewEvenInTheWorstCase() throws Exception {
    String worst = "/a;b%3bc/%2e%2e;/%252e%252e//..%2f%5c%00%3f%23//x/..//%2573;%2f";
    Destination d = Destination.parse("http://o" + worst.repeat(900) + "?%2541+");
    assertTrue(d.deniedForms().size() > 20);
    assertTrue(d.deniedForms().size() <= d.formsAtMost());
  }

  @Test
  void anOrdinaryUrlIsKnownToHaveOneFormWithoutLooking() throws Exception {
    assertEquals(1, Destination.parse("http://o/a/b?c=d").formsAtMost());
  }
}
