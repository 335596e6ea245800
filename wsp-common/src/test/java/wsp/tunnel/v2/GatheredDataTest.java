package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tunnel.v2.Pair.bytes;
import static wsp.tunnel.v2.Pair.frame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.Stream;
import wsp.tunnel.v2.Pair.Heard;

/** Pieces that arrive together and are small go on together. */
class GatheredDataTest {
  private static final String HEAD = "{\"StatusCode\":200}";
  private static final String INTERIM = "{\"StatusCode\":103}";
  private static final int END = FrameType.END;

  private final Pair pair = new Pair(new LinkTerms(4, 60_000, 20_000));
  private final Heard<RequestEnvelope, ResponseEnvelope> caller = asked();

  private Heard<RequestEnvelope, ResponseEnvelope> asked() {
    Heard<RequestEnvelope, ResponseEnvelope> c = pair.get();
    pair.run();
    return c;
  }

  private void comes(int type, String payload) {
    pair.server.onBinary(frame(type, 1, payload), true);
  }

  private String told() {
    return String.join(", ", caller.events);
  }

  private void data(String payloads) {
    for (String payload : payloads.split("")) comes(FrameType.DATA, payload);
  }

  /** What comes in one read behind the head; what is told then, and of data in how many pieces. */
  @ParameterizedTest
  @CsvSource({
    "a,        '',       head,             1",
    "abcdefgh, '',       head,             1",
    "abcdefgh, end,      'head, last, end',1",
    "abcdefgh, trailers, 'head, trailers [1], end', 1",
    "abcdefgh, reset,    'head, CANCELLED ', 1",
  })
  void smallPiecesAreToldTogetherInTheirOrder(String data, String end, String told, int pieces) {
    comes(FrameType.RESPONSE, HEAD);
    data(data);
    switch (end) {
      case "end" -> comes(FrameType.DATA | END, "");
      case "trailers" -> comes(FrameType.TRAILERS | END, "{\"Header\":{\"X-Sum\":[\"1\"]}}");
      case "reset" -> comes(FrameType.RESET, "\0");
      default -> assertEquals("", end);
    }
    pair.server.onReadComplete();
    assertEquals(told, told());
    assertEquals(data, caller.data.toString(StandardCharsets.US_ASCII));
    assertEquals(pieces, caller.pieces);
  }

  /** The end of the link, which the other side closes once nothing runs, may come in one read. */
  @Test
  void whatIsWholeIsToldBeforeTheEndOfTheLinkThatComesWithIt() {
    comes(FrameType.RESPONSE, HEAD);
    data("abc");
    comes(FrameType.DATA | END, "d");
    pair.server.onClosed("going away");
    assertEquals("head, last, end", told());
    assertEquals("abcd", caller.data.toString(StandardCharsets.US_ASCII));
    assertEquals(1, caller.pieces);
  }

  @Test
  void theFirstOfAReadAndLargeOnesAreToldAtOnce() {
    comes(FrameType.RESPONSE, HEAD);
    pair.server.onReadComplete();
    comes(FrameType.DATA, "a");
    assertEquals(1, caller.data.size());
    comes(FrameType.DATA, "x".repeat(20_000));
    assertEquals(20_001, caller.data.size());
    comes(FrameType.DATA, "b");
    comes(FrameType.DATA, "y".repeat(10_000));
    assertEquals(20_001, caller.data.size());
    pair.server.onReadComplete();
    assertEquals(30_002, caller.data.size());
  }

  @Test
  void aListenerThatPausesMeanwhileIsToldWhenItResumes() {
    comes(FrameType.RESPONSE, HEAD);
    caller.pausing = true;
    pair.server.onReadComplete();
    data("abc");
    pair.server.onReadComplete();
    assertEquals("a", caller.data.toString(StandardCharsets.US_ASCII));
    caller.pausing = false;
    caller.stream.resume();
    assertEquals("abc", caller.data.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void creditThatComesTogetherLetsOneFrameLeave() {
    Pair small = new Pair(new LinkTerms(4, 10, 300));
    Heard<RequestEnvelope, ResponseEnvelope> upload = small.opened();
    upload.stream.head(Pair.request(), bytes("x".repeat(100)), false);
    small.toClient.take();
    byte[] one = FrameType.number(1);
    for (int i = 0; i < 50; i++) small.server.onBinary(frame(FrameType.CREDIT, 1, one), true);
    small.server.onReadComplete();
    assertEquals(1, small.toClient.take().size());
  }

  @ParameterizedTest
  @CsvSource({"101, true", "102, false"})
  void interimHeadsHaveABound(int heads, boolean taken) {
    for (int i = 0; i < heads; i++) comes(FrameType.RESPONSE, INTERIM);
    pair.server.onReadComplete();
    comes(FrameType.RESPONSE | END, HEAD);
    assertEquals(
        Stream.MAX_INTERIM + 1, caller.events.stream().filter(e -> e.startsWith("int")).count());
    assertEquals(taken, caller.events.contains("head"), told());
    assertEquals(!taken, told().contains("INVALID more interim heads"), told());
    assertTrue(pair.toServer.closed.isEmpty());
  }
}
