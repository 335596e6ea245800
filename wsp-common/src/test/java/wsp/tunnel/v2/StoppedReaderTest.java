package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** What waits for readers that have stopped keeps no other window from growing. */
class StoppedReaderTest {
  private static final int GROWTH = 40 << 20;

  private final Windows memory = new Windows(4L * GROWTH);

  /** A stream that has grown, and whose reader then takes nothing. */
  private static Far stopped(Windows of) throws Exception {
    Far far = new Far(of).grown(8);
    far.waits(Long.MAX_VALUE);
    return far;
  }

  /** One pass of all; those that give way are gone. */
  private static void pass(List<Far> all) {
    List<Far> lost = new ArrayList<>();
    for (Far one : all) if (one.inbox.pass() && one.inbox.givesWay(one.reader)) lost.add(one);
    for (Far one : lost) one.inbox.drop();
    all.removeAll(lost);
  }

  private static void passes(List<Far> all) {
    for (int i = 0; i < Far.PASSES; i++) pass(all);
  }

  /** How many there are, of which each takes a little now and then. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 50})
  void theyLeaveTheirRoomToTheNext(int readers) throws Exception {
    Far first = new Far(memory).grown(8);
    long alone = first.credit;
    first.inbox.drop();
    List<Far> all = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      all.add(stopped(memory));
      for (Far one : all) one.reads(i % 2 * Far.FRAME);
      passes(all);
    }
    long next = new Far(memory).grown(8).credit;
    assertTrue(next > 3 * (alone / 5), () -> next + " of " + alone);
    assertFalse(all.isEmpty(), "all gave way");
    assertTrue(memory.used() <= 4L * GROWTH, () -> "" + memory.used());
  }

  @Test
  void whatTheyKeepCountsUntilItIsRead() throws Exception {
    Far far = stopped(memory);
    long before = memory.used();
    far.idles();
    assertTrue(memory.used() >= before - 2 * Far.FIRST, () -> memory.used() + " of " + before);
    far.reads(8 << 20);
    far.idles();
    assertTrue(memory.used() <= before - (7 << 20), () -> memory.used() + " of " + before);
    far.inbox.drop();
    assertEquals(0, memory.used());
  }

  @Test
  void theyGetNoMoreCreditThanTheirFirstWindowUntilTheyHaveCaughtUp() throws Exception {
    Far far = stopped(memory);
    far.idles();
    long waits = memory.used();
    for (long read = 0; read < waits - (1 << 20); read += 1 << 20) {
      far.reads(1 << 20);
      assertTrue(far.credit <= Far.FIRST, () -> "" + far.credit);
      far.inbox.pass();
    }
    far.reads(Long.MAX_VALUE);
    assertTrue(far.credit <= Far.FIRST, () -> "" + far.credit);
    far.sends(Long.MAX_VALUE);
    assertTrue(memory.used() <= Window.EASY, () -> "" + memory.used());
    long again = far.grown(8).credit;
    assertTrue(again > 30 << 20, () -> "" + again);
  }

  /** Kilobytes that each takes between two passes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 16, 300, 3000})
  void noneGivesWayWhileThereIsMemory(int takes) throws Exception {
    List<Far> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Far far = new Far(memory).grown(1);
      far.waits(300_000);
      all.add(far);
    }
    for (int i = 0; i < 100; i++) {
      for (Far one : all) one.reads(takes * 1000L);
      for (Far one : all) one.waits(Long.MAX_VALUE);
      pass(all);
    }
    assertEquals(200, all.size());
  }

  @Test
  void whoeverHasMostGivesWayAndFirstTheOneWithMost() throws Exception {
    Windows one = memory.ofPeer();
    Windows other = memory.ofPeer();
    Far others = stopped(other);
    List<Far> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(stopped(one));
      if (i == 0) all.add(others);
      Far small = new Far(one).grown(1);
      small.waits(Long.MAX_VALUE);
      all.add(small);
      passes(all);
    }
    assertTrue(all.size() < 25, "none gives way");
    assertTrue(all.contains(others), "the other one's gives way");
    assertTrue(all.size() > 12, "small ones do");
  }

  /** However many clients its streams come from. */
  @Test
  void whoeverReadsOfSeveralIsOne() throws Exception {
    Far others = stopped(memory.ofPeer());
    others.reader = "other";
    List<Far> all = new ArrayList<>(List.of(others));
    for (int i = 0; i < 100; i++) {
      Far far = new Far(memory.ofPeer()).grown(4);
      far.waits(Long.MAX_VALUE);
      far.reader = "one";
      all.add(far);
      passes(all);
    }
    assertTrue(all.size() < 100, "none gives way");
    assertTrue(all.contains(others), "the other one's gives way");
  }

  /** Of the default, and of a quarter of a heap of 128 MiB. */
  @ParameterizedTest
  @ValueSource(longs = {160 << 20, 32 << 20})
  void aThousandNewStreamsFindRoom(long bytes) throws Exception {
    memory.limit(bytes);
    List<Far> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(stopped(memory));
      passes(all);
    }
    int window = memory.first();
    Windows peer = memory.ofPeer();
    int found = 0;
    for (int pass = 0; pass < 10; pass++) {
      while (found < 1000 && peer.isFair((long) found / 2 * window)) {
        assertTrue(peer.all.share().tryAdd(window));
        found++;
      }
      pass(all);
    }
    assertEquals(1000, found);
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
    caller.stream.pause();
    origin.data(ByteBuffer.allocate(300_000), false);
    pair.run();
    return caller;
  }

  @Test
  void anAnswerThatGivesWayIsBrokenOffAlone() {
    Pair pair = new Pair(new LinkTerms(20, SMALL, 300));
    List<Pair.Heard<RequestEnvelope, ResponseEnvelope>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(answer(pair));
      for (int pass = 0; pass < Far.PASSES; pass++) pair.server.tick(100);
      pair.run();
    }
    List<String> lost = new ArrayList<>();
    for (var caller : callers)
      for (String event : caller.events) if (event.startsWith("NO_MEMORY")) lost.add(event);
    assertFalse(lost.isEmpty(), "none gives way");
    assertEquals(callers.size() - lost.size(), pair.server.streams());
    assertTrue(pair.server.streams() > 2, "too many do");
    assertEquals("", pair.toClient.closed);
  }
}
