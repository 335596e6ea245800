package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;

class ResponseHeadsTest {
  private static String head(int status, Headers headers) {
    return head(new RequestHead("GET", "/", "/", true, Headers.EMPTY, 0), status, headers);
  }

  private static String head(RequestHead asked, int status, Headers headers) {
    ByteBuffer head =
        ResponseHeads.answer(asked, status, headers, ResponseFraming.Kind.NONE, -1, true);
    return StandardCharsets.UTF_8.decode(head).toString();
  }

  @Test
  void aHeadHasItsFieldsInOrderAndAnEmptyLine() {
    assertEquals(
        "HTTP/1.1 200 OK\r\nA: b\r\nDate: now\r\nA:  c\r\n\r\n",
        head(200, Headers.of("A", "b", "Date", "now", "A", " c")));
  }

  @Test
  void aStatusWithoutAPhraseKeepsItsSpace() {
    assertTrue(head(666, Headers.EMPTY).startsWith("HTTP/1.1 666 \r\n"));
  }

  private static String line(String method, String target, int status, String proxyStatus) {
    RequestHead asked = new RequestHead(method, target, target, true, Headers.EMPTY, 0);
    Headers fields = Headers.of("Proxy-Status", proxyStatus);
    return head(asked, status, fields).split("\r\n", 2)[0];
  }

  @Test
  void theStatusLineOfARefusedConnectSaysWhy() {
    String said = "wsp-client; error=dns_error; details=\"unknown host a\"";
    assertEquals("HTTP/1.1 527 unknown host a", line("CONNECT", "a:1", 527, said));
    assertEquals("HTTP/1.1 403 Forbidden", line("CONNECT", "a:1", 403, "other"));
    assertEquals("HTTP/1.1 527 WSP Client Error", line("GET", "/", 527, said));
  }

  @Test
  void aDateIsAddedWhereThereIsNone() {
    String date =
        "Date: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT";
    assertTrue(head(200, Headers.EMPTY).matches("HTTP/1.1 200 OK\r\n" + date + "\r\n\r\n"));
    assertFalse(head(101, Headers.EMPTY).contains("Date"));
  }

  @Test
  void whatIsBeyondAsciiGoesAsUtf8AndNeverAsLowBytes() {
    String value = "\u010d\u010aX: y";
    assertTrue(head(200, Headers.of("A", value)).contains("\r\nA: " + value + "\r\n"));
    assertFalse(head(200, Headers.of("A", value)).contains("\r\nX: y"));
  }
}
