package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;

/** Responses that are no HTTP, too large, or at their end too early. */
class RefusedResponsesTest extends ReaderStage {
  @Test
  void interimHeadsHaveALargestNumberBeforeEachAnswer() throws Exception {
    String interim = "HTTP/1.1 102 Processing\r\n\r\n";
    String end = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    for (int i = 0; i < 2; i++) {
      read("GET", interim.repeat(100) + end);
      assertTrue(reader.complete());
      got.head = null;
      got.ended = false;
    }
    assertEquals(Failure.INVALID_RESPONSE, failure(interim.repeat(101) + end));
  }

  @Test
  void aHandshakeThatNeedsThisConnectionOnceMoreFailsAndSaysSo() {
    ByteBuffer challenge =
        bytes("HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM c2Vj\r\nContent-Length: 0\r\n\r\n");
    reader.expect("GET", true, false, null);
    ReplayException e =
        assertThrows(ReplayException.class, () -> reader.read(challenge.duplicate(), got));
    assertEquals(Failure.CONNECTION_AUTH, e.failure());
    assertTrue(String.valueOf(e.getMessage()).contains("NTLM"), e.getMessage());
  }

  @Test
  void emptyLinesHaveALimitAndAreNoAnswer() throws Exception {
    assertEquals(Failure.LARGE_HEAD, failure("\r\n".repeat(MAX_HEADER / 2 + 1)));
    read("GET", "\r\n\r");
    ReplayException e = assertThrows(ReplayException.class, reader::end);
    assertTrue(String.valueOf(e.getMessage()).endsWith("before it answered"), e.getMessage());
  }

  @Test
  void whatCameBeforeABrokenChunkIsHandedOnFirst() {
    reader.expect("GET", false, false, null);
    ByteBuffer in = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nx");
    ReplayException e = assertThrows(ReplayException.class, () -> reader.read(in, got));
    assertEquals(Failure.CUT_BODY, e.failure());
    assertEquals("ab", got.body.toString());
    assertFalse(got.ended);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BLAH BLAH\r\n\r\n",
        "\rHTTP/1.1 200 OK\r\n\r\n",
        "\r\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.10 200 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: empty\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\u0000c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
      })
  void aHeadThatMakesNoSenseIsRefused(String response) {
    assertEquals(Failure.INVALID_RESPONSE, failure(response));
    assertNull(got.head);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "identity", "chunked, chunked", "xchunked"})
  void otherCodingsAreRefused(String coding) {
    assertEquals(
        Failure.UNKNOWN_CODING,
        failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + coding + "\r\n\r\n"));
  }

  @Test
  void aHeadHasALargestSizeHoweverItComes() throws Exception {
    String filler = "A: " + "x".repeat(100) + "\r\n";
    assertEquals(Failure.LARGE_HEAD, failure("HTTP/1.1 200 OK\r\n" + filler.repeat(20) + "\r\n"));
    reader.expect("GET", false, false, null);
    reader.read(bytes("HTTP/1.1 200 OK\r\n"), got);
    for (int i = 0; i < 18; i++) reader.read(bytes(filler), got);
    ReplayException e = assertThrows(ReplayException.class, () -> reader.read(bytes(filler), got));
    assertEquals(Failure.LARGE_HEAD, e.failure());
  }

  @Test
  void aHeadHasALargestNumberOfFields() throws Exception {
    ResponseReader large = new ResponseReader(1 << 20);
    large.expect("GET", false, false, null);
    large.read(bytes("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(1000) + "\r\n"), got);
    assertEquals(1000, got.head.headers().size());
    large.expect("GET", false, false, null);
    ByteBuffer more = bytes("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(1001) + "\r\n");
    assertEquals(
        Failure.LARGE_HEAD,
        assertThrows(ReplayException.class, () -> large.read(more, got)).failure());
  }

  @ParameterizedTest(name = "after \"{0}\": {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | CLOSED_EARLY",
        "HTTP/1.1 2 | CLOSED_EARLY",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\nab | CUT_BODY",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nab\\r\\n | CUT_BODY",
      })
  void anEndTooEarlyIsAFailure(String soFar, Failure expected) throws Exception {
    read("GET", soFar.replace("\\r\\n", "\r\n"));
    assertEquals(expected, assertThrows(ReplayException.class, reader::end).failure());
  }
}
