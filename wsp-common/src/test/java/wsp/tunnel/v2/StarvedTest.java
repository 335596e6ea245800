package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A stream whose data gets no credit is broken off after a while, and costs no other. */
class StarvedTest {
  private static final int PASSES = 3;

  private final Pair pair = new Pair();
  private final Pair.Heard<?, ?> caller = uploads();

  private Pair.Heard<?, ?> uploads() {
    var heard = pair.opened();
    heard.stream.head(Pair.request(), ByteBuffer.allocate(2 * Pair.WINDOW), false);
    pair.run();
    return heard;
  }

  private void passes(int n) {
    for (int i = 0; i < n; i++) pair.server.tick(PASSES);
    pair.run();
  }

  private void stuck() {
    pair.served.get(0).stream.pause();
    caller.stream.data(ByteBuffer.allocate(100 * Pair.WINDOW), false);
    pair.run();
  }

  @Test
  void itsSenderHearsThatItIsStalledAndTheOtherSideThatItIsCancelled() {
    stuck();
    passes(PASSES);
    assertFalse(caller.events.toString().contains("STALLED"), "not yet");
    passes(1);
    assertTrue(caller.events.toString().contains("STALLED the other side takes nothing of it"));
    String other = pair.served.get(0).events.toString();
    assertTrue(other.contains("CANCELLED the other side takes nothing of it"), other);
    assertEquals(0, pair.server.streams());
    pair.get();
    pair.run();
    assertEquals(2, pair.served.size());
  }

  @Test
  void aLittleCreditNowAndThenIsEnough() {
    stuck();
    for (int i = 0; i < 3; i++) {
      passes(PASSES);
      pair.served.get(0).stream.resume();
      pair.served.get(0).stream.pause();
      pair.run();
    }
    assertFalse(caller.events.toString().contains("STALLED"), caller.events.toString());
  }

  @Test
  void oneThatHasNothingToSendIsNotStuck() {
    for (int i = 0; i < 3600; i++) pair.client.tick(PASSES);
    passes(3600);
    assertEquals(1, pair.server.streams());
    assertEquals(1, pair.client.streams());
  }

  @Test
  void anInterimHeadAfterTheFinalOneIsRefused() {
    var served = pair.served.get(0).stream;
    served.interim(Pair.response(103));
    served.head(Pair.response(200), ByteBuffer.allocate(0), false);
    assertThrows(IllegalStateException.class, () -> served.interim(Pair.response(103)));
  }
}
