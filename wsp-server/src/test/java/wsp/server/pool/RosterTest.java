package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.server.pool.PooledConnection.State;

/** Three connections at most, two of one client; a client that leaves is expected for 10. */
class RosterTest {
  private final PoolsFixture f = new PoolsFixture();
  private final ClientGroups groups = new ClientGroups();
  private final KnownClients clients = new KnownClients(groups);
  private final Allotment allotment = new Allotment(groups, n -> 0);
  private final Roster roster =
      new Roster(
          groups, clients, new PoolTerms(3, 2, 10, 1 << 20, Balance.RANDOM, Duration.ofNanos(10)));
  private final Map<String, PooledConnection> connections = new TreeMap<>();

  RosterTest() {
    clients.expectedNanos = 10;
  }

  private PooledConnection connection(String name) {
    PooledConnection c = connections.computeIfAbsent(name, n -> f.connection(client(n)));
    PoolsFixture.socket(c).network = party(name);
    return c;
  }

  /** That of connection a1 is a. */
  private static String client(String connection) {
    return connection.substring(0, 1);
  }

  /** Whose it is: most have one client, and x has all that are named by capitals. */
  private static String party(String connection) {
    return Character.isUpperCase(connection.charAt(0)) ? "x" : client(connection);
  }

  private List<Waiting> enter(String name, long now) {
    return roster.enter(roster.pool(client(name)), connection(name), 0, now);
  }

  /**
   * Events as {@code +a1}: it comes; {@code *a}: one of a is leased; {@code .a1}: it is idle;
   * {@code -a1}: it goes; {@code !a}: the connections of a are withdrawn; {@code #}: a drain;
   * {@code ~}: a pass of maintenance, which no idle connection survives.
   *
   * @return which connections are to be closed
   */
  private List<String> happen(String events) {
    List<PooledConnection> closed = new ArrayList<>();
    for (String event : events.split(" ")) {
      String name = event.substring(1);
      switch (event.charAt(0)) {
        case '+' -> enter(name, 0);
        case '*' -> allotment.take(clients.group(name));
        case '.' -> roster.idle(roster.pool(client(name)), connection(name), 0);
        case '-' -> roster.remove(connection(name), true, 0);
        case '!' -> closed.addAll(roster.withdraw(c -> c.clientId().equals(name)).closed());
        case '#' -> closed.addAll(roster.drain().closed());
        case '~' -> {
          Roster.Gone gone = new Roster.Gone();
          for (ClientPool pool : clients.here()) roster.evict(pool, 0, 0, gone);
          closed.addAll(gone.closed());
        }
        default -> throw new AssertionError(event);
      }
    }
    return connections.entrySet().stream()
        .filter(c -> closed.contains(c.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // before        next  why it may not come in
    "+a1,            b1,   ''",
    "+a1,            a2,   ''",
    "+a1 +a2,        a3,   this client has 2 connections already",
    "+a1 +a2,        b1,   ''",
    "+a1 *a +a2,     a3,   this client has 2 connections already",
    "+a1 +a2 -a1,    a3,   ''",
    "+a1 +a2 +b1,    b2,   there are 3 connections already",
    "+a1 +a2 +b1,    a3,   there are 3 connections already",
    "+a1 +a2 +b1 !a, b2,   ''",
    "+a1 +a2 +b1 ~,  b2,   ''",
    "+a1,            a1,   it is closed",
    "+a1 -a1,        a1,   it is closed",
    "-a1,            a1,   it is closed",
    "+a1 #,          b1,   the server is shutting down",
  })
  void whoMayComeIn(String before, String next, String objection) {
    happen(before);
    String told = roster.objection(connection(next), client(next));
    assertEquals(objection, told == null ? "" : told);
  }

  @ParameterizedTest
  @CsvSource({
    // before,  bytes of each, next, is refused
    "+a1,       200000,        a2,   false",
    "+a1,       500000,        a2,   true",
    "+a1,       500000,        b1,   false",
    "+a1 +b1,   390000,        a2,   true",
    "+a1 +b1,   390000,        c1,   false",
    "+a1 +b1,   400000,        c1,   true",
    "+A1,       500000,        B1,   true",
    "+A1,       500000,        b1,   false",
    "+A1 +B1,   190000,        C1,   false",
    "+A1 +B1,   200000,        C1,   true",
    "+A1 +B1,   200000,        c1,   false",
    "+A1 +B1 -A1 -B1, 200000,  C1,   false",
  })
  void threeQuartersOfTheMemoryAreForConnections(
      String before, int bytes, String next, boolean refused) {
    for (String event : before.split(" "))
      PoolsFixture.socket(connection(event.substring(1))).bytes = bytes;
    happen(before);
    String told = roster.objection(connection(next), client(next));
    assertEquals(refused ? "its connections have no room in envelopememory" : null, told);
  }

  @ParameterizedTest
  @CsvSource({
    // events           closed   in       registered lost
    "+a1,               '',      a1,      1,         0",
    "+a1 -a1,           '',      '',      1,         1",
    "+a1 -a1 -a1,       '',      '',      1,         1",
    "-a1,               '',      '',      0,         0",
    "+a1 *a -a1,        '',      '',      1,         1",
    "+a1 ~,             a1,      '',      1,         0",
    "+a1 *a ~,          '',      a1,      1,         0",
    "+a1 *a .a1 ~,      a1,      '',      1,         0",
    "+a1 +b1 !a,        a1,      b1,      2,         0",
    "+a1 *a !a,         '',      a1,      1,         0",
    "+a1 *a !a -a1,     '',      '',      1,         0",
    "+a1 *a !a !b -a1,  '',      '',      1,         1",
    "+a1 +b1 *a #,      b1,      a1,      2,         0",
    "+a1 *a # -a1,      '',      '',      1,         0",
    "# ,                '',      '',      0,         0",
  })
  void howTheyGo(String events, String closed, String in, long registered, long lost) {
    assertEquals(closed, String.join(" ", happen(events)));
    List<String> left =
        connections.entrySet().stream()
            .filter(c -> roster.all().contains(c.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    assertEquals(in, String.join(" ", left));
    assertEquals(registered, roster.registered);
    assertEquals(lost, roster.lost);
    connections.forEach((n, c) -> assertEquals(left.contains(n), c.isIn(), n));
  }

  @ParameterizedTest
  @CsvSource({
    "+a1, 1",
    "#, 0",
    "+a1 -a1, 1",
    "+a1 -a1 #, 0",
    "+a1 #, 0",
    "+a1 *a #, 1",
    "+a1 *a # -a1, 0",
    "+a1 *a +b1 *b # -a1, 1",
    "+a1 *a +b1 *b # -a1 -b1, 0",
  })
  void aDrainIsOverWhenNoneIsIn(String events, long awaited) {
    happen(events);
    assertEquals(awaited, roster.drained.getCount());
  }

  @ParameterizedTest
  @CsvSource({
    // events     who waits for a has no client any more
    "-a1,         false",
    "*a -a1,      false",
    "!a,          true",
    "*a !a -a1,   true",
    "#,           true",
  })
  void aClientThatIsSentAwayIsNotExpectedBack(String events, boolean hopeless) {
    happen("+a1");
    groups.await(clients.group("a"), new PoolsFixture.Asker("a"), 100);
    happen(events);
    assertEquals(hopeless ? 0 : 1, groups.waiting());
    assertEquals(!hopeless, clients.group("a").isOpen());
  }

  @Test
  void aConnectionThatIsOutIsClosedForGood() {
    happen("+a1 *a -a1");
    assertEquals(State.CLOSED, connection("a1").state);
    assertEquals(List.of(), roster.remove(connection("a1"), true, 0));
  }

  @Test
  void aLinkThatCarriesStreamsIsToldAndNotClosed() {
    PooledConnection link = f.greetingLink("v");
    connections.put("v1", link);
    happen("+v1 *v");
    Roster.Gone gone = roster.withdraw(c -> true);
    assertEquals(List.of(link), gone.informed());
    assertEquals(List.of(), gone.closed());
    assertNull(allotment.take(clients.group("v")), "it gets no other stream");
    assertEquals(List.of(link), roster.drain().informed());
  }
}
