package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldListsTest {
  /** Each with the spellings that some origin takes for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Proxy-Destination",
        "X-Proxy-Client",
        "X-Proxy-Labels",
        "X-Proxy-Connection",
        "X-Proxy-Authorization",
        "X-Secret-Key",
        "Proxy-Authorization",
        "Proxy",
        "Host",
        "Expect"
      })
  void noSpellingOfWhatIsOursIsForOrigins(String name) {
    for (char mark : "-_.~!#$%&'*+^`|".toCharArray()) {
      String spelled = name.replace('-', mark);
      for (String cased :
          new String[] {spelled, spelled.toLowerCase(java.util.Locale.ROOT), upper(spelled)})
        assertEquals(
            Headers.of("A", "b"),
            Headers.of(cased, "x", "A", "b").without(FieldLists.NOT_FOR_ORIGINS),
            cased);
    }
  }

  private static String upper(String s) {
    return s.toUpperCase(java.util.Locale.ROOT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Transfer_Encoding", "TRANSFER.ENCODING", "proxy_connection", "Keep_Alive"})
  void norIsWhatIsOfOneHop(String name) {
    assertEquals(Headers.of("A", "b"), Headers.of(name, "x", "A", "b").endToEnd());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Alt-Svc", "alt_svc", "ALT-SVC"})
  void callersAreNotSentToAnAddressWithin(String name) {
    assertTrue(FieldLists.NOT_FOR_CALLERS.test(name));
  }

  @ParameterizedTest
  @CsvSource({"Authorization", "Proxied", "X-Proxy", "X-Secret-Keys", "Hosts", "Alt-Used"})
  void whatIsSomebodyElsesGoesOn(String name) {
    Headers h = Headers.of(name, "x");
    assertEquals(h, h.without(FieldLists.NOT_FOR_ORIGINS).without(FieldLists.NOT_FOR_CALLERS));
  }
}
