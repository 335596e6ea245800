package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

class RequestWriterTest {
  private static String head(String method, String url, long length, String... fields)
      throws Exception {
    RequestEnvelope request = new RequestEnvelope(method, url, Headers.of(fields), length);
    return StandardCharsets.UTF_8
        .decode(RequestWriter.head(request, Destination.parse(url)))
        .toString();
  }

  @Test
  void fieldsGoOnInOrderAndNothingIsAdded() throws Exception {
    assertEquals(
        "GET /a%2Fb?x=1 HTTP/1.1\r\nHost: a.test:8080\r\nX-A: 1\r\nAccept: */*\r\nX-A: \r\n\r\n",
        head("GET", "http://a.test:8080/a%2Fb?x=1", 0, "X-A", "1", "Accept", "*/*", "X-A", ""));
  }

  @Test
  void whatIsNotTheOriginsBusinessStaysHere() throws Exception {
    assertEquals(
        "GET / HTTP/1.1\r\nHost: a.test\r\nAuthorization: mine\r\n\r\n",
        head(
            "GET",
            "http://a.test/",
            0,
            "X-Proxy-Destination",
            "http://a.test/",
            "x-secret-key",
            "s",
            "X-PROXY-AUTHORIZATION",
            "s",
            "Proxy-Authorization",
            "s",
            "Expect",
            "100-continue",
            "Host",
            "evil.test",
            "Content-Length",
            "5",
            "Transfer-Encoding",
            "chunked",
            "Connection",
            "close, X-Hop",
            "X-Hop",
            "1",
            "TE",
            "deflate",
            "Upgrade",
            "h2c",
            "Keep-Alive",
            "1",
            "Authorization",
            "mine"));
  }

  @Test
  void norDoesAnySpellingOfItGoOn() throws Exception {
    assertEquals(
        "GET / HTTP/1.1\r\nHost: a.test\r\nA: b\r\n\r\n",
        head(
            "GET",
            "http://a.test/",
            0,
            "X_SECRET_KEY",
            "s",
            "X_PROXY_AUTHORIZATION",
            "s",
            "proxy_authorization",
            "s",
            "X.Proxy-Destination",
            "s",
            "Content_Length",
            "5",
            "Transfer_Encoding",
            "chunked",
            "PROXY",
            "http://evil.test",
            "A",
            "b"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, 0, ''",
    "DELETE, 0, ''",
    "FOO, 0, ''",
    "POST, 0, Content-Length: 0",
    "PUT, 0, Content-Length: 0",
    "PATCH, 0, Content-Length: 0",
    "GET, 5, Content-Length: 5",
    "POST, 5, Content-Length: 5",
    "POST, -1, Transfer-Encoding: chunked",
    "GET, -1, Transfer-Encoding: chunked",
  })
  void theFramingIsMadeAnew(String method, long length, String expected) throws Exception {
    assertEquals(
        method
            + " / HTTP/1.1\r\nHost: a.test\r\n"
            + (expected.isEmpty() ? "" : expected + "\r\n")
            + "\r\n",
        head(method, "http://a.test/", length));
  }

  @Test
  void textBeyondAsciiGoesOutAsUtf8() throws Exception {
    assertEquals(
        "GET / HTTP/1.1\r\nHost: a.test\r\nX: caf\u00e9 \u20ac \ud83d\ude00\r\n\r\n",
        head("GET", "http://a.test/", 0, "X", "caf\u00e9 \u20ac \ud83d\ude00"));
  }

  @Test
  void aLongHeadFits() throws Exception {
    String value = "v".repeat(100_000);
    assertEquals(
        "GET / HTTP/1.1\r\nHost: a.test\r\nX: " + value + "\r\n\r\n",
        head("GET", "http://a.test/", 0, "X", value));
  }

  @Test
  void thePortOfTheSchemeAndBracketsAreAsTheyShouldBe() throws Exception {
    assertEquals("GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n", head("GET", "https://[::1]:443", 0));
  }
}
