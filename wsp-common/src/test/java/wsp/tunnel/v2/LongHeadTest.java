package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tunnel.v2.Pair.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A head, or trailers, over the limit cost their stream; the link, and the others, go on. */
class LongHeadTest {
  private static final String RESPONSE = "{\"StatusCode\":200,\"Header\":{},\"ContentLength\":-1}";
  private static final String REQUEST = "{\"Method\":\"POST\",\"URL\":\"http://a/\"}";
  private static final String LONG = "x".repeat(2001);
  private static final String WHY = "INVALID a head, or trailers, of over maxenvelope";

  private final Pair pair = new Pair();

  private void toServer(ByteBuffer frame) {
    pair.server.onBinary(frame, true);
  }

  private void anotherIsAnswered() {
    var other = pair.get();
    toServer(frame(FrameType.RESPONSE | FrameType.END, other.stream.id, RESPONSE));
    assertTrue(other.events.contains("end"), other.events::toString);
    assertEquals("", pair.toClient.closed);
  }

  @Test
  void aLongResponse() {
    var caller = pair.get();
    ByteBuffer head = frame(FrameType.RESPONSE, caller.stream.id, LONG);
    ByteBuffer rest = head.slice(1000, head.limit() - 1000);
    pair.server.onBinary(head.limit(1000), false);
    pair.server.onBinary(rest, false);
    assertEquals(WHY, caller.events.get(caller.events.size() - 1), "before its end");
    pair.server.onBinary(ByteBuffer.wrap(LONG.getBytes(StandardCharsets.US_ASCII)), true);
    toServer(frame(FrameType.DATA | FrameType.END, caller.stream.id, "under way"));
    assertEquals(WHY, caller.events.get(caller.events.size() - 1));
    assertEquals(0, pair.windows.used());
    anotherIsAnswered();
  }

  @Test
  void longTrailers() {
    var caller = pair.get();
    toServer(frame(FrameType.RESPONSE, caller.stream.id, RESPONSE));
    toServer(frame(FrameType.TRAILERS | FrameType.END, caller.stream.id, LONG));
    assertEquals(WHY, caller.events.get(caller.events.size() - 1));
    anotherIsAnswered();
  }

  @Test
  void aLongRequest() {
    pair.client.onBinary(frame(FrameType.REQUEST, 1, LONG), true);
    pair.client.onBinary(frame(FrameType.DATA | FrameType.END, 1, "under way"), true);
    assertEquals(0, pair.served.size());
    ByteBuffer reset = pair.toServer.take().get(0);
    assertEquals(FrameType.RESET, reset.get(0));
    assertEquals(3, reset.get(5));
    pair.client.onBinary(frame(FrameType.REQUEST | FrameType.END, 2, REQUEST), true);
    assertEquals(1, pair.served.size());
    assertEquals("", pair.toServer.closed);
  }
}
