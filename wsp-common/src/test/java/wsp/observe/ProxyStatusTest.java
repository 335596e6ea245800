package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/** An origin has its own words in this field, and those of proxies before it; never ours. */
class ProxyStatusTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "wsp-client|error=refused;",
        "wsp-client;",
        "WSP-Client|error=refused;",
        "\"wsp-client\"|error=refused;",
        " , wsp-server|error=refused;",
        "|wsp-client|error=refused;",
        "squid|error=refused; squid|error=refused",
        "wsp-clients|error=refused; wsp-clients|error=refused",
        "my-wsp-client; my-wsp-client",
        "squid, wsp-client|error=x, cdn; squid, cdn",
        "squid|details=\"a, wsp-client\"; squid|details=\"a, wsp-client\"",
        "squid|details=\"a\\\", b\", wsp-client; squid|details=\"a\\\", b\"",
        "wsp-client|details=\"a, b\", squid; squid",
      })
  void whatAnOriginSaysInOurNameIsDropped(String sent, String passed) {
    Headers fields = Headers.of("A", "b", "proxy-status", sent.replace('|', ';'), "C", "d");
    Headers kept = ProxyStatus.ofOrigin(new ResponseEnvelope(527, fields, 3)).headers();
    List<String> expected = passed == null ? List.of() : List.of(passed.replace('|', ';'));
    assertEquals(expected, kept.all("Proxy-Status"));
    assertEquals("b", kept.first("A"));
    assertEquals("d", kept.first("C"));
  }

  @Test
  void severalFieldsAreOne() {
    Headers fields = Headers.of("Proxy-Status", "squid", "Proxy-Status", "wsp-client; error=x");
    Headers kept = ProxyStatus.without(fields, ProxyStatus.CLIENT);
    assertEquals(List.of("squid"), kept.all("Proxy-Status"));
    assertSame(fields, ProxyStatus.without(fields, ProxyStatus.SERVER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "cdn|details=\"a; b\", wsp-client|error=x|details=\"c\"",
        "cdn|details=\"a; wsp-client|error=x",
        "cdn|details=\"a; squid",
        "squid; cdn|details=\"a\\\"",
        "squid; cdn|details=\"a\\",
      })
  void aStringWithoutAnEndHidesNothing(String first, String second) {
    Headers fields = Headers.of("A", "b", "Proxy-Status", first.replace('|', ';'));
    Headers both = fields.and(Headers.of("proxy-status", second.replace('|', ';')));
    assertEquals(Headers.of("A", "b"), ProxyStatus.without(both, ProxyStatus.CLIENT));
  }

  @Test
  void aHeadWithoutTheFieldIsTheSame() {
    ResponseEnvelope head = new ResponseEnvelope(200, Headers.of("A", "b"), 0);
    assertSame(head, ProxyStatus.ofOrigin(head));
  }
}
