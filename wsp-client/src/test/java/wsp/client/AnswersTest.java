package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.FakeServer.Answer;
import wsp.client.FakeServer.Received;

/** How an origin's answers come to the server. */
class AnswersTest extends ExchangeStage {
  @ParameterizedTest
  @ValueSource(ints = {200, 201, 301, 302, 404, 500, 600, 666, 999})
  void anyStatusIsPassedOn(int status) throws Exception {
    origin.on(
        "/status",
        r -> {
          r.body();
          r.reply(status + " Odd", "odd");
        });
    Answer answer = get(origin.url("/status"));
    assertEquals(status, answer.head().status());
    assertEquals("odd", answer.text());
  }

  @Test
  void interimAnswersArePassedOver() throws Exception {
    origin.on(
        "/hints",
        r -> {
          r.write("HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n");
          r.write("HTTP/1.1 100 Continue\r\n\r\n");
          r.reply("200 OK", "final");
        });
    assertEquals("final", get(origin.url("/hints")).text());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"HEAD, 200, 3", "GET, 204, 3", "GET, 304, 3"})
  void answersWithoutABodyKeepTheirLengthAndNotTheConnection(
      String method, int status, int connections) throws Exception {
    origin.on("/none", r -> r.write("HTTP/1.1 " + status + " X\r\nContent-Length: 77\r\n\r\n"));
    int before = origin.connections.get();
    for (int i = 0; i < 3; i++) {
      peer.request(method, origin.url("/none"), new byte[0]);
      Answer answer = peer.answer();
      assertEquals(status, answer.head().status());
      assertEquals("77", answer.head().headers().first("Content-Length"));
      assertEquals(77, answer.head().contentLength());
      assertEquals(0, answer.body().length);
    }
    int made = origin.connections.get() - before;
    // The first one may have been there already.
    assertTrue(made == connections || made == connections - 1, made + " connections");
  }

  @Test
  void anAnswerToTheEndOfTheConnectionIsWhole() throws Exception {
    origin.on("/end", r -> r.answerAndEnd("HTTP/1.0 200 OK\r\n\r\nuntil the end", false));
    Answer answer = get(origin.url("/end"));
    assertEquals(-1, answer.head().contentLength());
    assertEquals("until the end", answer.text());
  }

  @Test
  void theFrameThatCompletesTheLengthIsTheLastOne() throws Exception {
    origin.on("/big", r -> r.reply("200 OK", "x".repeat(100_000)));
    peer.get(origin.url("/big"));
    peer.answerHead();
    int bytes = 0;
    Received frame;
    do {
      frame = peer.frame();
      bytes += frame.bytes().length;
      assertTrue(frame.bytes().length > 0 && frame.bytes().length <= 64 << 10, "a frame's size");
    } while ((frame.opcode() & 0x80) == 0);
    assertEquals(100_000, bytes);
  }

  @Test
  void eventsArePassedOnOneByOne() throws Exception {
    origin.on(
        "/sse",
        r -> {
          r.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          for (int i = 0; i < 3; i++) {
            r.chunk(new byte[] {(byte) ('0' + i)}, 1);
            r.proceed.acquireUninterruptibly();
          }
          r.write("0\r\n\r\n");
        });
    peer.get(origin.url("/sse"));
    peer.answerHead();
    for (int i = 0; i < 3; i++) {
      Received frame = peer.frame();
      assertEquals(String.valueOf(i), frame.text());
      assertEquals(0, frame.opcode() & 0x80);
      origin.last("/sse").proceed.release();
    }
    assertEquals(0x80, peer.frame().opcode());
    fixture.works(peer);
  }

  @Test
  void fieldsKeepTheirValuesAndHopByHopOnesStay() throws Exception {
    origin.on(
        "/fields",
        r ->
            r.write(
                "HTTP/1.1 200 OK\r\n"
                    + "Content-Length: 0\r\n"
                    + "set-cookie: a=1\r\n"
                    + "X-E:\r\n"
                    + "Set-Cookie: b=2\r\n"
                    + "Connection: X-Hop\r\n"
                    + "X-Hop: 1\r\n"
                    + "X-U: \u00e2\u0082\u00ac\r\n\r\n"));
    Answer answer = get(origin.url("/fields"));
    assertEquals(List.of("a=1", "b=2"), answer.head().headers().all("Set-Cookie"));
    assertEquals("", answer.head().headers().first("X-E"));
    assertEquals("\u20ac", answer.head().headers().first("X-U"));
    assertNull(answer.head().headers().first("X-Hop"));
  }

  @Test
  void theNextRequestMayComeRightBehindTheAnswer() throws Exception {
    for (int i = 0; i < 500; i++) fixture.works(peer);
    for (int i = 0; i < 200; i++) {
      assertEquals(527, get(origin.url("/denied")).head().status());
      fixture.works(peer);
    }
  }
}
