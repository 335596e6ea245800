package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;

/** How many callers there may be, and of one address. Each test has its own server. */
@Execution(ExecutionMode.CONCURRENT)
class CallerCapsTest {
  private static final String STATUS = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";

  @Test
  void beyondTheCapOnlyStatusIsAnsweredAndBeyondTheReserveNothing() throws Exception {
    try (RunningServer server =
        new RunningServer("maxcallers: 3", "maxcallersperaddress: 3", "timeout: 8000")) {
      server.echo();
      List<RawCaller> full = new ArrayList<>();
      for (int i = 0; i < 3; i++) full.add(server.caller());
      for (RawCaller c : full) assertEquals("ok", c.send(STATUS).answer().text());

      RawCaller status = server.caller().send(STATUS);
      Answer ok = status.answer();
      assertEquals("ok", ok.text());
      assertEquals("close", ok.field("Connection"));
      RawCaller refused = server.caller().request("GET", "/");
      Answer busy = refused.answer();
      assertEquals(503, busy.status());
      assertEquals("1", busy.field("Retry-After"));
      assertTrue(refused.ended());
      server.peer("late_1").close();
      server.awaitCounts(1, 1, 0);

      assertEquals("GET / ", full.get(0).get("/").text());
      full.get(1).close();
      status.close();
      refused.close();
      Await.until("there is a place", () -> "GET /".equals(tried(server)));

      Await.until("two are left, and the client", () -> server.server.listener.connections() == 3);
      List<RawCaller> reserve = new ArrayList<>();
      for (int i = 0; i < 64 + 3; i++)
        reserve.add(RawCaller.from("127.0.0." + (2 + i / 16), server.port()));
      Await.until("the reserve is used up", () -> server.server.listener.callers() == 3 + 64);
      // Who has asked for nothing makes room for who does.
      assertEquals("ok", server.caller().send(STATUS).answer().text());
      assertEquals("GET / ", full.get(0).get("/").text());
      for (RawCaller c : reserve) c.close();
      Await.until("there is a place again", () -> "GET /".equals(tried(server)));
    }
  }

  @Test
  void oneAddressHasAPartOfThePlacesAndOfTheReserve() throws Exception {
    try (RunningServer server = new RunningServer("maxcallers: 20")) {
      server.echo();
      List<RawCaller> greedy = new ArrayList<>();
      for (int i = 0; i < 40; i++) greedy.add(RawCaller.from("127.0.0.2", server.port()));
      Await.until("it has its part", () -> server.server.listener.callers() == 10 + 16);
      List<RawCaller> others = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        others.add(server.caller());
        assertEquals("GET /a ", others.get(i).get("/a").text());
      }
      assertEquals(503, server.caller().request("GET", "/").answer().status());
      // The reserve is no waiting room.
      Await.until("it is free again", () -> server.server.listener.callers() == 10 + 10);
      assertEquals("GET /b ", others.get(0).get("/b").text());
      for (RawCaller c : greedy) c.close();
    }
  }

  @Test
  void behindATrustedProxyEachAddressThatItNamesHasItsPart() throws Exception {
    try (RunningServer server =
        new RunningServer("trustedproxies: [127.0.0.1]", "maxcallersperaddress: 2")) {
      RawPeer peer = server.peer();
      server.peer();
      server.peer();
      String one = "X-Forwarded-For: 2001:db8::1";
      RawCaller first = server.caller().request("GET", "/1", one);
      server.caller().request("GET", "/2", "X-Forwarded-For: 2001:db8::2");
      Await.until("two are busy", () -> server.server.pools.counts().busy() == 2);
      assertEquals(503, server.caller().request("GET", "/3", one).answer().status());
      server.caller().request("GET", "/4", "X-Forwarded-For: 2001:db8:0:1::1");
      Await.until("another network is served", () -> server.server.pools.counts().busy() == 3);
      first.close();
      Await.until("one has left", () -> server.server.pools.counts().busy() == 2);
      server.peer().serve((r, p) -> p.reply(200, "again"));
      peer.close();
      assertEquals("again", server.caller().request("GET", "/5", one).answer().text());
    }
  }

  /**
   * Whose requests count together: of a key, whichever addresses it is used from; or of an address.
   */
  @ParameterizedTest
  @CsvSource({
    "X-PROXY-AUTHORIZATION: Bearer a-caller's-key,X-PROXY-AUTHORIZATION: Bearer another-one's-key",
    "X-Forwarded-For: 192.0.2.1,X-Forwarded-For: 192.0.2.2",
  })
  void eachCallerHasSoManyRequestsAtOnce(String one, String other) throws Exception {
    boolean keys = one.startsWith("X-PROXY");
    try (RunningServer server =
        new RunningServer(
            "maxexchangespercaller: 1",
            "trustedproxies: [127.0.0.1]",
            keys
                ? "callers: [{name: a, key: a-caller's-key}, {name: b, key: another-one's-key}]"
                : "timeout: 1s")) {
      server.peer();
      String elsewhere = keys ? "X-Forwarded-For: 192.0.2.9" : "X-Other: 1";
      RawCaller first = server.caller().request("GET", "/1", one);
      Await.until("it is under way", () -> server.server.pools.counts().busy() == 1);
      server.peer().serve((r, p) -> p.reply(200, "served"));
      assertEquals(429, server.caller().request("GET", "/2", one, elsewhere).answer().status());
      assertEquals("served", server.caller().request("GET", "/3", other).answer().text());
      first.close();
      Await.until("it has left", () -> server.server.pools.counts().busy() == 0);
      assertEquals("served", server.caller().request("GET", "/4", one).answer().text());
    }
  }

  private static String tried(RunningServer server) throws IOException {
    try (RawCaller c = new RawCaller(server.port())) {
      Answer a = c.get("/");
      return a.status() == 200 ? a.text().strip() : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void clientsDoNotCountAsCallers() throws Exception {
    try (RunningServer server = new RunningServer("maxcallers: 1")) {
      for (int i = 0; i < 100; i++) server.peer();
      assertEquals("ok", server.caller().send(STATUS).answer().text());
      assertFalse(server.server.pools.counts().idle() < 100);
    }
  }
}
