package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.tunnel.Reset;

/** Heads, and trailers, that have begun and do not end. */
class HalfHeadTest {
  private static final int PASSES = 3;
  private static final String LATE = "1002 a head, or trailers, that had not come whole in time";

  private final Pair pair = new Pair();

  private Link<?, ?> taker(int type) {
    return type == FrameType.REQUEST ? pair.client : pair.server;
  }

  /** A stream whose answer comes next, or its trailers. */
  private int stream(int type) {
    if (type == FrameType.REQUEST) return 1;
    int id = pair.get().stream.id;
    pair.run();
    if (type == FrameType.TRAILERS) {
      pair.served
          .get(pair.served.size() - 1)
          .stream
          .head(Pair.response(200), Pair.bytes(""), false);
      pair.run();
    }
    return id;
  }

  private void begin(int type, int id) {
    int last = type == FrameType.RESPONSE ? 0 : FrameType.END;
    taker(type).onBinary(Pair.frame(type | last, id, "{".repeat(100)), false);
  }

  private void passes(int type, int n) {
    for (int i = 0; i < n; i++) taker(type).tick(PASSES);
  }

  @ParameterizedTest
  @ValueSource(ints = {FrameType.REQUEST, FrameType.RESPONSE, FrameType.TRAILERS})
  void oneThatDoesNotEndInTimeCostsTheLink(int type) {
    begin(type, stream(type));
    assertTrue(pair.heads.used() > 0);
    passes(type, PASSES + 1);
    assertEquals("", pair.toServer.closed + pair.toClient.closed, "not yet");
    passes(type, 1);
    assertEquals(LATE, pair.toServer.closed + pair.toClient.closed);
    assertEquals(0, pair.heads.used());
  }

  @Test
  void oneAfterTheOtherIsNotLate() {
    int id = stream(FrameType.RESPONSE);
    for (int i = 0; i < 3 * PASSES; i++) {
      pair.server.onBinary(Pair.frame(FrameType.RESPONSE, id, "{\"StatusCode\":"), false);
      passes(FrameType.RESPONSE, 1);
      pair.server.onBinary(Pair.bytes("103}"), true);
    }
    assertEquals("", pair.toServer.closed + pair.toClient.closed);
  }

  @ParameterizedTest
  @ValueSource(ints = {FrameType.RESPONSE, FrameType.TRAILERS})
  void nothingIsKeptForAStreamThatIsOver(int type) throws Exception {
    int id = stream(type);
    pair.server.streams.live(id).reset(Reset.CANCELLED);
    begin(type, id);
    assertEquals(0, pair.heads.used());
    passes(type, 3 * PASSES);
    taker(type).onBinary(ByteBuffer.allocate(10), true);
    assertEquals(0, pair.heads.used());
    int other = stream(FrameType.RESPONSE);
    begin(FrameType.RESPONSE, other);
    assertEquals("", pair.toServer.closed + pair.toClient.closed);
    assertTrue(pair.heads.used() > 0, "that of the next one is");
  }

  @Test
  void oneOfAStreamThatWasNeverOpenEndsTheLinkAtOnce() {
    begin(FrameType.RESPONSE, 7);
    assertEquals("1002 a stream that was never open", pair.toClient.closed);
    assertEquals(0, pair.heads.used());
  }
}
