package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.limit.Budget;
import wsp.testing.Await;

/** What a connection is to the server where memory is short, and how it makes room. */
@Timeout(30)
class GivingWayTest extends CallerFixture {
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
    "post answer part, 3",
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
    "post answer,           NOBODY",
    "post answer part,      NOBODY",
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
    CallerMemory.Owner stranger = new CallerMemory.Owner(watch, false);
    assertEquals(stranger, watch.owner());
    happen("get key");
    assertEquals(new CallerMemory.Owner("key", true), watch.owner());
    happen("answer");
    assertEquals(new CallerMemory.Owner("key", true), watch.owner());
    happen("get");
    assertEquals(stranger, watch.owner());
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

  /** It has spoken since its socket took nothing, and that is not why. */
  @Test
  void aLinkThatGivesWayIsNotToldAsOneThatTakesNothing() throws Exception {
    List<Integer> codes = new CopyOnWriteArrayList<>();
    happen("get");
    WireSocket link = new WireSocket(wire);
    link.open(new Codes(codes));
    inOneRound(() -> connection.upgradeTo(link));
    happen("known much");
    inOneRound(() -> link.read(ByteBuffer.allocate(0)));
    inOneRound(watch::goAway);
    Await.until("it is cut", () -> !codes.isEmpty());
    assertEquals(List.of(WebSocketConnection.Listener.MAKES_ROOM), codes);
  }

  private record Codes(List<Integer> heard) implements WebSocketConnection.Listener {
    @Override
    public void onText(String part, boolean last) {}

    @Override
    public void onBinary(ByteBuffer part, boolean last) {}

    @Override
    public void onReadComplete() {}

    @Override
    public void onClosed(String reason, int code) {
      heard.add(code);
    }
  }
}
