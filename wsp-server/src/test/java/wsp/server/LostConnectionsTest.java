package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.server.RawCaller.Answer;
import wsp.server.failure.ProxyError;
import wsp.testing.Await;

/** Connections of clients that end at every point of an exchange, in order or not. */
class LostConnectionsTest {
  @AutoClose private final RunningServer server = new RunningServer("timeout: 5000");

  @Test
  void aRequestThatCrossedAClientsGoingAwayIsServedByAnother() throws Exception {
    byte[] goingAway = {3, (byte) 0xe9};
    for (String body : List.of("", "a small body")) {
      RawPeer leaving = server.peer("leaving_1");
      RawCaller c = server.caller();
      c.request("POST", "/", "Content-Length: " + body.length()).send(body);
      leaving.requestHead();
      RawPeer staying = server.peer("staying_1").serve((r, p) -> p.reply(200, "served"));
      leaving.frame(true, RawPeer.CLOSE, goingAway);
      assertEquals("served", c.answer().text());
      staying.close();
      server.awaitCounts(0, 0, 0);
    }
  }

  @Test
  void anUploadInProgressThatCrossedAClientsGoingAwayIsServedByAnotherFromItsBeginning()
      throws Exception {
    RawPeer leaving = server.peer("leaving_1");
    RawCaller c = server.caller();
    c.request("POST", "/", "Content-Length: 10").send("ab");
    leaving.requestHead();
    assertEquals("ab", new String(leaving.nextData().payload(), StandardCharsets.US_ASCII));
    c.send("cd");
    assertEquals("cd", new String(leaving.nextData().payload(), StandardCharsets.US_ASCII));
    RawPeer staying = server.peer("staying_1");
    leaving.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
    c.send("ef");
    staying.requestHead();
    c.send("ghij");
    assertEquals("abcdefghij", new String(staying.body(), StandardCharsets.US_ASCII));
    staying.reply(200, "served");
    assertEquals("served", c.answer().text());
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void anUploadOfWhichMoreHasBeenSentThanIsKeptIsNotRepeated() throws Exception {
    RawPeer leaving = server.peer("leaving_1");
    RawCaller c = server.caller();
    c.request("POST", "/", "Content-Length: 1000000").send("x".repeat(100_000));
    leaving.requestHead();
    for (int got = 0; got < 100_000; ) got += leaving.nextData().payload().length;
    leaving.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
    Answer answer = c.answer();
    assertEquals(526, answer.status());
    assertEquals(ProxyError.CLIENT_REFUSED.text(), answer.firstLine());
  }

  @Test
  void anEndThatArrivesTogetherWithTheWholeAnswerIsNoFailure() throws Exception {
    RawPeer leaving = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    leaving.request();
    byte[] answer = leaving.answer(200, "whole");
    byte[] end = leaving.masked(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
    byte[] both = Arrays.copyOf(answer, answer.length + end.length);
    System.arraycopy(end, 0, both, answer.length, end.length);
    leaving.raw(both);
    assertEquals("whole", c.answer().text());
    server.awaitCounts(0, 0, 0);
    assertEquals(0, server.server.ledger.failures().of(ProxyError.CONNECTION_LOST));
    server.echo();
    c.request("GET", "/next");
    assertEquals("GET /next ", c.answer().text());
  }

  @Test
  void aRequestWhoseAnswerHasBegunIsNeverRepeated() throws Exception {
    RawPeer leaving = server.peer("leaving_1");
    RawCaller c = server.caller().request("GET", "/");
    leaving.requestHead();
    server.peer("staying_1").serve((r, p) -> p.reply(200, "served twice"));
    leaving.frame(false, 1, "{\"StatusCode\"".getBytes(StandardCharsets.US_ASCII));
    leaving.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
    assertEquals(526, c.answer().status());
  }

  /** How a client's connection goes. */
  enum Dying {
    FIN(RawPeer::close),
    RESET(RawPeer::reset),
    CLOSE_FRAME(
        p -> {
          p.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe8});
        });

    private final Way way;

    Dying(Way way) {
      this.way = way;
    }

    private interface Way {
      void die(RawPeer p) throws IOException;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatDiesBeforeTheHeadIsA526AtOnce(Dying how) throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    long died = System.nanoTime();
    how.way.die(peer);
    Answer a = c.answer();
    assertTrue(Await.millisSince(died) < 4000);
    assertEquals(526, a.status());
    assertEquals("The proxy connection was lost before the answer", a.firstLine());
    assertEquals("wsp-server; error=connection_terminated", a.proxyError());
    server.awaitCounts(0, 0, 0);
    server.echo();
    assertEquals("GET / ", c.get("/").text());
  }

  @Test
  void halfAnEnvelopeIsNoHead() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    peer.frame(false, 1, "{\"StatusCode\":200".getBytes(StandardCharsets.UTF_8));
    peer.close();
    assertEquals(526, c.answer().status());
  }

  @Test
  void aConnectionThatDiesDuringAnUploadIsA526AndTheRestOfTheBodyIsReadPast() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("POST", "/", "Content-Length: 2000000");
    c.send(new byte[1000]);
    peer.requestHead();
    peer.close();
    assertEquals(526, c.answer().status());
    c.send(new byte[1_999_000]).send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
    assertEquals("ok", c.answer().text());
  }

  @Test
  void aConnectionThatDiesWhileTheUploadIsPausedIsA526AndTheNextRequestIsServed() throws Exception {
    RawPeer peer = server.slowPeer();
    RawCaller c = server.caller().request("POST", "/", "Content-Length: 6000000");
    Thread sender =
        new Thread(
            () -> {
              try {
                c.send(new byte[6_000_000]).send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    sender.start();
    peer.requestHead();
    peer.reset();
    assertEquals(526, c.answer().status());
    assertEquals("ok", c.answer().text());
    sender.join();
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatDiesInMidBodyCutsTheAnswer(Dying how) throws Exception {
    for (long length : List.of(100L, -1L)) {
      RawPeer peer = server.peer();
      RawCaller c = server.caller().request("GET", "/");
      peer.request();
      peer.envelope(200, length).frame(false, 2, new byte[50]);
      RawCaller.Answer head = c.head();
      assertEquals(200, head.status());
      how.way.die(peer);
      StringBuilder rest = new StringBuilder();
      try {
        for (int b = c.read(); b >= 0; b = c.read()) rest.append((char) b);
      } catch (IOException e) {
        // A reset tells as well.
      }
      assertFalse(rest.toString().contains("HTTP/1.1"), "something is appended");
      assertFalse(rest.toString().endsWith("0\r\n\r\n"), "a last chunk");
      server.awaitCounts(0, 0, 0);
    }
  }

  private RawCaller http10CallerWithHalfAnAnswer(RawPeer peer) throws Exception {
    RawCaller c = server.caller();
    c.send("GET /request HTTP/1.0\r\nX-PROXY-DESTINATION: http://o.test/\r\n\r\n");
    peer.request();
    peer.envelope(200, -1).frame(false, 2, new byte[50]);
    assertEquals(200, c.head().status());
    return c;
  }

  @Test
  void anHttp10AnswerThatIsCutEndsWithAReset() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = http10CallerWithHalfAnAnswer(peer);
    peer.close();
    assertFalse(c.answerBody().complete(), "a clean end means that the answer is whole");
  }

  /** It may read on, and would take a clean end for that of the answer. */
  @Test
  void anHttp10AnswerWhoseCallerClosesItsSendingHalfEndsWithAReset() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = http10CallerWithHalfAnAnswer(peer);
    c.socket.shutdownOutput();
    assertFalse(c.answerBody().complete(), "a clean end means that the answer is whole");
  }

  @Test
  void anHttp10CallerThatReadsSlowlyGetsTheWholeAnswer() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.slowCaller();
    c.send("GET /request HTTP/1.0\r\nX-PROXY-DESTINATION: http://o.test/\r\n\r\n");
    peer.request();
    peer.onThread(
        p -> {
          try {
            p.envelope(200, -1).binary(new byte[8 << 20]);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertEquals(200, c.head().status());
    // All of it is with the server, which has its own end to send and must not be in a hurry.
    long begun = System.nanoTime();
    int got = 0;
    Await.until("3.5 s are over", () -> Await.millisSince(begun) > 3500);
    while (c.read() >= 0) got++;
    assertEquals(8 << 20, got);
  }

  @Test
  void aRequestWhoseIdleConnectionProvesDeadGoesToAnother() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<RawPeer> dying = new ArrayList<>();
      for (int i = 0; i < 5; i++) dying.add(server.peer());
      RawPeer good = server.peer("good_1").serve((r, p) -> p.reply(200, "good"));
      Thread killer =
          new Thread(
              () -> {
                try {
                  for (RawPeer p : dying) p.reset();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      List<RawCaller> callers = new ArrayList<>();
      for (int i = 0; i < 6; i++) callers.add(server.caller());
      killer.start();
      for (RawCaller c : callers) c.request("GET", "/");
      int answered = 0;
      for (RawCaller c : callers) {
        Answer a = c.answer();
        if (a.status() == 200) answered++;
        else assertEquals("The proxy connection was lost before the answer", a.firstLine());
      }
      assertTrue(answered >= 1);
      killer.join();
      good.close();
      server.awaitCounts(0, 0, 0);
    }
  }
}
