package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tunnel.v2.Pair.bytes;
import static wsp.tunnel.v2.Pair.response;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.Reset;
import wsp.tunnel.v2.Pair.Heard;

class LinkTest {
  private final Pair pair = new Pair();

  private static String text(Heard<?, ?> heard) {
    return heard.data.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void anExchangeIsOneFrameEachWayAndData() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    Heard<ResponseEnvelope, RequestEnvelope> origin = pair.served.get(0);
    assertEquals(List.of("last", "end"), origin.events);
    origin.stream.head(response(200), bytes("hello"), true);
    pair.run();
    assertEquals(List.of("head", "last", "end"), caller.events);
    assertEquals("hello", text(caller));
    assertEquals(List.of("ended 1"), pair.serverOwner.events);
    assertEquals(List.of("ended 1"), pair.clientOwner.events);
    assertEquals(0, pair.server.streams());
    assertEquals(0, pair.windows.used());
  }

  @Test
  void aHeadAndWhatFollowsItLeaveInOneWrite() {
    pair.toClient.full = false;
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.opened();
    caller.stream.head(Pair.request(), bytes("body"), true);
    assertEquals(2, pair.toClient.take().size());
  }

  @Test
  void aResponseWithoutABodyEndsWithItsHead() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    pair.served.get(0).stream.head(response(204), bytes(""), true);
    pair.run();
    assertEquals(List.of("head", "last", "end"), caller.events);
  }

  @Test
  void interimHeadsComeBeforeTheHead() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    pair.served.get(0).stream.interim(response(103));
    pair.run();
    assertTrue(caller.events.get(0).startsWith("interim"), caller.events::toString);
    pair.served.get(0).stream.head(response(200), bytes(""), true);
    pair.run();
    assertEquals(List.of("head", "last", "end"), caller.events.subList(1, 4));
  }

  @Test
  void trailersEndTheirDirection() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    var origin = pair.served.get(0).stream;
    origin.head(response(200), bytes("x"), false);
    origin.trailers(Headers.of("X-Sum", "42"));
    pair.run();
    assertEquals(List.of("head", "trailers [42]", "end"), caller.events);
    assertEquals(0, pair.client.streams());
  }

  @Test
  void trailersThatWaitForAReaderCountAndAreDroppedWhereTheyAreTooMuch() {
    pair.windows.limit(48_000);
    Heard<RequestEnvelope, ResponseEnvelope> slow = pair.get();
    Heard<RequestEnvelope, ResponseEnvelope> slower = pair.get();
    Heard<RequestEnvelope, ResponseEnvelope> quick = pair.get();
    slow.pausing = true;
    slower.pausing = true;
    pair.run();
    for (int i = 0; i < 3; i++) {
      var origin = pair.served.get(i).stream;
      origin.head(response(200), bytes("x"), false);
      pair.run();
      origin.trailers(Headers.of("X-Sum", "4".repeat(i < 2 ? 1900 : 2)));
    }
    pair.run();
    assertEquals(List.of("head"), slow.events);
    assertEquals(List.of("head"), slower.events);
    assertEquals(List.of("head", "trailers [44]", "end"), quick.events);
    slow.stream.resume();
    assertEquals(3, slow.events.size());
    slower.stream.resume();
    assertEquals(List.of("head", "last", "end"), slower.events, "whole, without them");
    assertEquals(0, pair.windows.used());
  }

  @Test
  void dataWaitsForCreditWhichIsGivenAsItGoesOn() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    caller.pausing = true;
    pair.run();
    var origin = pair.served.get(0).stream;
    origin.head(response(200), ByteBuffer.allocate(5000), true);
    pair.run();
    assertTrue(origin.congested());
    assertTrue(caller.data.size() <= Pair.WINDOW);
    caller.pausing = false;
    caller.stream.resume();
    pair.run();
    assertEquals(5000, caller.data.size());
    assertFalse(origin.congested());
    assertEquals("end", caller.events.get(2));
  }

  @Test
  void aStreamThatIsNotReadHoldsUpNoOther() {
    Heard<RequestEnvelope, ResponseEnvelope> slow = pair.get();
    slow.pausing = true;
    Heard<RequestEnvelope, ResponseEnvelope> quick = pair.get();
    pair.run();
    pair.served.get(0).stream.head(response(200), ByteBuffer.allocate(100_000), true);
    pair.served.get(1).stream.head(response(200), ByteBuffer.allocate(100_000), true);
    pair.run();
    assertEquals(100_000, quick.data.size());
    assertEquals(List.of("head"), slow.events);
  }

  @Test
  void writersHearWhenAllHasLeft() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    var origin = pair.served.get(0).stream;
    boolean[] written = new boolean[1];
    origin.head(response(200), ByteBuffer.allocate(Pair.WINDOW + 1), false);
    origin.whenWritten(() -> written[0] = true);
    assertFalse(written[0]);
    pair.run();
    assertTrue(written[0]);
    assertEquals(Pair.WINDOW + 1, caller.data.size());
  }

  @Test
  void streamsTakeTurns() {
    pair.get();
    pair.get();
    pair.run();
    pair.toServer.full = true;
    pair.served.get(0).stream.head(response(200), ByteBuffer.allocate(0), false);
    pair.toServer.take();
    pair.served.get(0).stream.data(ByteBuffer.allocate(900), false);
    pair.served.get(1).stream.head(response(200), ByteBuffer.allocate(900), false);
    pair.toServer.drained();
    StringBuilder order = new StringBuilder();
    for (ByteBuffer m : pair.toServer.take())
      order.append(m.get() & 0x7f).append(':').append(m.getInt()).append(' ');
    assertEquals("2:2 3:1 3:2 3:1 3:2 3:1 3:2 ", order.toString());
  }

  @Test
  void aResetFreesThePlaceAndTellsTheOtherSide() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    var origin = pair.served.get(0);
    origin.stream.head(response(200), ByteBuffer.allocate(100), false);
    caller.stream.reset(Reset.CANCELLED, "left");
    pair.run();
    assertEquals("CANCELLED left", origin.events.get(2));
    assertEquals(0, pair.server.streams() + pair.client.streams());
    assertEquals("", pair.toServer.closed + pair.toClient.closed);
    origin.stream.data(ByteBuffer.allocate(100), true);
    pair.get();
    pair.run();
    assertEquals(2, pair.served.size());
    assertEquals(0, pair.windows.used() - Pair.WINDOW);
  }

  @Test
  void thereIsRoomForAsManyAsTheOtherSideTakes() {
    for (int i = 0; i < 4; i++) pair.get();
    assertFalse(pair.server.hasRoom());
    assertNull(pair.server.open(new Heard<>()));
    pair.run();
    pair.served.get(2).stream.head(response(204), bytes(""), true);
    pair.run();
    assertTrue(pair.server.hasRoom());
  }

  @Test
  void streamsWaitForTheMemoryOfTheirWindows() {
    pair.windows.limit(2 * Pair.WINDOW);
    pair.opened();
    pair.opened();
    assertNull(pair.server.open(new Heard<>()));
    assertEquals(2 * Pair.WINDOW, pair.windows.used());
  }

  @Test
  void aClientThatDrainsFinishesWhatItHas() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    Heard<RequestEnvelope, ResponseEnvelope> late = pair.opened();
    Heard<RequestEnvelope, ResponseEnvelope> later = pair.opened();
    pair.client.drain();
    late.stream.head(Pair.request(), bytes(""), true);
    pair.run();
    assertEquals(List.of("REFUSED the other side is stopping"), late.events);
    later.stream.head(Pair.request(), bytes(""), true);
    assertEquals(List.of("REFUSED the link takes no new exchange"), later.events);
    assertFalse(pair.server.hasRoom());
    assertTrue(pair.serverOwner.events.contains("draining"));
    pair.served.get(0).stream.head(response(200), bytes("ok"), true);
    pair.run();
    assertEquals("ok", text(caller));
    assertEquals(0, pair.server.streams());
  }

  @Test
  void aLinkWhoseIdsAreUsedUpIsDrained() {
    pair.server.streams.idsFrom(Streams.LAST_ID - 1);
    pair.client.streams.idsFrom(Streams.LAST_ID - 1);
    Heard<RequestEnvelope, ResponseEnvelope> early = pair.opened();
    pair.get();
    assertEquals(List.of("draining"), pair.serverOwner.events);
    early.stream.head(Pair.request(), bytes(""), true);
    assertEquals(List.of("REFUSED the link takes no new exchange"), early.events);
    pair.run();
    assertEquals(List.of("draining"), pair.clientOwner.events);
    pair.served.get(0).stream.head(response(204), bytes(""), true);
    pair.run();
    assertEquals(0, pair.server.streams());
    assertEquals("", pair.toServer.closed + pair.toClient.closed);
  }

  @Test
  void aServerThatDrainsOpensNoMore() {
    pair.get();
    pair.server.drain();
    pair.run();
    assertFalse(pair.server.hasRoom());
    assertEquals(List.of("draining"), pair.clientOwner.events);
    pair.served.get(0).stream.head(response(200), bytes("ok"), true);
    pair.run();
    assertEquals(0, pair.server.streams());
  }

  @Test
  void aLostLinkEndsItsStreams() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    Heard<RequestEnvelope, ResponseEnvelope> reserved = pair.opened();
    pair.run();
    pair.server.onClosed("gone");
    pair.client.onClosed("gone");
    assertEquals(List.of("LOST gone"), caller.events);
    assertEquals("LOST gone", pair.served.get(0).events.get(2));
    reserved.stream.head(Pair.request(), bytes(""), true);
    assertEquals(List.of("REFUSED the link takes no new exchange"), reserved.events);
    assertEquals(0, pair.windows.used());
  }

  @Test
  void whatIsHeldUpByTheSocketLeavesHeadsFirst() {
    pair.get();
    pair.get();
    pair.run();
    pair.toServer.full = true;
    pair.served.get(0).stream.head(response(200), ByteBuffer.allocate(10), false);
    pair.toServer.take();
    pair.served.get(0).stream.data(ByteBuffer.allocate(500), false);
    pair.served.get(1).stream.head(response(200), bytes(""), true);
    pair.toServer.drained();
    assertEquals(2, pair.toServer.take().get(0).getInt(1));
  }
}
