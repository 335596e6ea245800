package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wsp.testing.Await;

/** What callers together may make the server hold. */
@Execution(ExecutionMode.CONCURRENT)
class CallerMemoryLimitTest {
  private static final String STATUS = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";

  /** More than sockets hold. */
  private static final int LARGE = 16 << 20;

  private static final String LONG = "x".repeat(50_000);

  @Test
  void unfinishedHeadsAreA431AndOrdinaryCallersAreServed() throws Exception {
    try (RunningServer server = new RunningServer("callermemory: 1m")) {
      server.echo();
      RawCaller ordinary = server.caller();
      List<RawCaller> slow = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        slow.add(server.caller().send("GET /request HTTP/1.1\r\nHost: h\r\nX: " + LONG));
        assertEquals("GET /a ", ordinary.get("/a").text());
      }
      assertEquals(431, slow.get(0).answer().status());
      assertTrue(slow.get(0).ended());
      assertEquals("ok", server.caller().send(STATUS).answer().text());
    }
  }

  @Test
  void anAnsweredRequestLeavesNothingBehind() throws Exception {
    try (RunningServer server = new RunningServer("callermemory: 1m")) {
      List<RawCaller> idle = new ArrayList<>();
      String status = "GET /status HTTP/1.1\r\nHost: h\r\nX: " + LONG + "\r\n\r\n";
      for (int i = 0; i < 60; i++) {
        idle.add(server.caller().send(status));
        assertEquals("ok", idle.get(i).answer().text());
      }
      for (RawCaller c : idle) assertEquals("ok", c.send(STATUS).answer().text());
    }
  }

  @Test
  void connectionsWithoutARequestAreClosedTheOldestFirst() throws Exception {
    try (RunningServer server = new RunningServer("callermemory: 400k")) {
      List<RawCaller> silent = new ArrayList<>();
      for (int i = 0; i < 200; i++) silent.add(server.caller());
      assertTrue(silent.get(0).ended());
      assertEquals("ok", server.caller().send(STATUS).answer().text());
      assertEquals("ok", silent.get(199).send(STATUS).answer().text());
    }
  }

  @Test
  void requestsThatWaitWithLongHeadsOrBodiesAreA503() throws Exception {
    try (RunningServer server = new RunningServer("callermemory: 1m", "timeout: 1h")) {
      RawPeer peer = server.peer();
      server.caller().request("GET", "/busy");
      peer.request();
      List<RawCaller> waiting = new ArrayList<>();
      for (int i = 0; i < 60; i++)
        waiting.add(
            i % 2 == 0
                ? server.caller().request("GET", "/", "X: " + LONG)
                : server.caller().request("POST", "/", "Content-Length: 60000").send(LONG));
      assertEquals(503, waiting.get(0).answer().status());
      assertEquals(503, waiting.get(1).answer().status());
      assertEquals("ok", server.caller().send(STATUS).answer().text());
    }
  }

  static List<String> headsThatTakeMoreThanTheirLength() {
    String fields =
        IntStream.range(0, 90).mapToObj(i -> "X" + i + ": v\r\n").collect(Collectors.joining());
    return List.of(
        RawCaller.head("POST", "/", "Content-Length: 5", fields.strip()),
        RawCaller.head("POST", "/" + "|".repeat(2_500), "Content-Length: 5"),
        RawCaller.head("POST", "/?" + "|".repeat(2_500), "Content-Length: 5"));
  }

  @ParameterizedTest(name = "head {index}")
  @MethodSource("headsThatTakeMoreThanTheirLength")
  void headsThatTakeMoreThanTheirLengthAreCountedByThat(String head) throws Exception {
    try (RunningServer server = new RunningServer("callermemory: 1m", "timeout: 1h")) {
      server.peer();
      List<RawCaller> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) waiting.add(server.caller().send(head));
      assertEquals(503, waiting.get(0).answer().status());
      assertEquals("ok", server.caller().send(STATUS).answer().text());
    }
  }

  @Test
  void whoeverHasNotGreetedGoesToo() throws Exception {
    try (RunningServer server = new RunningServer("callermemory: 400k")) {
      RawPeer known = server.peer();
      RawPeer silent = server.stranger();
      List<RawCaller> others = new ArrayList<>();
      for (int i = 0; i < 200; i++) others.add(server.caller());
      assertEquals(1006, silent.closedWith());
      known.awaitPong();
    }
  }

  /** Each of the strangers has been there for a shorter time than the answer takes. */
  @Test
  void anAnswerStaysThatIsReadSlowlyHoweverNewTheStrangersAre() throws Exception {
    try (RunningServer server = new RunningServer("callermemory: 1m")) {
      server.peer().serve((r, p) -> p.envelope(200, LARGE).binary(new byte[LARGE]));
      RawCaller slow = server.slowCaller().request("GET", "/large");
      assertEquals(200, slow.head().status());
      long since = System.nanoTime();
      while (Await.millisSince(since) < 1500) {
        List<AutoCloseable> strangers = new ArrayList<>();
        for (int i = 0; i < 40; i++)
          strangers.add(
              RawCaller.from("127.0.0.2", server.port())
                  .send("GET /request HTTP/1.1\r\nHost: h\r\nX: " + LONG));
        server.close(strangers);
      }
      for (int i = 0; i < LARGE; i++) assertEquals(0, slow.read());
    }
  }

  /** Each is smaller than what another caller has waited with before; of a POST no body comes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # server                         | method | from      | many                      | one
          loglevel: warn                   | GET    | 127.0.0.2 | X-A: a                    | X-A: a
          loglevel: warn                   | POST   | 127.0.0.2 | X-A: a                    | X-A: a
          trustedproxies: [127.0.0.1]      | GET    | 127.0.0.1 | X-Forwarded-For: 10.0.0.1 | X-Forwarded-For: 10.0.0.2
          callers: [{name: a, key: AK}, {name: b, key: BK}] | GET | 127.0.0.1 | X-PROXY-AUTHORIZATION: Bearer AK | X-PROXY-AUTHORIZATION: Bearer BK
          """)
  void ofManySmallRequestsThoseGoWhoseOwnerHasMost(
      String terms, String method, String from, String many, String one) throws Exception {
    String length = method.equals("GET") ? "X-B: b" : "Content-Length: 5";
    String less = "X: " + LONG.substring(48_000);
    try (RunningServer server =
        new RunningServer("callermemory: 1m", "timeout: 1h", keyed(terms))) {
      RawPeer peer = server.peer();
      server.caller().request("GET", "/busy", keyed(one));
      peer.request();
      RawCaller honest =
          server.caller().request("GET", "/honest", keyed(one), "X: " + LONG.substring(45_000));
      Await.until("it waits", () -> server.server.pools.waiting() == 1);
      List<RawCaller> others = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RawCaller other = RawCaller.from(from, server.port());
        others.add(other.request(method, "/", keyed(many), less, length));
      }
      Await.until("some of them go", () -> others.stream().anyMatch(RawCaller::hasHeard));
      peer.reply(200, "done").serve((r, p) -> p.reply(200, "served"));
      // On version 1 a request that goes while it is served takes its link along, and clients come
      // again.
      Await.until(
          "the honest one has an answer",
          () -> {
            if (server.server.pools.counts().clients() == 0) comesAgain(server);
            return honest.hasHeard();
          });
      assertEquals("served", honest.answer().text());
      server.close(List.copyOf(others));
    }
  }

  private static void comesAgain(RunningServer server) throws Exception {
    try {
      server.peer().serve((r, p) -> p.reply(200, "served"));
    } catch (IOException e) {
      // It has not asked, and others need the room: it tries once more.
    }
  }

  private static String keyed(String text) {
    return text.replace("AK", "a".repeat(32)).replace("BK", "b".repeat(32));
  }
}
