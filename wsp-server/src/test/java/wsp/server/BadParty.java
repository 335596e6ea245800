package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import wsp.server.RawCaller.Answer;
import wsp.server.failure.ProxyError;
import wsp.testing.Await;

/**
 * Who misbehaves, or is missing, so that a request fails: one for each row of the table at least.
 */
enum BadParty {
  CALLER_THAT_ASKS_FOR_ANOTHER_PATH(ProxyError.UNKNOWN_PATH) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send("GET /other?a=b HTTP/1.1\r\nHost: h\r\n\r\n").answer();
    }
  },
  CALLER_THAT_TAKES_IT_FOR_A_FORWARD_PROXY(ProxyError.FORWARD_OFF, "forwardproxy: false") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      Answer a =
          s.caller().send("GET http://api.test/a HTTP/1.1\r\nHost: api.test\r\n\r\n").answer();
      assertTrue(a.text().contains("absolute form"), a.text());
      return a;
    }
  },
  CALLER_THAT_SENDS_A_SECURE_URL_TO_A_PROXY(ProxyError.INVALID_TARGET) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send("GET https://api.test/ HTTP/1.1\r\nHost: api.test\r\n\r\n").answer();
    }
  },
  CALLER_ON_A_HOST_WITHOUT_THAT_PATH(
      ProxyError.NO_ROUTE, "routes: [{host: h.test, path: /a, destination: 'http://a.test'}]") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send("GET /request HTTP/1.1\r\nHost: h.test\r\n\r\n").answer();
    }
  },
  CALLER_WITH_A_METHOD_THAT_THE_ROUTE_LACKS(
      ProxyError.ROUTE_METHOD, "routes: [{path: /a, destination: 'http://a.test', methods: PUT}]") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send("GET /a HTTP/1.1\r\nHost: h.test\r\n\r\n").answer();
    }
  },
  STRANGER_ON_A_ROUTE_WITH_A_SECRET(
      ProxyError.SIGNATURE,
      "routes: [{path: /a, destination: 'http://a.test', secret: a-secret-of-a-webhook}]") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send("GET /a HTTP/1.1\r\nHost: h.test\r\n\r\n").answer();
    }
  },
  SENDER_OF_A_LARGE_WEBHOOK(
      ProxyError.WEBHOOK_TOO_LARGE,
      "routes: [{path: /a, destination: 'http://a.test', secret: a-secret-of-a-webhook}]",
      "webhookbody: 1k") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      String signature = "X-Hub-Signature-256: sha256=" + "0".repeat(64);
      String head = "POST /a HTTP/1.1\r\nHost: h.test\r\nContent-Length: 1025\r\n";
      return s.caller().send(head + signature + "\r\n\r\n").answer();
    }
  },
  CALLER_THAT_ASKS_FOR_A_TUNNEL_TO_ANY_PORT(ProxyError.TUNNEL_PORT) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send("CONNECT a.test:443 HTTP/1.1\r\nHost: a.test\r\n\r\n").answer();
    }
  },
  CLIENT_OF_VERSION_ONE_THAT_IS_TO_CARRY_A_TUNNEL(ProxyError.CLIENT_TOO_OLD, "tunnelports: all") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer();
      return s.caller().send("CONNECT a.test:443 HTTP/1.1\r\nHost: a.test\r\n\r\n").answer();
    }
  },
  CALLER_WITHOUT_A_KEY_FOR_THE_PROXY(
      ProxyError.PROXY_UNAUTHORIZED,
      "callers: [{name: one, key: a-key-that-is-long-enough-for-anybody}]") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send("GET http://api.test/ HTTP/1.1\r\nHost: api.test\r\n\r\n").answer();
    }
  },
  CALLER_WITHOUT_A_DESTINATION(ProxyError.MISSING_DESTINATION) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send("GET /request HTTP/1.1\r\nHost: h\r\n\r\n").answer();
    }
  },
  CALLER_WITH_AN_EMPTY_DESTINATION(ProxyError.MISSING_DESTINATION) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send(to("")).answer();
    }
  },
  CALLER_WITH_TWO_DESTINATIONS(ProxyError.REPEATED_DESTINATION) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().request("GET", "/", "X-PROXY-DESTINATION: http://other.test/").answer();
    }
  },
  CALLER_WITH_ANOTHER_SCHEME(ProxyError.INVALID_DESTINATION) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().send(to("ftp://origin.test/")).answer();
    }
  },
  CALLER_THAT_WANTS_TWO_CLIENTS(ProxyError.REPEATED_CLIENT) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().request("GET", "/", "X-PROXY-CLIENT: one", "x-proxy-client: two").answer();
    }
  },
  CALLER_THAT_WANTS_WHAT_CANNOT_BE_A_CLIENT(ProxyError.INVALID_CLIENT) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().request("GET", "/", "X-PROXY-CLIENT: one two").answer();
    }
  },
  CALLER_THAT_WANTS_NO_CLIENT_IN_PARTICULAR(ProxyError.INVALID_CLIENT) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().request("GET", "/", "X-PROXY-CLIENT:").answer();
    }
  },
  CALLER_WITHOUT_A_KEY(
      ProxyError.UNAUTHORIZED,
      "callers: [{name: one, key: a-key-that-is-long-enough-for-anybody}]") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().get("/");
    }
  },
  CALLER_THAT_ASKS_WHAT_THE_BLACKLIST_HAS(ProxyError.FORBIDDEN, "blacklist: [url: /denied]") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().get("/denied");
    }
  },
  CALLER_THAT_ASKS_WHAT_THE_WHITELIST_LACKS(ProxyError.NOT_ALLOWED, "whitelist: [url: /fine]") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().get("/other");
    }
  },
  SERVER_THAT_IS_STOPPING(ProxyError.DRAINING, "grace: 20s") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer();
      RawCaller running = s.caller().request("GET", "/");
      s.awaitCounts(1, 0, 1);
      CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> drain(s));
      RawCaller c = s.caller();
      Await.until("it is stopping", () -> s.caller().send(STATUS).answer().status() == 503);
      Answer refused = c.get("/");
      running.close();
      drained.join();
      return refused;
    }
  },
  TOO_MANY_CALLERS(ProxyError.TOO_MANY_CALLERS, "maxcallers: 1") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      assertEquals("ok", s.caller().send(STATUS).answer().text());
      return s.caller().get("/");
    }
  },
  CALLER_THAT_HAS_MANY_UNDER_WAY(
      ProxyError.TOO_MANY_AT_ONCE, "timeout: 20s", "maxexchangespercaller: 1") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer();
      s.caller().request("GET", "/busy");
      s.awaitCounts(1, 0, 1);
      return s.caller().get("/");
    }
  },
  TOO_MANY_THAT_WAIT(ProxyError.TOO_MANY_WAITING, "timeout: 20s", "maxwaiting: 1") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer();
      s.caller().request("GET", "/busy");
      s.awaitCounts(1, 0, 1);
      s.caller().request("GET", "/waits");
      Await.until("one waits", () -> s.server.pools().waiting() == 1);
      return s.caller().get("/");
    }
  },
  NO_CLIENT_AT_ALL(ProxyError.NO_CLIENT) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      return s.caller().get("/");
    }
  },
  NO_CLIENT_OF_THAT_NAME(ProxyError.NO_CLIENT) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer();
      return s.caller().request("GET", "/", "X-PROXY-CLIENT: other").answer();
    }
  },
  CLIENT_THAT_IS_BUSY_WHILE_OTHERS_ARE_NOT(ProxyError.NO_CONNECTION, "timeout: 100") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer("one_1");
      s.caller().request("GET", "/busy");
      s.awaitCounts(1, 0, 1);
      s.peer("other_1");
      return s.caller().request("GET", "/", "X-PROXY-CLIENT: one").answer();
    }
  },
  CLIENT_THAT_IS_BUSY_FOR_TOO_LONG(ProxyError.NO_CONNECTION, "timeout: 100") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer();
      s.caller().request("GET", "/busy");
      s.awaitCounts(1, 0, 1);
      return s.caller().get("/");
    }
  },
  CLIENT_THAT_IS_BEING_STOPPED(ProxyError.CLIENT_STOPPING, "timeout: 100") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer("one_2");
      s.caller().request("GET", "/busy");
      s.awaitCounts(1, 0, 1);
      RawPeer idle = s.peer("one_2");
      s.awaitCounts(1, 1, 1);
      idle.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
      s.awaitCounts(1, 0, 1);
      return s.caller().get("/");
    }
  },
  CLIENT_THAT_REFUSES_A_REQUEST_IN_ITS_MIDDLE(ProxyError.CLIENT_REFUSED) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      LinkPeer peer = LinkPeer.as("client", s);
      RawCaller c = s.caller().request("POST", "/", "Content-Length: 100000");
      c.send("a".repeat(50_000));
      peer.next(LinkPeer.REQUEST);
      // Beyond what is kept for another connection.
      for (int got = 0; got <= 32 * 1024; ) got += peer.next(LinkPeer.DATA).payload().length;
      peer.reset(1, 1, "no room");
      Answer a = c.answer();
      assertTrue(a.text().contains("has not been executed"), a.text());
      return a;
    }
  },
  CLIENT_THAT_DIES(ProxyError.CONNECTION_LOST) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      RawPeer peer = s.peer();
      RawCaller c = s.caller().request("GET", "/");
      peer.request();
      peer.reset();
      return c.answer();
    }
  },
  CLIENT_THAT_FREEZES(ProxyError.CONNECTION_LOST, "deadpeer: 1s") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      s.peer();
      return s.caller().get("/");
    }
  },
  CLIENT_THAT_ANSWERS_NONSENSE(ProxyError.INVALID_ANSWER) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      RawPeer peer = s.peer();
      RawCaller c = s.caller().request("GET", "/");
      peer.request();
      HostileAnswer.NO_JSON.send(peer);
      return c.answer();
    }
  },
  ORIGIN_THAT_CUTS_ITS_ANSWER(ProxyError.ORIGIN_CUT) {
    @Override
    @Nullable Answer provoke(RunningServer s) throws Exception {
      RawPeer peer = s.peer();
      RawCaller c = s.caller().request("GET", "/");
      peer.request();
      peer.envelope(200, 10).frame(false, 2, new byte[5]);
      peer.frame(true, 8, new byte[] {0x11, (byte) 0xaf, 'C', 'U', 'T'});
      assertFalse(c.answer().complete(), "the caller can tell");
      return null;
    }
  },
  ORIGIN_THAT_CUTS_ITS_ANSWER_BEHIND_THE_HEAD(ProxyError.ORIGIN_CUT) {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      RawPeer peer = s.peer();
      RawCaller c = s.caller().request("GET", "/");
      peer.request();
      // In one write: what has come of the answer is not on its way to the caller yet.
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String head = "{\"StatusCode\":200,\"Header\":{},\"ContentLength\":10}";
      out.writeBytes(peer.masked(true, RawPeer.TEXT, head.getBytes(StandardCharsets.UTF_8)));
      out.writeBytes(peer.masked(true, RawPeer.CLOSE, new byte[] {0x11, (byte) 0xaf}));
      peer.raw(out.toByteArray());
      return c.answer();
    }
  },
  ORIGIN_THAT_TAKES_NOTHING(ProxyError.ORIGIN_STALLED, "stalltimeout: 1s") {
    @Override
    Answer provoke(RunningServer s) throws Exception {
      LinkPeer peer = LinkPeer.as("client", s);
      RawCaller c = s.caller().request("POST", "/", "Content-Length: 400000");
      // More than its client gives credit for to begin with, and it gives no more.
      c.send("a".repeat(400_000));
      peer.next(LinkPeer.REQUEST);
      Answer a = c.answer();
      assertTrue(a.text().contains("wsp-client -> origin"), a.text());
      return a;
    }
  },
  CALLER_THAT_IS_NOT_UNDERSTOOD(ProxyError.UNREADABLE) {
    @Override
    @Nullable Answer provoke(RunningServer s) throws Exception {
      assertEquals(400, s.caller().send("GET\r\n\r\n").answer().status());
      return null;
    }
  },
  CALLER_THAT_LEAVES(ProxyError.CALLER_LEFT) {
    @Override
    @Nullable Answer provoke(RunningServer s) throws Exception {
      RawPeer peer = s.peer();
      RawCaller c = s.caller().request("GET", "/");
      peer.request();
      c.close();
      peer.closedWith();
      return null;
    }
  };

  private static final String STATUS = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";

  final ProxyError provoked;
  private final String[] configuration;

  BadParty(ProxyError provoked, String... configuration) {
    this.provoked = provoked;
    this.configuration = configuration;
  }

  RunningServer server(String more) {
    return new RunningServer(String.join("\n", configuration), more);
  }

  /** Misbehaves; the answer that comes of it, null if there is nobody to have one. */
  abstract @Nullable Answer provoke(RunningServer s) throws Exception;

  private static String to(String destination) {
    return "GET /request HTTP/1.1\r\nHost: h\r\nX-PROXY-DESTINATION: " + destination + "\r\n\r\n";
  }

  private static void drain(RunningServer s) {
    try {
      s.server.drain();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
