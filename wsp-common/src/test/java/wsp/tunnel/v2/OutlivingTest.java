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
import wsp.tunnel.Reset;
import wsp.tunnel.v2.Pair.Heard;

/** An answer that is here outlives its link, however slow its reader is. */
class OutlivingTest {
  private static final int END = FrameType.END;
  private static final String TRAILERS = "{\"Header\":{\"X-Sum\":[\"1\"]}}";

  private final Pair pair = new Pair();

  private void comes(int type, String payload) {
    pair.server.onBinary(frame(type, 1, payload), true);
  }

  /** A caller who has taken "a" of the answer, and nothing for now of what has come since. */
  private Heard<RequestEnvelope, ResponseEnvelope> slow(boolean requestSent) {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.opened();
    caller.stream.head(Pair.request(), bytes(""), requestSent);
    pair.run();
    caller.pausing = true;
    comes(FrameType.RESPONSE, "{\"StatusCode\":200}");
    comes(FrameType.DATA, "a");
    pair.server.onReadComplete();
    comes(FrameType.DATA, "b");
    return caller;
  }

  @ParameterizedTest
  @CsvSource({
    "true,  end,      abc, 'head, last, end'",
    "true,  trailers, ab,  'head, trailers [1], end'",
    "true,  nothing,  a,   'head, LOST gone'",
    "false, end,      abc, 'head, last, end, LOST closed behind the answer'",
    "false, nothing,  a,   'head, LOST gone'",
  })
  void whatIsWholeIsToldAfterTheEndOfItsLink(
      boolean requestSent, String end, String data, String told) {
    Heard<RequestEnvelope, ResponseEnvelope> caller = slow(requestSent);
    switch (end) {
      case "end" -> comes(FrameType.DATA | END, "c");
      case "trailers" -> comes(FrameType.TRAILERS | END, TRAILERS);
      default -> assertEquals("nothing", end);
    }
    pair.server.onReadComplete();
    pair.server.onClosed("gone");
    pair.client.onClosed("gone");
    caller.pausing = false;
    caller.stream.resume();
    assertEquals(told, String.join(", ", caller.events));
    assertEquals(data, caller.data.toString(StandardCharsets.US_ASCII));
    assertEquals("[ended 1]", pair.serverOwner.events.toString());
    assertEquals(0, pair.windows.used());
    assertEquals(0, pair.heads.used());
  }

  @Test
  void aCallerThatLeavesMeanwhileGivesItBack() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = slow(true);
    comes(FrameType.DATA | END, "c");
    pair.server.onClosed("gone");
    assertTrue(pair.windows.used() > 0);
    caller.stream.reset(Reset.CANCELLED);
    assertEquals(0, pair.windows.used());
    assertEquals("[ended 1]", pair.serverOwner.events.toString());
  }

  /** A request that is here, and whose answer is not whole, is cancelled with its link. */
  @Test
  void aRequestDoesNot() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.opened();
    caller.stream.head(Pair.request(), bytes(""), false);
    pair.run();
    Heard<ResponseEnvelope, RequestEnvelope> served = pair.served.get(0);
    served.pausing = true;
    caller.stream.data(bytes("a"), false);
    pair.run();
    caller.stream.data(bytes("b"), true);
    pair.run();
    pair.client.onClosed("gone");
    assertEquals("[LOST gone]", served.events.toString());
  }

  @Test
  void allHearOfTheEndThoughOneFails() {
    Heard<RequestEnvelope, ResponseEnvelope> first = pair.get();
    Heard<RequestEnvelope, ResponseEnvelope> second = pair.get();
    first.failsAt = second.failsAt = "reset";
    pair.server.onClosed("gone");
    assertEquals("[LOST gone]", first.events.toString());
    assertEquals("[LOST gone]", second.events.toString());
    assertEquals("[ended 1, ended 2]", pair.serverOwner.events.toString());
  }
}
