package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static wsp.rules.AccessRulesTest.black;
import static wsp.rules.AccessRulesTest.judge;
import static wsp.rules.AccessRulesTest.white;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;

/** However a URL is spelled, the rules judge what it means. */
class SpellingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/secret",
        "/%73ecret",
        "//secret",
        "/./secret",
        "/a/../secret",
        "/a/%2e%2e/secret",
        "/a/..%2fsecret",
        "/%2fsecret",
        "/secre%74",
        "/%2e/%73ecret",
        "/x/../%73%65cret",
        "/%5csecret",
        "/secret%00",
        "/%2573ecret",
        "/x%0ay%2fsecret",
        "/a?/secret",
        "/a?b=%2Fsecret",
        "/a?b=%2F%73ecret",
        "/SECRET",
        "//x/%53ecret",
        "/a?B=/Secret",
        "/+secret"
      })
  void noSpellingGetsPastTheBlacklist(String target) throws Exception {
    assertEquals(Verdict.FORBIDDEN, judge(black(".*/secret.*"), "http://a" + target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//secret",
        "/./secret",
        "/a/../secret",
        "/a/..%2fsecret",
        "/%5csecret",
        "/%2573ecret",
        "/a/..;/secret",
        "/;a/secret",
        "/secret;a=b",
        "/a//../secret",
        "/a/b/%2e%2e%2f../secret",
        "/secret%00.png",
        "/secret?x",
        "/secret#x",
        "/secret%3fx",
        "/Secret?X",
        "//x/secret",
        "//u@x:80/a/..%2fsecret",
        "/a/..//x/secret",
        "/http://x/secret",
        "/a%c0%afb/..%2f..%2fsecret",
        "/%25u0073ecret",
        "/se%0acret"
      })
  void noSpellingGetsPastAnAnchoredBlacklist(String target) throws Exception {
    AccessRules rules = black("^http://a/secret(\\?.*)?$");
    assertEquals(Verdict.FORBIDDEN, judge(rules, "HTTP://A.:80" + target));
  }

  @Test
  void everyReadingHasToBeWhitelisted() throws Exception {
    AccessRules rules = white("^http://a/public/");
    assertEquals(Verdict.ALLOWED, judge(rules, "http://a/public/x"));
    assertEquals(Verdict.ALLOWED, judge(rules, "http://a/public/a%20b/../c;d//e?f=%2F..%2F"));
    for (String target :
        List.of(
            "/public/../private",
            "/public/%2e%2e/private",
            "/public/..%2fprivate",
            "/public/..%5cprivate",
            "/public/%252e%252e/private",
            "/public/..;/private",
            "/public/x//../../private",
            "/public",
            "/public/a%c0%afb/..%2f..%2fprivate",
            "/public/%c0%af/..%2f../private",
            "/public/a%5cb/..%2f..%2fprivate",
            "/public/a%25u002fb/..%252f..%252fprivate",
            "/public/..//x/private",
            "/public/x/..+/..+/private",
            "/public/+/../private",
            "/public%3F/../private")) {
      assertEquals(Verdict.NOT_ALLOWED, judge(rules, "http://a" + target), target);
    }
  }

  @Test
  void aPlusIsABlankToABlacklistAndItselfToAWhitelist() throws Exception {
    AccessRules black = black("^http://a/team( |%20)files/", "^http://a/secret$");
    for (String path : List.of("/team+files/x", "/team%2bfiles/x", "/secret+", "/+secret"))
      assertEquals(Verdict.FORBIDDEN, judge(black, "http://a" + path), path);
    AccessRules white = white("^http://a/files/[a-z+]+$");
    for (String path : List.of("/files/a+b", "/files/c++", "/files/+"))
      assertEquals(Verdict.ALLOWED, judge(white, "http://a" + path), path);
  }

  @Test
  void dotsAtTheEndsOfNamesCountInAWhitelist() throws Exception {
    AccessRules black = black("^http://a/admin/", "^http://a/keys\\.txt$");
    for (String path : List.of("/admin./x", "/Admin%2e/x", "/keys.txt.", "/keys.txt::$DATA"))
      assertEquals(Verdict.FORBIDDEN, judge(black, "http://a" + path), path);
    AccessRules white = white("^http://a/files/[a-z]+\\.$");
    assertEquals(Verdict.ALLOWED, judge(white, "http://a/files/etc."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_method=PUT",
        ".method=PUT",
        "+_method=PUT",
        "a&%20_method=PUT",
        "_method%00=PUT"
      })
  void noSpellingOfAParameterGetsPastTheBlacklist(String query) throws Exception {
    AccessRules rules = black("[?&]_method=");
    assertEquals(Verdict.FORBIDDEN, judge(rules, "http://a/x?" + query));
    assertEquals(
        Verdict.ALLOWED, judge(white("^http://a/x\\?[a-z.+%0-9&_=A-Z]+$"), "http://a/x?" + query));
  }

  @Test
  void caseDoesNotCountInABlacklist() throws Exception {
    AccessRules rules = black("^http://a/Admin[A-C]", "^http://a/\\S+/[^A-Z]$");
    for (String path : List.of("/Adminb", "/ADMINB", "/adminb", "/%41dmin%42", "/x/a", "/x/A"))
      assertEquals(Verdict.FORBIDDEN, judge(rules, "http://a" + path), path);
    for (String path : List.of("/admin", "/AdminD", "/x/yz"))
      assertEquals(Verdict.ALLOWED, judge(rules, "http://a" + path), path);
  }

  @Test
  void caseCountsInAWhitelist() throws Exception {
    AccessRules rules = white("^http://a/Pub/");
    assertEquals(Verdict.ALLOWED, judge(rules, "http://a/Pub/X"));
    assertEquals(Verdict.NOT_ALLOWED, judge(rules, "http://a/pub/X"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://allowed.test@evil/",
        "http://allowed.test\\@evil/",
        "http://allowed.test/\\@evil/",
        "http://allowed.test\t@evil/",
        "http://allowed.test/\t@evil/",
        "http://allowed.test\0@evil/",
        "http://allowed.test%00@evil/",
        "http://allowed.test%2F@evil/",
        "http://allowed.test:x@evil/",
        "http://allowed.test:80@evil/",
        "http://evil/http://allowed.test/",
        "http://evil/#http://allowed.test/",
        "http://evil?http://allowed.test/",
        "http://evil\\http://allowed.test/",
        "http:/\\evil/",
        "http:\\\\evil/",
        "\nhttp://allowed.test/\nhttp://evil/",
        "http://evil/ http://allowed.test/",
        "http://allowed.test\u2044@evil/",
        "http://allowed.test\uff0f@evil/",
        "http://allowed.test\uff0f.evil/",
        "http://allowed.test.evil/",
        "http://allowed.test:81/",
        "https://allowed.test/",
        "http://evil/%0ahttp://allowed.test/"
      })
  void noSpellingReachesAnotherHost(String url) throws Exception {
    try {
      assertEquals(Verdict.NOT_ALLOWED, judge(white("^http://allowed\\.test/"), url));
    } catch (InvalidDestinationException refused) {
      assertThrows(InvalidDestinationException.class, () -> Destination.parse(url));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://allowed.test",
        "HTTP://ALLOWED.TEST/",
        "http://allowed.test.:80/x",
        "http://allowed.test:/",
        "http://allowed.test/@evil/",
        "http://allowed.test/#@evil",
        "http://ａllowed.test/"
      })
  void otherSpellingsOfTheAllowedHostAreThatHost(String url) throws Exception {
    assertEquals(Verdict.ALLOWED, judge(white("^http://allowed\\.test/"), url));
    assertEquals("allowed.test", Destination.parse(url).host());
  }
}
