package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

class RequestsTest {
  static {
    TestJvm.set();
  }

  private static HttpRequest.Builder build(String method, String url, String... fields)
      throws Exception {
    return Requests.of(
        new RequestEnvelope(method, url, Headers.of(fields), 0), Destination.parse(url), null);
  }

  private static Failure refused(String method, String url, String... fields) {
    return assertThrows(ReplayException.class, () -> build(method, url, fields)).failure();
  }

  @ParameterizedTest
  @CsvSource({"X-Name, café", "X-Name, '\udc80'", "X-Name, '\u0100'"})
  void aFieldThatWouldChangeIsRefused(String name, String value) {
    assertEquals(Failure.ENGINE, refused("GET", "http://a.test/", name, value));
  }

  @Test
  void aFieldThatWouldNotReachASecureOriginIsRefused() throws Exception {
    assertEquals(Failure.ENGINE, refused("GET", "https://a.test/", "Proxy-Thing", "x"));
    build("GET", "http://a.test/", "Proxy-Thing", "x");
  }

  @Test
  void connectIsRefused() {
    assertEquals(Failure.ENGINE, refused("CONNECT", "http://a.test/"));
  }

  @Test
  void whatAuthenticatesAConnectionIsRefused() {
    assertEquals(
        Failure.CONNECTION_AUTH, refused("GET", "http://a.test/", "Authorization", "NTLM abc"));
  }

  @Test
  void whatIsOfOneHopOrOfThisTunnelStays() throws Exception {
    HttpRequest request =
        build(
                "GET",
                "http://a.test/",
                "Connection",
                "X-Hop",
                "X-Hop",
                "1",
                "X-Secret-Key",
                "s",
                "Host",
                "other",
                "X-A",
                "1",
                "X-A",
                "2")
            .uri(Requests.uri(Destination.parse("http://a.test/"), InetAddress.getByName("::1")))
            .build();
    assertEquals(List.of("1", "2"), request.headers().allValues("X-A"));
    assertEquals("[X-A]", request.headers().map().keySet().toString());
    assertEquals("https://[0:0:0:0:0:0:0:1]:80/", request.uri().toString());
  }

  @Test
  void anAddressOfIpv6IsNoNameThatHttpClientCouldSecure() {
    ReplayException e =
        assertThrows(
            ReplayException.class,
            () -> Requests.uri(Destination.parse("https://[2001:db8::1]/"), null));
    assertEquals(Failure.ENGINE, e.failure());
    assertTrue(e.getMessage().contains("an address of IPv6 by TLS"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/t?", "/t?x=%", "/t?a=%zz"})
  void aTargetThatWouldChangeIsRefused(String target) {
    ReplayException e =
        assertThrows(
            ReplayException.class,
            () -> Requests.uri(Destination.parse("https://a.test" + target), null));
    assertEquals(Failure.ENGINE, e.failure());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "//a//b", "/%2F;x=y", "/t?a=b?c&d=[", "/.//..x", "/caf\u00e9", "/:@"})
  void otherTargetsAreSentAsTheyAre(String target) throws Exception {
    Destination destination = Destination.parse("https://a.test" + target);
    assertEquals(destination.url(), Requests.uri(destination, null).toString());
  }
}
