package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import wsp.client.origin.ReplayException;

class ResponseReaderTest extends ReaderStage {
  @Test
  void aResponseWithALength() throws Exception {
    read("GET", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX-a:  b \r\nx-a: \r\n\r\nhello");
    assertEquals(200, got.head.status());
    assertEquals(5, got.head.contentLength());
    assertEquals(List.of("b", ""), got.head.headers().all("X-A"));
    assertEquals("hello", got.body.toString());
    assertTrue(got.ended);
    assertTrue(reader.complete());
    assertEquals(Keeping.KEPT, reader.keeping());
  }

  @Test
  void anAddressThatTheCallerCannotReachStaysHere() throws Exception {
    read("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nAlt-Svc: h3=\":443\"\r\nA: b\r\n\r\n");
    assertFalse(got.head.headers().has("Alt-Svc"));
    assertEquals("b", got.head.headers().first("A"));
  }

  @Test
  void everySplitGivesTheSameResponse() throws Exception {
    String response =
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
            + "A: 1\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
    for (int i = 0; i <= response.length(); i++) {
      Collected each = new Collected();
      reader.expect("GET", false, false, null);
      reader.read(bytes(response.substring(0, i)), each);
      if (i < response.length()) reader.read(bytes(response.substring(i)), each);
      assertEquals("hello world", each.body.toString(), "split at " + i);
      assertEquals("1", each.head.headers().first("a"));
      assertTrue(each.ended);
    }
  }

  @Test
  void oneByteAtATimeIsAsGood() throws Exception {
    reader.expect("GET", false, false, null);
    for (char c : "HTTP/1.0 666 Odd\r\nA: b\r\n\r\nxyz".toCharArray())
      reader.read(bytes(String.valueOf(c)), got);
    assertEquals(666, got.head.status());
    assertEquals(-1, got.head.contentLength());
    assertEquals("xyz", got.body.toString());
    assertTrue(reader.end(), "the end of the connection ends the body");
    assertEquals(Keeping.ORIGIN_CLOSES, reader.keeping());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"HEAD, 200", "GET, 204", "GET, 304"})
  void theseHaveNoBodyWhateverTheirLengthSays(String method, int status) throws Exception {
    read(method, "HTTP/1.1 " + status + " X\r\nContent-Length: 100\r\n\r\n");
    assertEquals(100, got.head.contentLength());
    assertEquals("100", got.head.headers().first("Content-Length"));
    assertTrue(got.ended);
    assertTrue(reader.complete());
  }

  @Test
  void severalResponsesFollowEachOther() throws Exception {
    for (int i = 0; i < 3; i++) {
      Collected each = new Collected();
      reader.expect("GET", false, false, null);
      reader.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + i), each);
      assertEquals(String.valueOf(i), each.body.toString());
    }
  }

  @Test
  void bytesAfterTheResponseSpoilTheConnection() throws Exception {
    reader.expect("GET", false, false, null);
    ByteBuffer in = bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabSECRET");
    reader.read(in, got);
    assertEquals("ab", got.body.toString());
    assertTrue(reader.complete());
    assertEquals(Keeping.SURPLUS, reader.keeping());
  }

  @Test
  void anInterimAnswerThatPromisesABodySpoilsTheConnection() throws Exception {
    read(
        "GET",
        "HTTP/1.1 103 Early\r\nContent-Length: 3\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertEquals(Keeping.BODY_PROMISED, reader.keeping());
    read("HEAD");
    got.head = null;
    reader.read(bytes("HTTP/1.1 200 OK\r\n\r\n"), new Collected());
    assertEquals(Keeping.KEPT, reader.keeping());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r\n\r\n", "\n", "\r\n\n\r\n"})
  void emptyLinesBeforeAnAnswerArePassedOverHoweverTheyCome(String lines) throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab";
    String all = lines + "HTTP/1.1 103 Early\r\n\r\n" + lines + answer;
    for (int i = 0; i <= all.length(); i++) {
      Collected each = new Collected();
      reader.expect("GET", false, false, null);
      reader.read(bytes(all.substring(0, i)), each);
      if (i < all.length()) reader.read(bytes(all.substring(i)), each);
      assertEquals("ab", each.body.toString(), "split at " + i);
      assertEquals(Keeping.KEPT, reader.keeping());
    }
  }

  @Test
  void theKeepAliveTimeIsRead() throws Exception {
    read("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nKeep-Alive: max=3, timeout=7\r\n\r\n");
    assertEquals(7, reader.keepAliveSeconds());
    read("HEAD");
    assertEquals(-1, reader.keepAliveSeconds());
  }

  @Test
  void hopByHopFieldsStayHere() throws Exception {
    read(
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: X-Hop\r\nX-Hop: 1\r\nUpgrade: h2c\r\n"
            + "Keep-Alive: timeout=5\r\nX-End: 1\r\n\r\n");
    assertEquals(
        List.of("Content-Length", "X-End"),
        List.copyOf(got.head.headers().byCanonicalName().keySet()));
  }

  @Test
  void chunkedOverridesALengthAndSpoilsTheConnection() throws Exception {
    read(
        "GET",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n0\r\n\r\n");
    assertEquals("hello", got.body.toString());
    assertNull(got.head.headers().first("Content-Length"));
    assertEquals(-1, got.head.contentLength());
    assertEquals(Keeping.TWO_ENDS, reader.keeping());
  }

  @Test
  void equalLengthsAreOne() throws Exception {
    read("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nab");
    assertEquals("ab", got.body.toString());
  }

  @Test
  void utf8StaysWhatItWas() throws Exception {
    reader.expect("GET", false, false, null);
    byte[] response =
        "HTTP/1.1 204 N\r\nA: caf\u00e9 \u20ac\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    reader.read(ByteBuffer.wrap(response), got);
    assertEquals("caf\u00e9 \u20ac", got.head.headers().first("A"));
  }

  @Test
  void spaceBeforeAColonIsRemovedAndABareLfEndsALine() throws Exception {
    read("GET", "HTTP/1.1 200\nA : b\nContent-Length: 0\n\n");
    assertEquals("b", got.head.headers().first("A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunked, Chunked", "chunked\r\nA: b\r\nTransfer-Encoding: chunked"})
  void chunkedTwiceIsToldAsThat(String twice) {
    ReplayException e =
        assertThrows(
            ReplayException.class,
            () -> read("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + twice + "\r\n\r\n"));
    assertEquals("invalid response: it is chunked twice, by its Transfer-Encoding", e.getMessage());
  }
}
