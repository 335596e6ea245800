package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Distinct;

class ReadingsTest {
  private static List<String> judged(String target) throws Exception {
    return Destination.parse("http://o" + target).judgedForms();
  }

  private static List<String> denied(String target) throws Exception {
    return Distinct.of(Destination.parse("http://o" + target).deniedForms());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/b.c", "/a/b/", "/a?b=c&d", "/a?", "/a?x=/../y,z//"})
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
    "/a/../%73ecret/%2e%2e/../b,/secret/b",
    // An overlong slash is a slash, or two odd octets in a name that two dots take away.
    "/pub/a%c0%afb/..%2f..%2fsecret,/secret",
    "/pub/%c0%af/..%2f../secret,/secret",
    "/pub/a/%c0%ae%c0%ae/../..%2f../secret,/secret",
    "/%e0%80%afsecret,/secret",
    "/%f0%80%80%afsecret,/secret",
    "/%25c0%25afsecret,/secret",
    "/%c1%b3ecret,/secret",
    "/a%25u002fb,/a/b",
    "/x/%25u002e%25u002e/secret,/secret",
    "/a%25u002fb%2f..%2f../secret,/secret",
    "/%ef%bc%8fsecret,/secret",
    "/x/%ef%bc%8e%ef%bc%8e/secret,/secret",
    // A backslash is a slash, or a part of a name.
    "/a%5cb/..%2fsecret,/secret",
    "/a%5cb/..%2fsecret,/a/secret",
    "/a%5cb/..%2fsecret,/a\\b/../secret",
    // A semicolon ends a name, or is a part of it; so do a question mark and a NUL.
    "/a;b/..;c/secret,/secret",
    "/a%3bb/secret,/a/secret",
    "/a%3bb/secret,/a;b/secret",
    "/secret%3b%2f..,/secret",
    "/secret%3bx%2f..,/secret/..",
    "/x%3f/../secret,/x",
    // Escaped slashes stay escaped where everything else is decoded.
    "/a%2fb/%252e%252e/secret,/secret",
    "/a/b%2fc/..%3bx/secret,/a/secret",
    // Dots are kept by those who decode and look no further.
    "/a/..%2fsecret,/a/../secret",
    "/a/%2e/%73ecret,/a/./secret",
    // Empty segments are names, or nothing.
    "/x/a//..%2f../secret,/secret",
    "/x/a//..%2f../secret,/x/secret",
    "//secret//x,/secret//x",
    "//secret//x,/secret/x",
    // Two slashes announce an authority.
    "//x/secret,/secret",
    "//x:80/secret,/secret",
    "//u@x/secret,/secret",
    "//u:p@x:80/secret,/secret",
    "//[::1]/secret,/secret",
    "///x/secret,/secret",
    "///x/secret,/x/secret",
    "////x/secret,/secret",
    "//x,/",
    "/.//x/secret,/secret",
    "/a/..//x/secret,/secret",
    "/%2e//x/secret,/secret",
    "/a/%2e%2e//x/%73ecret,/secret",
    "/%2fx/secret,/secret",
    "/%5cx/secret,/secret",
    "/%5c%5cx%5csecret,/secret",
    "//x/a/../secret,/secret",
    "//x/..%2fsecret,/secret",
    "//x//y/secret,/secret",
    "//%2e%2e/secret,/secret",
    "/%252fx/secret,/secret",
    // Tabs and ends of lines do not count.
    "/%09/x/secret,/secret",
    "/%09/a%3fb@x/secret,/secret",
    "/%5cx%23/secret,/secret",
    "/a%3fb/%252e%252e/secret,/secret",
    "/se%0acret,/secret",
    "/se%0d%0Acret,/secret",
    "/.%0a./secret,/secret",
    // Blanks at ends do not count.
    "/a/..%20,/",
    "/a/..%2520,/",
    "/a/..%0b,/",
    "/a/..%a0,/",
    "/a/..%C2%A0,/",
    "/a/..%e2%80%83%20,/",
    "/a/..%c0%a0,/",
    "/a/%20..%09/secret,/secret",
    "/a/%20../b%20/..%20/..%20/secret,/secret",
    "/a/b%20/%20..%20,'/a/b / ..'",
    "/secret%20,/secret",
    "/%20/secret,/secret",
    "/%e3%80%80secret/x,/secret/x",
    "/caf%e9,/caf\u00e9"
  })
  void anOriginMayReadItSo(String target, String path) throws Exception {
    assertTrue(judged(target).contains("http://o" + path), judged(target).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/SECRET,/secret",
    "/Secret/X?Y,/secret/x?y",
    "/%53ecret,/secret",
    "/caf%C3%89,/café",
    "/http://x/secret,/secret",
    "/HTTP:%2f%2fx/secret,/secret",
    "/x/../http%3a//u@x:80/a/../secret,/secret",
    "/a?b=x+%2525y,/a?b=x+%y",
    "/a?b=x+%2525y,/a?b=x %y",
    "/a?b=%c0%afx,/a?b=/x",
    "/a?b=%u002fx,/a?b=/x",
    "/a?b=%2E%u002fx,/a?b=./x"
  })
  void aDenialLooksAtThisToo(String target, String reading) throws Exception {
    assertTrue(denied(target).contains("http://o" + reading), denied(target).toString());
    assertFalse(judged(target).contains("http://o" + reading), judged(target).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/a%20b,2",
    "/a%20b%20,3",
    "/a/voil%c3%a0/%c3%a0,3",
    "/a%2Fb,2",
    "/a;b,2",
    "/a/../b,2",
    "//a/b,3",
    "/a%252fb,4",
    "/caf%c3%a9/x,3",
    "/unsafe/300x200/https%3A%2F%2Fh%2Fa%20b.jpg,4",
    "/a%2Fb;c//..?x=%41,38"
  })
  void ofAnOddUrlThereAreFew(String target, int readings) throws Exception {
    assertEquals(readings, judged(target).size(), judged(target).toString());
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

  @ParameterizedTest
  @CsvSource({
    "/ADMIN,/admin",
    "/adm%C4%B1n,/admin",
    "/adm%25C4%25B1n,/admin",
    "/acce%C5%BF%C5%BF,/access",
    "/pa%C3%9F,/pass",
    "/adm%C4%B0n,/admin",
    "/%E2%84%AAey,/key"
  })
  void aDenialLooksAtLettersAsThoseDoWhoCompareInUpperCase(String target, String read)
      throws Exception {
    List<String> forms = denied(target);
    assertTrue(forms.contains("http://o" + read), forms::toString);
    assertFalse(judged(target).contains("http://o" + read));
  }
}
