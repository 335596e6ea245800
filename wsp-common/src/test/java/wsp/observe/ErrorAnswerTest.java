package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;

/** What callers are told of errors, and by which id. */
class ErrorAnswerTest {
  @Test
  void theFieldForMachinesIsAStructuredOneWhateverIsInIt() {
    assertEquals(
        "wsp-client; error=dns_error; next-hop=\"http://a\"; details=\"a\\\"b\\\\c??d?\"",
        ProxyStatus.of("wsp-client", "dns_error", "http://a", "a\"b\\c\r\nd\u00e9"));
    assertEquals("wsp-server", ProxyStatus.of("wsp-server", null, "", ""));
    assertTrue(ProxyStatus.of("p", null, "", "x".repeat(9999)).length() < 400);
    assertEquals(
        "p; details=\"no http://***@a/\"", ProxyStatus.of("p", null, "", "no http://al:hush@a/"));
  }

  @Test
  void theWordsOfTheFieldAreReadBackAndFitIntoALine() {
    String field = ProxyStatus.of("p", "e", "; details=\"x", "a\"b\\c; details=\"d");
    assertEquals("a\"b\\c; details=\"d", ProxyStatus.details(field));
    assertEquals("a??b", ProxyStatus.details("p; details=\"a\r\u00e9b"));
    for (String none : List.of("", "p", "p; error=e", "p; details=", "p; details=\""))
      assertEquals("", ProxyStatus.details(none));
  }

  @Test
  void theTextIsThreeLinesWithoutSecrets() {
    String text =
        ErrorText.of("what\nX", "hop\u001b", "see http://al:hush@a/?token=hush", "id\r\n");
    assertEquals(
        List.of(
            "what\\nX",
            "Failed at hop\\u001b: see http://***@a/?token=***",
            "Request id: id\\r\\n"),
        text.lines().toList());
  }

  @Test
  void anIdIsTheSameInTheLogsAsOutsideOrIsNotTaken() {
    for (String usable : List.of("a", "urn:x/y", "x@y", "a/b+c==", "i".repeat(128)))
      assertEquals(usable, RequestId.of(Headers.of("X-Request-Id", usable)));
    for (String not :
        List.of("", "a b", "a\"", "http://al:hush@a/", "al:hush@a", "i".repeat(129))) {
      String made = RequestId.of(Headers.of("X-Request-Id", not));
      assertTrue(made.matches("[0-9a-f]{32}"), made);
    }
  }

  @Test
  void anIdTakesThePlaceOfOthers() {
    Headers fields = Headers.of("A", "1", "x-request-id", "bad id", "X-Request-Id", "2", "B", "3");
    Headers now = RequestId.on(fields, "good");
    assertEquals(List.of("good"), now.all("X-Request-Id"));
    assertEquals(3, now.size());
    assertSame(now, RequestId.on(now, "good"), "nothing to do");
    assertEquals(List.of("good"), RequestId.on(Headers.EMPTY, "good").all("X-Request-Id"));
    Headers twice = Headers.of("X-Request-Id", "good", "X-Request-Id", "good");
    assertEquals(1, RequestId.on(twice, "good").size());
  }
}
