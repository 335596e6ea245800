package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;
import wsp.limit.Budget;
import wsp.testing.Await;

/**
 * What becomes of a connection in which nothing happens: a head may take two hours, the next one
 * may be awaited for four, and anything else may make no progress for six.
 */
@Timeout(30)
class CallerWatchTest extends WireFixture {
  private static final Headers UPGRADE = Headers.of("Upgrade", "x");

  private CallerConnection connection;
  private CallerWatch watch;
  private volatile CallerExchange exchange;

  @BeforeEach
  void serve() {
    ListenerLimits limits =
        new ListenerLimits(
            1000,
            10,
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(6),
            Duration.ofHours(8),
            new ListenerLimits.Crowd(10, 10, 10, List.of(), 1 << 20));
    wire.holding = new Holding(new CallerMemory(new Budget(1 << 30), List.of()), false);
    connection =
        new CallerConnection(
            wire,
            limits,
            new CallerPlaces().take(null, new Shares(1, 1, 1, 1)),
            (c, e) -> exchange = e);
    watch = connection.watch;
    wire.reader = connection;
  }

  /** Of a webhook. */
  private record Keeping() implements Caller.BodySink {
    @Override
    public void onBody(ByteBuffer part, boolean last) {}

    @Override
    public boolean takesAll() {
      return true;
    }
  }

  private void happens(String event) {
    switch (event) {
      case "open" -> {}
      case "begin" -> wire.deliver(bytes("GET / HT"));
      case "get" -> wire.deliver(bytes("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
      case "post" -> wire.deliver(bytes("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n"));
      case "behind" -> wire.deliver(bytes("G".repeat(40_000)));
      case "read" -> exchange.readBody((part, last) -> {});
      case "keep" -> exchange.readBody(new Keeping());
      case "p" -> wire.deliver(bytes("p"));
      case "part" -> wire.deliver(bytes("part"));
      case "key" -> exchange.isOf("key", true);
      case "pause" -> exchange.pauseBody();
      case "head" -> exchange.respond(200, Headers.EMPTY, 5);
      case "answer" -> exchange.respond(204, Headers.EMPTY, 0);
      case "upgrade" -> exchange.upgrade(101, UPGRADE);
      case "much" -> wire.write(ByteBuffer.allocate(16 << 20));
      case "socket" -> connection.upgradeTo(new WireSocket(wire));
      case "known" -> wire.holding.known(new Budget(1));
      case "end" -> wire.closing.gently();
      default -> throw new AssertionError(event);
    }
  }

  private void happen(String events) throws Exception {
    for (String event : events.split(" ")) inOneRound(() -> happens(event));
  }

  private static long in(int hours) {
    return System.nanoTime() + TimeUnit.HOURS.toNanos(hours);
  }

  /** What has become of it: its last words' status, or how it ends without any. */
  private String seen() throws IOException {
    if (!wire.tcp.isOpen()) return "cut";
    if (!wire.closing.begun()) return "stays";
    String rest = new String(peer.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    int last = rest.lastIndexOf("HTTP/1.1 ");
    return last < 0 ? "ends" : rest.substring(last + 9, last + 12);
  }

  @ParameterizedTest
  @CsvSource({
    // events               hours  what becomes of it
    "open,                  1,     stays",
    "open,                  3,     ends",
    "begin,                 1,     stays",
    "begin,                 3,     408",
    "get,                   9,     stays",
    "get answer,            3,     stays",
    "get answer,            5,     204",
    "get answer begin,      1,     stays",
    "get answer begin,      3,     408",
    "post,                  9,     stays",
    "post read,             5,     stays",
    "post read,             7,     408",
    "post read pause,       9,     stays",
    "get head,              9,     stays",
    "get much,              5,     stays",
    "get much,              7,     cut",
    "get upgrade,           9,     stays",
    "get socket,            9,     stays",
    "get socket much,       7,     cut",
  })
  void itIsPutUpWithForSoLong(String events, int hours, String seen) throws Exception {
    happen(events);
    watch.sweep(in(hours));
    // What has come and is not read yet is read first.
    inOneRound(() -> {});
    inOneRound(() -> {});
    assertEquals(seen, seen());
  }

  @ParameterizedTest
  @CsvSource({
    // events         what it has waited for, in hours, three hours later
    "open,            3",
    "begin,           3",
    "get,             0",
    "post,            0",
    "post read,       3",
    "post read part,  0",
    "post read pause, 0",
    "post keep part,  3",
    "get head,        0",
    "get much,        0",
    "get head much,   3",
    "get answer,      3",
    "get socket,      3",
    "get socket known,      0",
    "get socket known much, 3",
    "end,             0",
    "get answer much end,   3",
  })
  void howLongItHasKeptTheServerWaiting(String events, int hours) throws Exception {
    happen(events);
    long now = in(3);
    assertEquals(hours, TimeUnit.NANOSECONDS.toHours(watch.waited(now)));
    if (events.endsWith("end")) assertEquals(Long.MIN_VALUE, watch.patience(now));
    else if (hours == 0) assertEquals(Long.MAX_VALUE, watch.patience(now));
    else assertEquals(-hours, -TimeUnit.NANOSECONDS.toHours(-watch.patience(now)));
  }

  @ParameterizedTest
  @CsvSource({
    // events               what it is to the server
    "open,                  NOBODY",
    "begin,                 NOBODY",
    "get,                   ASKED",
    "post,                  ASKED",
    "post read,             NOBODY",
    "post read part,        ASKED",
    "post read pause,       ASKED",
    "post keep part,        NOBODY",
    "post keep part part p, ASKED",
    "post read head,        ASKED",
    "get much,              ASKED",
    "get head,              ASKED",
    "get head much,         ASKED",
    "get answer,            NOBODY",
    "get answer much,       ASKED",
    "get answer much begin, ASKED",
    "get answer much end,   ASKED",
    "get upgrade,           ASKED",
    "get key,               KEYED",
    "post key read,         KEYED",
    "get key answer begin,  KEYED",
    "get socket,            NOBODY",
    "get socket much,       NOBODY",
    "get socket known,      LINK",
    "get socket known much, LINK",
    "end,                   NOBODY",
  })
  void whoeverHasAskedIsNotNobody(String events, CallerMemory.Standing standing) throws Exception {
    happen(events);
    assertEquals(standing, watch.standing());
  }

  @Test
  void aConnectionIsOfWhoeverHasAskedLastUntilItIsALink() throws Exception {
    assertEquals(new CallerMemory.Owner(wire.holding, false), watch.owner());
    happen("get key");
    assertEquals(new CallerMemory.Owner("key", true), watch.owner());
    happen("answer get");
    exchange.isOf("address", false);
    assertEquals(new CallerMemory.Owner("address", false), watch.owner());
    Budget links = new Budget(1);
    wire.holding.known(links);
    exchange.isOf("late", false);
    assertEquals(new CallerMemory.Owner(links, true), watch.owner());
  }

  /** Sockets tell late of room, and a line may stop for a moment. */
  @ParameterizedTest
  @ValueSource(strings = {"get head much", "get answer much", "get socket known much"})
  void aSocketThatTakesNothingIsNotSlowAtOnce(String events) throws Exception {
    happen(events);
    assertEquals(1, watch.waited(System.nanoTime()));
  }

  @ParameterizedTest
  @CsvSource({
    // events        what it is told
    "open,           ends",
    "begin,          503",
    "get,            503",
    "get head,       ends",
    "get head much,  cut",
    "get answer much, cut",
    "get answer much end, cut",
    "get upgrade,    cut",
    "get socket,     cut",
  })
  void oneThatGivesWayIsTold(String events, String seen) throws Exception {
    happen(events);
    inOneRound(watch::goAway);
    assertTrue(watch.going());
    Await.until("it goes", () -> seen.equals("cut") ? !wire.tcp.isOpen() : wire.closing.begun());
    assertEquals(seen, seen());
  }

  @Test
  void whatIsBehindARequestIsReadPastAtTheSecondPass() throws Exception {
    happen("get behind");
    watch.sweep(in(0));
    assertTrue(wire.readingPaused());
    watch.sweep(in(0));
    Await.until("it is read past", () -> !wire.readingPaused());
    happen("answer");
    assertEquals("204", seen());
  }

  @ParameterizedTest
  @CsvSource({
    // events        is refused, or cut
    "open,           ends,  stays",
    "begin,          ends,  stays",
    "get,            503,   cut",
    "get head,       ends,  cut",
    "get upgrade,    cut,   cut",
    "get socket,     ends,  stays",
    "much,           '',    cut",
  })
  void itEndsWithThePort(String events, String refused, String cut) throws Exception {
    happen(events);
    if (!refused.isEmpty()) {
      watch.end(new RequestListener.Refusal(503, Headers.EMPTY, "the server is going"));
      assertEquals(refused, seen());
    }
    close();
    open();
    serve();
    happen(events);
    watch.cutIfBusy();
    assertEquals(cut, seen());
  }
}
