package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Split;

class RequestReaderTest {
  private static final String WHOLE =
      "POST /request?a=b HTTP/1.1\r\n"
          + "Host: h\r\n"
          + "X-A:  b c \t\r\n"
          + "X-Empty:\r\n"
          + "Content-Length: 3\r\n\r\n";

  private static HeadReader<RequestHead> decoder() {
    return HeadReader.ofRequests(64 << 10, 100);
  }

  private static RequestHead decode(String text) throws MessageException {
    RequestHead head = decoder().read(ByteBuffer.wrap(Split.bytes(text)));
    assertNotNull(head, "not whole: " + text);
    return head;
  }

  @Test
  void aHeadIsTheSameWhereverItIsCut() throws Exception {
    RequestHead expected = decode(WHOLE);
    byte[] all = Split.bytes(WHOLE);
    for (int cut = 1; cut < all.length; cut++) {
      HeadReader<RequestHead> d = decoder();
      List<ByteBuffer> parts = Split.at(all, cut);
      assertNull(d.read(parts.get(0)), "at " + cut);
      assertTrue(d.begun());
      assertEquals(expected, d.read(parts.get(1)), "at " + cut);
      assertFalse(d.begun());
    }
  }

  @Test
  void whatFollowsAHeadIsLeft() throws Exception {
    ByteBuffer in = ByteBuffer.wrap(Split.bytes(WHOLE + "abcGET / HTTP/1.1\r\n"));
    assertNotNull(decoder().read(in));
    assertEquals("abcGET / HTTP/1.1\r\n", StandardCharsets.UTF_8.decode(in).toString());
  }

  @Test
  void aDecoderServesOneHeadAfterTheOther() throws Exception {
    HeadReader<RequestHead> d = decoder();
    ByteBuffer in = ByteBuffer.wrap(Split.bytes(WHOLE + "\r\n" + WHOLE));
    RequestHead first = d.read(in);
    assertEquals(first, d.read(in));
    assertFalse(in.hasRemaining());
  }

  @Test
  void thePartsAreThoseThatWereSent() throws Exception {
    RequestHead head = decode(WHOLE);
    assertEquals("POST", head.method());
    assertEquals("/request?a=b", head.target());
    assertEquals("/request", head.path());
    assertTrue(head.http11());
    assertTrue(head.keepAlive());
    assertEquals(3, head.contentLength());
    assertEquals(List.of("b c"), head.headers().all("x-a"));
    assertEquals(List.of(""), head.headers().all("X-Empty"));
  }

  @ParameterizedTest
  @CsvSource({
    "/request,/request",
    "/request?x=/y,/request",
    "/,/",
    "/a//b,/a//b",
    "http://h/request,/request",
    "HTTP://h:8080/request?q,/request",
    "https://h/status,/status",
    "http://h,/",
    "http://h?a/request,/",
    "http://h?/request,/"
  })
  void thePathIsThatOfTheTarget(String target, String path) throws Exception {
    assertEquals(path, decode("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n").path());
  }

  @Test
  void bytesBeyondUtf8AreKept() throws Exception {
    byte[] bytes =
        "GET / HTTP/1.1\r\nHost: h\r\nA: caf\u00e9\u0080\r\n\r\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    RequestHead head = decoder().read(ByteBuffer.wrap(bytes));
    assertEquals("caf\udce9\udc80", head.headers().first("A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.2", "HTTP/1.9"})
  void aLaterMinorVersionIsReadAsHttp11(String version) throws Exception {
    assertTrue(decode("GET / " + version + "\r\nHost: h\r\n\r\n").http11());
    assertThrows(MessageException.class, () -> decode("GET / " + version + "\r\n\r\n"));
  }

  @Test
  void connectionNamesAHundredOptionsAtMost() throws Exception {
    String some = "GET / HTTP/1.1\r\nHost: h\r\nConnection: a" + ",b".repeat(98);
    assertNotNull(decode(some + "\r\nConnection: c\r\n\r\n"));
    assertThrows(MessageException.class, () -> decode(some + "\r\nConnection: c,d\r\n\r\n"));
    assertThrows(MessageException.class, () -> decode(some + ",".repeat(50_000) + "\r\n\r\n"));
  }

  @Test
  void optionsMayAskForTheServerItself() throws Exception {
    assertEquals("*", decode("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").path());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h:80\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a_b.test\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "!#$%&'*+-.^_`|~09azAZ / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: \u00e9\u4e16\ud83d\ude00\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\tc\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: ChUnKeD\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 000\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 00000000000000000000001\r\n\r\n",
        "CONNECT h:000000443 HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 100-Continue\r\n\r\n"
      })
  void whatIsOddButValidPasses(String text) throws Exception {
    assertNotNull(decode(text));
  }

  @Test
  void aHundredFieldsAndAHeadOfTheLimitPass() throws Exception {
    assertEquals(
        100,
        decode("GET / HTTP/1.1\r\nHost: h\r\n" + "A: b\r\n".repeat(99) + "\r\n").headers().size());
    String rest = "GET / HTTP/1.1\r\nHost: h\r\nA: \r\n\r\n";
    String exact = rest.replace("A: ", "A: " + "b".repeat((64 << 10) - rest.length()));
    assertNotNull(decode(exact));
    String over = exact.replace("A: ", "A: b");
    assertEquals(431, assertThrows(MessageException.class, () -> decode(over)).status());
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1,,true",
    "HTTP/1.1,close,false",
    "HTTP/1.1,'x, CLOSE',false",
    "HTTP/1.1,keep-alive,true",
    "HTTP/1.0,,false",
    "HTTP/1.0,Keep-Alive,true"
  })
  void connectionTellsWhetherItIsKept(String version, String option, boolean kept)
      throws Exception {
    String field = option == null ? "" : "Connection: " + option + "\r\n";
    assertEquals(kept, decode("GET / " + version + "\r\nHost: h\r\n" + field + "\r\n").keepAlive());
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1,3,true", "HTTP/1.1,0,false", "HTTP/1.0,3,false"})
  void onlyAnHttp11RequestWithABodyWaitsForA100(String version, int length, boolean waits)
      throws Exception {
    String text =
        "POST / " + version + "\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: " + length;
    assertEquals(waits, decode(text + "\r\n\r\n").expectsContinue());
  }

  @ParameterizedTest
  @CsvSource({"'',false", "' , ',false", "'100-continue,',true"})
  void anEmptyListOfExpectationsExpectsNothing(String value, boolean waits) throws Exception {
    String text = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: " + value;
    assertEquals(waits, decode(text + "\r\n\r\n").expectsContinue());
  }
}
