package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tunnel.v2.Pair.bytes;
import static wsp.tunnel.v2.Pair.response;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.Reset;
import wsp.tunnel.v2.Pair.Heard;

/** What waits for a socket that takes nothing, of which there is never much. */
class StuckSocketTest {
  private static final Headers LONG =
      new Headers.Builder().add("X-Long", "x".repeat(60_000)).build();

  private static final String REQUEST =
      "{\"Method\":\"GET\",\"URL\":\"http://o/\",\"Header\":{},\"ContentLength\":0}";

  private final Pair pair = new Pair(new LinkTerms(1000, Pair.WINDOW, 300));

  private Heard<RequestEnvelope, ResponseEnvelope> request() {
    return request(LONG);
  }

  private Heard<RequestEnvelope, ResponseEnvelope> request(Headers fields) {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.opened();
    caller.stream.head(new RequestEnvelope("GET", "http://o/", fields, 0), bytes(""), true);
    return caller;
  }

  private static List<Byte> types(Pair.Wire wire) {
    return wire.take().stream().map(f -> (byte) (f.get() & 0x7f)).toList();
  }

  @Test
  void aRequestWhoseCallerLeavesBeforeItHasLeftNeverDoes() {
    pair.toClient.full = true;
    Heard<RequestEnvelope, ResponseEnvelope> first = pair.get();
    for (int i = 0; i < 1_000; i++) request().stream.reset(Reset.CANCELLED);
    first.stream.reset(Reset.CANCELLED);
    pair.toClient.drained();
    assertEquals(List.of((byte) FrameType.REQUEST, (byte) FrameType.RESET), types(pair.toClient));
    assertEquals(0, pair.server.streams());
  }

  @Test
  void anotherOneIsServedAfterThat() {
    pair.toClient.full = true;
    pair.get();
    pair.get().stream.reset(Reset.CANCELLED);
    pair.get();
    pair.toClient.drained();
    pair.run();
    assertEquals(2, pair.served.size());
    assertEquals("", pair.toServer.closed);
  }

  /** More often than writing may run those who waited, within itself. */
  @Test
  void anErrorOfWhoWaitedHoldsUpNobodyElse() {
    for (int i = 0; i < 20; i++) {
      pair.toClient.full = true;
      Heard<RequestEnvelope, ResponseEnvelope> other = pair.get();
      Heard<RequestEnvelope, ResponseEnvelope> wrong = pair.opened();
      wrong.stream.head(Pair.request(), bytes("a"), false);
      wrong.stream.whenWritten(
          () -> {
            // The socket takes nothing more at this moment.
            pair.toClient.full = true;
            throw new IllegalStateException("for a test");
          });
      pair.toClient.drained();
      pair.toClient.drained();
      wrong.stream.reset(Reset.CANCELLED);
      other.stream.reset(Reset.CANCELLED);
      pair.run();
    }
    assertEquals(0, pair.server.streams());
    assertTrue(pair.toClient.take().isEmpty());
    pair.get();
    assertEquals(List.of((byte) FrameType.REQUEST), types(pair.toClient));
  }

  @Test
  void ofSeveralWhoWaitedEachIsToldThoughOneFails() {
    pair.toClient.full = true;
    pair.get();
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      Heard<RequestEnvelope, ResponseEnvelope> waits = pair.opened();
      waits.stream.head(Pair.request(), bytes("a"), false);
      waits.stream.whenWritten(
          () -> {
            told.getAndIncrement();
            throw new IllegalStateException("for a test");
          });
    }
    pair.toClient.drained();
    assertEquals(3, told.get());
  }

  @Test
  void noStreamIsOpenedWhileManyRequestsWait() {
    pair.toClient.full = true;
    pair.get();
    int opened = 0;
    while (pair.server.hasRoom()) {
      request();
      opened++;
    }
    assertTrue(opened <= 5, "" + opened);
    pair.toClient.drained();
    assertTrue(pair.server.hasRoom());
  }

  @ParameterizedTest
  @CsvSource({
    // takes nothing, held by others, has room
    "true,            0,              true",
    "true,            2000000,        false",
    "false,           2000000,        true",
  })
  void whereThereIsNoMemoryALinkThatTakesNothingTakesNoStreams(
      boolean full, int held, boolean hasRoom) {
    pair.heads.limit(1 << 20);
    pair.toClient.full = full;
    pair.get();
    pair.heads.share().add(held);
    assertEquals(hasRoom, pair.server.hasRoom());
    pair.toClient.drained();
    assertTrue(pair.server.hasRoom());
  }

  @ParameterizedTest
  @CsvSource({
    // requests, bytes of each, counted from, to
    "1,          60000,         60000,        60400",
    "3,          60000,         180000,       181200",
    "30,         0,             4096,         9000",
    "2,          0,             0,            0",
  })
  void whatWaitsIsCounted(int requests, int bytes, long least, long most) {
    pair.heads.limit(1 << 20);
    pair.toClient.full = true;
    pair.get();
    for (int i = 0; i < requests; i++) request(Headers.of("X", "x".repeat(bytes)));
    long held = pair.heads.used();
    assertTrue(held >= least && held <= most, "counted: " + held);
    pair.toClient.drained();
    assertEquals(0, pair.heads.used());
  }

  @Test
  void aResponseWithoutABodyIsOverWhenItHasLeft() {
    pair.get();
    pair.get();
    pair.run();
    pair.toServer.full = true;
    for (Heard<ResponseEnvelope, RequestEnvelope> s : pair.served)
      s.stream.head(response(204), bytes(""), true);
    assertEquals(List.of("ended 1"), pair.clientOwner.events);
    pair.toServer.drained();
    assertEquals(List.of("ended 1", "ended 2"), pair.clientOwner.events);
    pair.run();
    assertEquals(List.of("ended 1", "ended 2"), pair.serverOwner.events);
  }

  @Test
  void answersThatTheServerDoesNotTakeHaveALimit() {
    for (int i = 0; i < 200; i++) pair.get();
    pair.run();
    pair.toServer.full = true;
    for (Heard<ResponseEnvelope, RequestEnvelope> s : pair.served)
      s.stream.head(new ResponseEnvelope(200, LONG, -1), bytes("x"), false);
    long refused = pair.served.stream().filter(s -> s.events.size() > 2).count();
    assertTrue(refused > 120, "" + refused);
    assertFalse(pair.client.streams() > 80);
    pair.toServer.full = false;
    pair.toServer.drained();
    assertTrue(pair.toServer.largest <= 256 << 10, "in one write: " + pair.toServer.largest);
    assertEquals(refused, types(pair.toServer).stream().filter(t -> t == FrameType.RESET).count());
  }

  @Test
  void interimHeadsThatTheServerDoesNotTakeAreDropped() {
    pair.get();
    pair.run();
    pair.toServer.full = true;
    var stream = pair.served.get(0).stream;
    for (int i = 0; i < 1000; i++) stream.interim(new ResponseEnvelope(103, LONG, -1));
    stream.head(response(200), bytes(""), true);
    pair.toServer.drained();
    assertTrue(types(pair.toServer).size() < 100);
  }

  @Test
  void aSideThatReadsNothingHasNoMoreThanItsWindow() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    pair.toClient.full = true;
    // This credit is the last that leaves.
    byte[] quarter = new byte[Pair.WINDOW / 4];
    pair.server.onBinary(Pair.frame(FrameType.RESPONSE, 1, "{\"StatusCode\":200}"), true);
    int taken = 0;
    for (; pair.toServer.closed.isEmpty() && taken < 100; taken++) if (!sends(quarter)) break;
    assertEquals("violated data beyond the credit", pair.serverOwner.events.get(0));
    assertTrue(taken <= 8, "quarters of a window: " + taken);
    assertTrue(caller.data.size() <= 2 * Pair.WINDOW, "" + caller.data.size());
  }

  private boolean sends(byte[] data) {
    pair.server.onBinary(Pair.frame(FrameType.DATA, 1, data), true);
    pair.server.onReadComplete();
    return pair.serverOwner.events.isEmpty();
  }

  @Test
  void creditThatWaitsGrowsWithWhatGoesOn() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    pair.server.onBinary(Pair.frame(FrameType.RESPONSE, 1, "{\"StatusCode\":200}"), true);
    pair.toClient.full = true;
    pair.get();
    for (int i = 0; i < 10; i++) assertTrue(sends(new byte[Pair.WINDOW / 10]));
    assertEquals(Pair.WINDOW, caller.data.size());
    pair.toClient.take();
    pair.toClient.drained();
    List<ByteBuffer> credits =
        pair.toClient.take().stream().filter(f -> f.get(0) == FrameType.CREDIT).toList();
    assertEquals(1, credits.size());
    assertEquals(Pair.WINDOW, credits.get(0).getInt(5));
  }

  @Test
  void aServerThatMakesAClientResetStreamsAndReadsNothingIsAViolation() {
    pair.toServer.full = true;
    pair.heads.limit(0);
    int asked = 0;
    while (pair.clientOwner.events.stream().noneMatch(e -> e.startsWith("violated"))) {
      pair.client.onBinary(Pair.frame(FrameType.REQUEST, ++asked, REQUEST), true);
      var last = pair.served.isEmpty() ? null : pair.served.remove(pair.served.size() - 1);
      if (last != null) last.stream.head(response(403), bytes(""), true);
      assertTrue(asked < 20_000);
    }
    assertTrue(asked > 10_000, "" + asked);
  }
}
