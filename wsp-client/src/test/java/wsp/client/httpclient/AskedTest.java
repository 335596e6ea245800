package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.httpclient.Dialogue.Asked;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.http1.RequestHead;
import wsp.observe.RequestId;

class AskedTest {
  @ParameterizedTest
  @CsvSource({
    "false, o.test,       GET,  /a?b, 1, true",
    "true,  o.test,       GET,  /a?b, 1, false",
    "false, o.test:81,    GET,  /a?b, 1, false",
    "false, evil.test,    GET,  /a?b, 1, false",
    "false, o.test,       HEAD, /a?b, 1, false",
    "false, o.test,       GET,  /a,   1, false",
    "false, o.test,       GET,  /a?b, 2, false",
  })
  void a_request_is_known_by_its_origin_and_not_by_its_id_alone(
      boolean secure, String host, String method, String target, String id, boolean same)
      throws Exception {
    Headers sent = Headers.of("Host", host, RequestId.FIELD, id);
    RequestHead head = new RequestHead(method, target, target, true, sent, 0);
    String url = "http://o.test/a?b";
    RequestEnvelope asked = new RequestEnvelope("GET", url, Headers.of(RequestId.FIELD, "1"), 0);
    Asked known = Asked.of(asked, Destination.parse(url));
    assertEquals(same, known.equals(Asked.of(secure, head)));
  }
}
