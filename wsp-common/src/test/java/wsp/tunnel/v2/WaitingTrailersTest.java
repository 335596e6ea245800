package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.Reset;
import wsp.tunnel.v2.Pair.Heard;

/** Trailers that wait behind data for which the other side gives no credit, or has no room. */
class WaitingTrailersTest {
  private static final int STREAMS = 140;
  private static final int MEMORY = 3 << 20;
  private static final Headers LONG = Headers.of("X-Sum", "x".repeat(30_000));
  private static final String MORE_THAN_THE_WINDOW = "x".repeat(2 * Pair.WINDOW);

  /** Whose trailers wait. */
  private enum Side {
    CLIENT,
    SERVER
  }

  private enum End {
    THEY_LEAVE,
    THIS_SIDE_RESETS,
    THE_OTHER_RESETS,
    THE_LINK_IS_LOST
  }

  private final Pair pair = new Pair(new LinkTerms(STREAMS, Pair.WINDOW, 300));
  private final List<LinkStream<?, ?>> streams = new ArrayList<>();
  private final List<LinkStream<?, ?>> others = new ArrayList<>();

  @BeforeEach
  void limit() {
    pair.heads.limit(MEMORY);
  }

  private void wait(Side side) {
    if (side == Side.CLIENT) ofClient();
    else for (int i = 0; i < STREAMS; i++) ofServer();
    for (LinkStream<?, ?> s : streams) s.trailers(LONG);
  }

  private void ofClient() {
    for (int i = 0; i < STREAMS; i++) others.add(pair.get().stream);
    pair.run();
    for (Heard<ResponseEnvelope, RequestEnvelope> origin : pair.served) {
      origin.stream.head(Pair.response(200), Pair.bytes(MORE_THAN_THE_WINDOW), false);
      streams.add(origin.stream);
    }
  }

  private void ofServer() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.opened();
    RequestEnvelope post = new RequestEnvelope("POST", "http://o/", Headers.EMPTY, -1);
    caller.stream.head(post, Pair.bytes(MORE_THAN_THE_WINDOW), false);
    streams.add(caller.stream);
  }

  private void end(Side side, End how) {
    switch (how) {
      case THEY_LEAVE -> pair.run();
      case THIS_SIDE_RESETS -> streams.forEach(s -> s.reset(Reset.CANCELLED));
      case THE_OTHER_RESETS -> theOtherResets(side);
      case THE_LINK_IS_LOST -> {
        if (side == Side.CLIENT) pair.client.onClosed("lost");
        else pair.server.onClosed("lost");
      }
    }
  }

  private void theOtherResets(Side side) {
    byte[] why = ResetReason.encode(Reset.CANCELLED, "");
    for (LinkStream<?, ?> s : streams) {
      var frame = Pair.frame(FrameType.RESET, s.id, why);
      if (side == Side.CLIENT) pair.client.onBinary(frame, true);
      else pair.server.onBinary(frame, true);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, THEY_LEAVE",
    "CLIENT, THIS_SIDE_RESETS",
    "CLIENT, THE_OTHER_RESETS",
    "CLIENT, THE_LINK_IS_LOST",
    "SERVER, THEY_LEAVE",
    "SERVER, THIS_SIDE_RESETS",
    "SERVER, THE_OTHER_RESETS",
    "SERVER, THE_LINK_IS_LOST"
  })
  void theyAreCountedUntilTheyAreGone(Side side, End how) {
    wait(side);
    long held = pair.heads.used();
    assertTrue(held > MEMORY / 2 && held <= MEMORY, "counted: " + held);
    end(side, how);
    assertEquals(0, pair.heads.used());
  }

  @Test
  void thoseThatFindNoMemoryAreDroppedAndWhatTheyEndIsWhole() {
    wait(Side.CLIENT);
    pair.run();
    long sent =
        pair.toServer.messages.stream().filter(m -> (m[0] & 0x7f) == FrameType.TRAILERS).count();
    assertTrue(sent > 0 && sent < STREAMS, sent + " trailers");
    assertEquals(0, pair.client.streams());
    assertEquals(STREAMS, others.stream().filter(s -> s.over).count(), "whole");
    assertEquals("", pair.toServer.closed + pair.toClient.closed);
  }
}
