package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tunnel.v2.Pair.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;
import wsp.limit.Budget;

/**
 * A head that is over the limit, or finds no memory, costs its stream, and trailers themselves; the
 * link, and others, go on.
 */
class LongHeadTest {
  private static final String RESPONSE = "{\"StatusCode\":200,\"Header\":{},\"ContentLength\":-1}";
  private static final String REQUEST = "{\"Method\":\"POST\",\"URL\":\"http://a/\"}";
  private static final String LONG = "x".repeat(2001);
  private static final String WHY = "INVALID a head of over maxenvelope";

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
    toServer(frame(FrameType.DATA, caller.stream.id, "hello"));
    toServer(frame(FrameType.TRAILERS | FrameType.END, caller.stream.id, LONG));
    assertEquals(List.of("head", "last", "end"), caller.events, "whole, without them");
    assertEquals("hello", caller.data.toString(StandardCharsets.US_ASCII));
    anotherIsAnswered();
  }

  @Test
  void longTrailersThatEndNothing() {
    var caller = pair.get();
    toServer(frame(FrameType.RESPONSE, caller.stream.id, RESPONSE));
    toServer(frame(FrameType.TRAILERS, caller.stream.id, LONG));
    assertEquals("1002 trailers that do not end the stream", pair.toClient.closed);
  }

  /** Six characters each, so that 50 KB of them are over what another version may take. */
  @Test
  void trailersThatTheOtherSideMayNotTakeAreNotSent() {
    var caller = pair.get();
    pair.run();
    var origin = pair.served.get(0).stream;
    origin.head(Pair.response(200), Pair.bytes("hello"), false);
    origin.trailers(Headers.of("X-T", "\udcff".repeat(50_000)));
    pair.run();
    assertEquals(List.of("head", "last", "end"), caller.events);
    assertEquals("", pair.toServer.closed + pair.toClient.closed);
  }

  /** In pieces, while others have all memory for what is not whole. */
  private void withoutMemory(Link<?, ?> to, ByteBuffer frame) {
    Budget.Share others = pair.heads.share();
    others.add(5000);
    to.onBinary(frame.slice(0, 8), false);
    to.onBinary(frame.slice(8, frame.limit() - 8), true);
    others.close();
    assertEquals(0, pair.heads.used());
  }

  @Test
  void aRequestThatFindsNoMemoryMayBeSentElsewhere() {
    withoutMemory(pair.client, frame(FrameType.REQUEST | FrameType.END, 1, REQUEST));
    assertEquals(0, pair.served.size());
    ByteBuffer reset = pair.toServer.take().get(0);
    assertEquals(FrameType.RESET, reset.get(0));
    assertEquals(1, reset.get(5));
    pair.client.onBinary(frame(FrameType.REQUEST | FrameType.END, 2, REQUEST), true);
    assertEquals(1, pair.served.size());
    assertEquals("", pair.toServer.closed);
  }

  @Test
  void aResponseThatFindsNoMemory() {
    var caller = pair.get();
    withoutMemory(pair.server, frame(FrameType.RESPONSE, caller.stream.id, RESPONSE));
    assertEquals(List.of("NO_MEMORY no memory for its head: see envelopememory"), caller.events);
    anotherIsAnswered();
  }

  @Test
  void trailersThatFindNoMemory() {
    var caller = pair.get();
    toServer(frame(FrameType.RESPONSE, caller.stream.id, RESPONSE));
    withoutMemory(
        pair.server,
        frame(FrameType.TRAILERS | FrameType.END, caller.stream.id, "{\"X-Sum\":[\"1\"]}"));
    assertEquals(List.of("head", "last", "end"), caller.events);
    anotherIsAnswered();
  }

  @Test
  void whatIsSmallNeedsNone() {
    var caller = pair.get();
    withoutMemory(
        pair.server, frame(FrameType.RESET, caller.stream.id, "\2the origin broke it off"));
    assertEquals(List.of("FAILED the origin broke it off"), caller.events);
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
