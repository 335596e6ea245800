package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import wsp.server.RawCaller.Answer;
import wsp.server.failure.ProxyError;
import wsp.testing.Await;

/**
 * Who misbehaves, or is missing, so that a request fails: one for each row of the table at least.
 */
enum BadParty {
  CALLER_THAT_ASKS_FOR_ANOTHER_PATH(
      ProxyError.UNKNOWN_PATH, says("GET /other?a=b HTTP/1.1\r\nHost: h")),
  CALLER_THAT_TAKES_IT_FOR_A_FORWARD_PROXY(
      ProxyError.FORWARD_OFF,
      says("GET http://api.test/a HTTP/1.1\r\nHost: api.test"),
      "forwardproxy: false"),
  CALLER_THAT_SENDS_A_SECURE_URL_TO_A_PROXY(
      ProxyError.INVALID_TARGET, says("GET https://api.test/ HTTP/1.1\r\nHost: api.test")),
  CALLER_ON_A_HOST_WITHOUT_THAT_PATH(
      ProxyError.NO_ROUTE,
      says("GET /request HTTP/1.1\r\nHost: h.test"),
      "routes: [{host: h.test, path: /a, destination: 'http://a.test'}]"),
  CALLER_WITH_A_METHOD_THAT_THE_ROUTE_LACKS(
      ProxyError.ROUTE_METHOD,
      says("GET /a HTTP/1.1\r\nHost: h.test"),
      "routes: [{path: /a, destination: 'http://a.test', methods: PUT}]"),
  STRANGER_ON_A_ROUTE_WITH_A_SECRET(
      ProxyError.SIGNATURE,
      says("GET /a HTTP/1.1\r\nHost: h.test"),
      "routes: [{path: /a, destination: 'http://a.test', secret: a-secret-of-a-webhook}]"),
  SENDER_OF_A_LARGE_WEBHOOK(
      ProxyError.WEBHOOK_TOO_LARGE,
      s -> {
        String signature = "X-Hub-Signature-256: sha256=" + "0".repeat(64);
        String head = "POST /a HTTP/1.1\r\nHost: h.test\r\nContent-Length: 1025\r\n";
        return s.caller().send(head + signature + "\r\n\r\n").answer();
      },
      "routes: [{path: /a, destination: 'http://a.test', secret: a-secret-of-a-webhook}]",
      "webhookbody: 1k"),
  CALLER_THAT_ASKS_FOR_A_TUNNEL_TO_ANY_PORT(
      ProxyError.TUNNEL_PORT, says("CONNECT a.test:443 HTTP/1.1\r\nHost: a.test")),
  CLIENT_OF_VERSION_ONE_THAT_IS_TO_CARRY_A_TUNNEL(
      ProxyError.CLIENT_TOO_OLD,
      s -> {
        s.peer();
        return s.caller().send("CONNECT a.test:443 HTTP/1.1\r\nHost: a.test\r\n\r\n").answer();
      },
      "tunnelports: all"),
  CALLER_WITHOUT_A_KEY_FOR_THE_PROXY(
      ProxyError.PROXY_UNAUTHORIZED,
      says("GET http://api.test/ HTTP/1.1\r\nHost: api.test"),
      "callers: [{name: one, key: a-key-that-is-long-enough-for-anybody}]"),
  FOREIGN_PAGE(ProxyError.FOREIGN_HOST, says("GET /request HTTP/1.1\r\nHost: a.b\r\nOrigin: null")),
  PAGE_OF_ANOTHER_SITE(
      ProxyError.FOREIGN_PAGE,
      says("GET /a HTTP/1.1\r\nHost:h\r\nOrigin:x\r\nConnection:upgrade\r\nUpgrade:websocket"),
      "routes: [{path: /a, destination: 'http://a.test'}]"),
  CALLER_WITHOUT_A_DESTINATION(
      ProxyError.MISSING_DESTINATION, says("GET /request HTTP/1.1\r\nHost: h")),
  CALLER_WITH_AN_EMPTY_DESTINATION(
      ProxyError.MISSING_DESTINATION,
      says("GET /request HTTP/1.1\r\nHost: h\r\nX-PROXY-DESTINATION:")),
  CALLER_WITH_TWO_DESTINATIONS(
      ProxyError.REPEATED_DESTINATION,
      s -> s.caller().request("GET", "/", "X-PROXY-DESTINATION: http://other.test/").answer()),
  CALLER_WITH_ANOTHER_SCHEME(
      ProxyError.INVALID_DESTINATION,
      says("GET /request HTTP/1.1\r\nHost: h\r\nX-PROXY-DESTINATION: ftp://origin.test/")),
  CALLER_THAT_WANTS_TWO_CLIENTS(
      ProxyError.REPEATED_CLIENT,
      s -> s.caller().request("GET", "/", "X-PROXY-CLIENT: one", "x-proxy-client: two").answer()),
  CALLER_THAT_WANTS_WHAT_CANNOT_BE_A_CLIENT(
      ProxyError.INVALID_CLIENT,
      s -> s.caller().request("GET", "/", "X-PROXY-CLIENT: one two").answer()),
  CALLER_THAT_WANTS_NO_CLIENT_IN_PARTICULAR(
      ProxyError.INVALID_CLIENT, s -> s.caller().request("GET", "/", "X-PROXY-CLIENT:").answer()),
  CALLER_WITHOUT_A_KEY(
      ProxyError.UNAUTHORIZED,
      gets("/"),
      "callers: [{name: one, key: a-key-that-is-long-enough-for-anybody}]"),
  CALLER_THAT_ASKS_WHAT_THE_BLACKLIST_HAS(
      ProxyError.FORBIDDEN, gets("/denied"), "blacklist: [url: /denied]"),
  CALLER_THAT_ASKS_WHAT_THE_WHITELIST_LACKS(
      ProxyError.NOT_ALLOWED, gets("/other"), "whitelist: [url: /fine]"),
  SERVER_THAT_IS_STOPPING(
      ProxyError.DRAINING,
      s -> {
        s.peer();
        RawCaller running = s.caller().request("GET", "/");
        s.awaitCounts(1, 0, 1);
        FutureTask<Boolean> drained = new FutureTask<>(s.server::drain);
        new Thread(drained).start();
        RawCaller c = s.caller();
        Await.until(
            "it is stopping", () -> s.caller().send(BadParty.STATUS).answer().status() == 503);
        Answer refused = c.get("/");
        running.close();
        drained.get();
        return refused;
      },
      "grace: 20s"),
  TOO_MANY_CALLERS(
      ProxyError.TOO_MANY_CALLERS,
      s -> {
        assertEquals("ok", s.caller().send(BadParty.STATUS).answer().text());
        return s.caller().get("/");
      },
      "maxcallers: 1"),
  CALLER_THAT_HAS_MANY_UNDER_WAY(
      ProxyError.TOO_MANY_AT_ONCE,
      s -> {
        busy(s, "client_1");
        return s.caller().get("/");
      },
      "timeout: 20s",
      "maxexchangespercaller: 1"),
  TOO_MANY_THAT_WAIT(
      ProxyError.TOO_MANY_WAITING,
      s -> {
        busy(s, "client_1");
        s.caller().request("GET", "/waits");
        Await.until("one waits", () -> s.server.pools.waiting() == 1);
        return s.caller().get("/");
      },
      "timeout: 20s",
      "maxwaiting: 1"),
  NO_CLIENT_AT_ALL(ProxyError.NO_CLIENT, gets("/")),
  NO_CLIENT_OF_THAT_NAME(
      ProxyError.NO_CLIENT,
      s -> {
        s.peer();
        return s.caller().request("GET", "/", "X-PROXY-CLIENT: other").answer();
      }),
  CLIENT_THAT_IS_BUSY_WHILE_OTHERS_ARE_NOT(
      ProxyError.NO_CONNECTION,
      s -> {
        busy(s, "one_1");
        s.peer("other_1");
        return s.caller().request("GET", "/", "X-PROXY-CLIENT: one").answer();
      },
      "timeout: 100"),
  CLIENT_THAT_IS_BUSY_FOR_TOO_LONG(
      ProxyError.NO_CONNECTION,
      s -> {
        busy(s, "client_1");
        return s.caller().get("/");
      },
      "timeout: 100"),
  CLIENT_THAT_IS_BEING_STOPPED(
      ProxyError.CLIENT_STOPPING,
      s -> {
        busy(s, "one_2");
        RawPeer idle = s.peer("one_2");
        s.awaitCounts(1, 1, 1);
        idle.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
        s.awaitCounts(1, 0, 1);
        return s.caller().get("/");
      },
      "timeout: 100"),
  CLIENT_THAT_REFUSES_A_REQUEST_IN_ITS_MIDDLE(
      ProxyError.CLIENT_REFUSED,
      s -> {
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
      }),
  CLIENT_THAT_DIES(
      ProxyError.CONNECTION_LOST,
      (peer, c) -> {
        peer.reset();
        return c.answer();
      }),
  CLIENT_THAT_FREEZES(ProxyError.CONNECTION_LOST, (peer, c) -> c.answer(), "deadpeer: 1s"),
  CLIENT_WHOSE_HEAD_FINDS_NO_MEMORY(
      ProxyError.NO_MEMORY, LinkPeer::beginsLongHead, "envelopememory: 64k"),
  CLIENT_THAT_ANSWERS_NONSENSE(
      ProxyError.INVALID_ANSWER,
      (peer, c) -> {
        HostileAnswer.NO_JSON.send(peer);
        return c.answer();
      }),
  ORIGIN_THAT_CUTS_ITS_ANSWER(
      ProxyError.ORIGIN_CUT,
      (peer, c) -> {
        peer.envelope(200, 10).frame(false, 2, new byte[5]);
        peer.frame(true, 8, new byte[] {0x11, (byte) 0xaf, 'C', 'U', 'T'});
        assertFalse(c.answer().complete(), "the caller can tell");
        return null;
      }),
  ORIGIN_THAT_CUTS_ITS_ANSWER_BEHIND_THE_HEAD(
      ProxyError.ORIGIN_CUT,
      (peer, c) -> {
        // In one write: what has come of the answer is not on its way to the caller yet.
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = "{\"StatusCode\":200,\"Header\":{},\"ContentLength\":10}";
        out.writeBytes(peer.masked(true, RawPeer.TEXT, head.getBytes(StandardCharsets.UTF_8)));
        out.writeBytes(peer.masked(true, RawPeer.CLOSE, new byte[] {0x11, (byte) 0xaf}));
        peer.raw(out.toByteArray());
        return c.answer();
      }),
  ORIGIN_THAT_TAKES_NOTHING(
      ProxyError.ORIGIN_STALLED,
      s -> {
        LinkPeer peer = LinkPeer.as("client", s);
        RawCaller c = s.caller().request("POST", "/", "Content-Length: 400000");
        // More than its client gives credit for to begin with, and it gives no more.
        c.send("a".repeat(400_000));
        peer.next(LinkPeer.REQUEST);
        Answer a = c.answer();
        assertTrue(a.text().contains("wsp-client -> origin"), a.text());
        return a;
      },
      "stalltimeout: 1s"),
  CALLER_THAT_IS_NOT_UNDERSTOOD(
      ProxyError.UNREADABLE,
      s -> {
        assertEquals(400, s.caller().send("GET\r\n\r\n").answer().status());
        return null;
      }),
  CALLER_THAT_LEAVES(
      ProxyError.CALLER_LEFT,
      (peer, c) -> {
        c.close();
        peer.closedWith();
        return null;
      });

  private static final String STATUS = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";

  /** Misbehaves. */
  private interface Deed {
    @Nullable Answer of(RunningServer s) throws Exception;
  }

  /** What a client does that has got a request, or its caller. */
  private interface Turn {
    @Nullable Answer of(RawPeer peer, RawCaller c) throws Exception;
  }

  final ProxyError provoked;
  private final Deed deed;
  private final String[] configuration;

  BadParty(ProxyError provoked, Deed deed, String... configuration) {
    this.provoked = provoked;
    this.deed = deed;
    this.configuration = configuration;
  }

  BadParty(ProxyError provoked, Turn turn, String... configuration) {
    this(
        provoked,
        s -> {
          RawPeer peer = s.peer();
          RawCaller c = s.caller().request("GET", "/");
          peer.request();
          return turn.of(peer, c);
        },
        configuration);
  }

  RunningServer server(String more) {
    return new RunningServer(String.join("\n", configuration), more);
  }

  /** Misbehaves; the answer that comes of it, null if there is nobody to have one. */
  @Nullable Answer provoke(RunningServer s) throws Exception {
    return deed.of(s);
  }

  private static Deed says(String head) {
    return s -> s.caller().send(head + "\r\n\r\n").answer();
  }

  private static Deed gets(String path) {
    return s -> s.caller().get(path);
  }

  /** The only client is busy with the request of another caller. */
  private static void busy(RunningServer s, String greeting) throws Exception {
    s.peer(greeting);
    s.caller().request("GET", "/busy");
    s.awaitCounts(1, 0, 1);
  }
}
