package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Await;

/** What the server holds of bodies that a client, or its origin, does not take. */
@Execution(ExecutionMode.CONCURRENT)
class StalledUploadsTest {
  private static final String STATUS = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final int MANY = 60;

  /** It fits into one read, and most of it does not fit into the client's window. */
  private static final String PIECE = "x".repeat(50_000);

  /**
   * So much less has each upload than the one before: the last one counts with its head as well
   * until it is on its way, and is not to be the largest, which would go instead of the others.
   */
  private static final int LESS = 250;

  private final RunningServer server = new RunningServer("callermemory: 1m");

  private int resets;

  private LinkPeer stuck() throws Exception {
    return LinkPeer.as("stuck", server, "X-PROXY-WINDOW: 1000");
  }

  /**
   * @param rest of its body, which does not come
   */
  private RawCaller upload(LinkPeer peer, String piece, int rest) throws Exception {
    RawCaller c = server.caller();
    String length = "Content-Length: " + (piece.length() + rest);
    c.request("POST", "/", "X-PROXY-CLIENT: stuck", length).send(piece);
    assertEquals(LinkPeer.REQUEST, next(peer).type());
    assertEquals(1000, next(peer).payload().length);
    return c;
  }

  /** Of streams whose callers had to go there are resets in between. */
  private LinkPeer.Frame next(LinkPeer peer) throws Exception {
    while (true) {
      LinkPeer.Frame f = peer.next();
      if (f.type() != LinkPeer.RESET) return f;
      resets++;
    }
  }

  /** One that hears of its end before it has sent all. */
  private static RawCaller sentAway(List<RawCaller> uploads) throws Exception {
    List<RawCaller> heard = new ArrayList<>();
    Await.until(
        "one is sent away",
        () -> {
          for (RawCaller c : uploads) if (c.hasMore()) heard.add(c);
          return !heard.isEmpty();
        });
    return heard.get(0);
  }

  /** A body in two parts, so that it waits a moment in the server. */
  private void assertServed() throws Exception {
    RawCaller c = server.caller().request("POST", "/", "X-PROXY-CLIENT: good", "Content-Length: 4");
    assertEquals("POST / body", c.send("bo").send("dy").answer().text());
    assertEquals("ok", server.caller().send(STATUS).answer().text());
  }

  /** Where the bytes are that cannot go on. */
  enum Waiting {
    /** The body is whole: all that is left of it is with the stream. */
    IN_THE_STREAM(0),
    BEFORE_IT(10_000_000);

    final int rest;

    Waiting(int rest) {
      this.rest = rest;
    }
  }

  @ParameterizedTest
  @EnumSource
  void uploadsWithoutProgressAreA503AndOthersAreServed(Waiting where) throws Exception {
    try (server) {
      server.peer("good_5").serve((r, p) -> p.reply(200, "POST / body"));
      LinkPeer peer = stuck();
      List<RawCaller> uploads = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        RawCaller c = upload(peer, PIECE.substring(i * LESS), where.rest);
        uploads.add(c);
        if (i % 10 == 9) assertServed();
      }
      RawCaller away = sentAway(uploads);
      assertEquals(503, away.answer().status());
      assertTrue(away.ended());
    }
  }

  @Test
  void thoseThatAreBeingAnsweredAreCut() throws Exception {
    try (server) {
      LinkPeer peer = stuck();
      for (int i = 1; i <= MANY; i++) {
        RawCaller c = upload(peer, PIECE.substring(i * LESS), 10_000_000);
        peer.head(i, 200, 10).send(LinkPeer.DATA, i, "begun");
        assertEquals(200, c.head().status());
        for (int read = 0; read < 5; read++) c.read();
      }
      while (resets == 0) if (peer.next().type() == LinkPeer.RESET) resets++;
      assertEquals("ok", server.caller().send(STATUS).answer().text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"taken", "reset", "answered"})
  void whatDoesNotWaitAnyMoreCountsNoMore(String end) throws Exception {
    try (server) {
      LinkPeer peer = stuck();
      List<RawCaller> kept = new ArrayList<>();
      for (int i = 1; i <= MANY; i++) {
        RawCaller c = upload(peer, PIECE, 0);
        kept.add(c);
        if (end.equals("reset")) {
          peer.reset(i, 0, "");
          assertEquals(526, c.answer().status());
          continue;
        }
        if (end.equals("answered")) peer.reply(i, "ok");
        peer.number(LinkPeer.CREDIT, i, PIECE.length());
        assertEquals(PIECE.length() - 1000, peer.body().length);
        if (end.equals("taken")) peer.reply(i, "ok");
        assertEquals("ok", c.answer().text());
      }
      for (RawCaller c : kept) assertEquals("ok", c.send(STATUS).answer().text());
    }
  }
}
