package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tunnel.v2.Pair.bytes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.websocket.ProtocolViolationException;

/** What windows have grown by is there for others once it is not used, and no credit is broken. */
class IdleWindowTest {
  private static final int GROWTH = 40 << 20;

  private final Windows memory = new Windows(4L * GROWTH);

  /** How many there are that have grown, and send nothing any more, or next to nothing. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 20})
  void thoseThatIdleLeaveTheirRoomToTheNext(int idle) throws Exception {
    Far first = new Far(memory).grown(8);
    long alone = first.credit;
    first.inbox.drop();
    assertTrue(alone > 30 << 20, () -> "" + alone);
    List<Far> all = new ArrayList<>();
    for (int i = 0; i < idle; i++) {
      all.add(new Far(memory).grown(8));
      for (int pass = 0; pass < Far.PASSES; pass++) {
        for (Far one : all) one.sends(i % 2);
        for (Far one : all) one.inbox.pass();
      }
    }
    long next = new Far(memory).grown(8).credit;
    assertTrue(next > 3 * (alone / 5), () -> next + " of " + alone);
  }

  @Test
  void oneThatIsUsedStaysAsLargeAsItIs() throws Exception {
    Far far = new Far(memory).grown(8);
    long before = memory.used();
    for (int i = 0; i < 10; i++) {
      far.sends(8 << 20);
      far.inbox.pass();
    }
    assertEquals(before, memory.used());
  }

  @Test
  void oneThatIsInNobodysWayStaysAsLargeAsItIs() throws Exception {
    Far far = new Far(memory).grown(3);
    long before = memory.used();
    assertTrue(before > Far.FIRST, () -> "" + before);
    far.idles();
    assertEquals(before, memory.used());
  }

  @Test
  void creditThatHasLapsedMayBeUsedOnceAndIsNotGivenAgain() throws Exception {
    Far far = new Far(memory).grown(8);
    long credit = far.credit;
    far.idles();
    assertEquals(Far.FIRST, memory.used());
    far.sends(credit);
    assertTrue(far.credit <= Far.FIRST, () -> "" + far.credit);
    assertEquals(Far.FIRST, memory.used());
    far.grown(8);
    assertEquals(credit, far.credit);
  }

  @Test
  void whatComesBeyondItIsAViolationStill() throws Exception {
    Far far = new Far(memory).grown(8);
    far.idles();
    far.inbox.data((int) far.credit, far.now);
    assertThrows(ProtocolViolationException.class, () -> far.inbox.data(1, far.now));
  }

  @Test
  void whatWaitsCountsWhateverHasLapsed() throws Exception {
    Far far = new Far(memory).grown(8);
    far.inbox.pause();
    int half = (int) far.credit / 2 / Far.FRAME * Far.FRAME;
    assertTrue(far.waits(half));
    far.idles();
    assertTrue(memory.used() >= half, () -> "" + memory.used());
    assertTrue(memory.used() < half + 2 * Far.FRAME, () -> "" + memory.used());
    assertTrue(far.waits(half));
    assertTrue(memory.used() >= 2 * half, () -> "" + memory.used());
    far.inbox.drop();
    assertEquals(0, memory.used());
  }

  @Test
  void allThatWaitsIsNoMoreThanTwiceWhatWindowsGrowBy() throws Exception {
    List<Far> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(new Far(memory).grown(8));
      all.get(i).idles();
    }
    int fit = 0;
    for (Far one : all) if (one.waits(30 << 20)) fit++;
    assertEquals(2, fit);
    assertTrue(memory.used() <= 2 * GROWTH + 10 * Far.FIRST, () -> "" + memory.used());
  }

  private static final int SMALL = 1000;

  /** An answer that has grown, of a client beside the server. */
  private static Pair.Heard<RequestEnvelope, ResponseEnvelope> answer(Pair pair) {
    var caller = pair.get();
    pair.run();
    var origin = pair.served.get(pair.served.size() - 1).stream;
    origin.head(Pair.response(200), bytes(""), false);
    for (int i = 0; i < 100; i++) {
      origin.data(ByteBuffer.allocate(SMALL), false);
      pair.run();
    }
    return caller;
  }

  @Test
  void anAnswerForWhichThereIsNoMemoryIsBrokenOffAlone() {
    Pair pair = new Pair(new LinkTerms(20, SMALL, 300));
    List<Pair.Heard<RequestEnvelope, ResponseEnvelope>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(answer(pair));
      for (int pass = 0; pass < Far.PASSES; pass++) pair.server.tick(100);
    }
    for (var caller : callers) caller.stream.pause();
    for (var origin : pair.served) origin.stream.data(ByteBuffer.allocate(200_000), false);
    pair.run();
    List<String> lost = new ArrayList<>();
    for (var caller : callers)
      for (String event : caller.events) if (event.startsWith("NO_MEMORY")) lost.add(event);
    assertFalse(lost.isEmpty(), "none is broken off");
    assertTrue(lost.size() < callers.size(), "all are");
    assertEquals(callers.size() - lost.size(), pair.server.streams());
    assertEquals("", pair.toClient.closed);
    assertTrue(pair.windows.used() <= (1 << 19) + 40 * SMALL, () -> "" + pair.windows.used());
  }
}
