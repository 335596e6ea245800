package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.server.listener.RequestListener.Welcome;
import wsp.server.tunnel.v1.ScriptedSocket;

/**
 * One party, whatever ids it gives its clients, leaves places for others that have next to none.
 */
class KeptPlacesTest {
  private static final int MOST = 80;
  private static final int KEPT = 10;

  private final PoolsFixture f = new PoolsFixture(MOST, MOST, 100);

  private PooledConnection connection(String party, int i) {
    PooledConnection c = f.connection(party + i % 3);
    PoolsFixture.socket(c).network = party;
    return c;
  }

  /** One of a party comes, which has several ids; null if it is in. */
  private String comes(String party, int i) {
    return comes(connection(party, i));
  }

  private String comes(PooledConnection c) {
    return f.pools.register(c, c.clientId(), 1, 0);
  }

  private int asManyAsMay(String party) {
    int in = 0;
    while (comes(party, in) == null) in++;
    return in;
  }

  @Test
  void onePartyThatTakesAllItCanLeavesTheLastToTheNextOnes() {
    assertEquals(MOST - KEPT, asManyAsMay("evil"));
    assertEquals(
        "there are 70 connections already, and the last are for other clients", comes("evil", 0));
    for (int i = 0; i < KEPT / 2; i++) assertEquals(2, asManyAsMay("honest" + i));
    assertEquals("there are 80 connections already", comes("another", 0));
  }

  /** Connections that file descriptors suffice for, and how many of those one party may have. */
  @ParameterizedTest
  @CsvSource({"1000, 70", "80, 70", "40, 35", "9, 8", "8, 7", "7, 7", "1, 1"})
  void theyAreKeptOfWhatFileDescriptorsSufficeForToo(long places, int one) {
    f.pools.places(places);
    assertEquals(one, asManyAsMay("evil"));
    assertEquals(Math.min(places, MOST) > one, comes("honest", 0) == null);
  }

  @Test
  void whoHasNoneThatIsKeptHasAllTheSameAfterARestart() {
    assertEquals(MOST - KEPT, asManyAsMay("evil"));
    PooledConnection first = connection("honest", 0);
    assertNull(comes(first));
    f.pools.remove(first);
    assertNotNull(comes("evil", 0));
    assertEquals(2, asManyAsMay("honest"));
  }

  private PooledConnection greets(String network) {
    ScriptedSocket socket = new ScriptedSocket();
    socket.network = network;
    Welcome w = (Welcome) f.endpoint.judge(RegisterFixture.head(), network + ":1", false);
    return (PooledConnection) w.onConnected().apply(socket);
  }

  @Test
  void whoHasManyThatDoNotGreetLosesTheEldestWhereNoPlaceIsLeft() {
    f.pools.places(32);
    PooledConnection honest = greets("192.0.2.1");
    List<PooledConnection> evil = new ArrayList<>();
    for (int i = 0; i < 50; i++) evil.add(greets("192.0.2.2"));
    // Of 32, four are kept, and two of those for ones that have not greeted.
    for (int i = 0; i < 50; i++) assertEquals(i >= 22, evil.get(i).socket().isOpen(), "" + i);
    honest.onText("h_1", true);
    assertTrue(honest.isIn());
    assertFalse(evil.get(0).isIn());
  }

  @Test
  void whoHasOneThatHasNotGreetedKeepsIt() {
    f.pools.places(16);
    List<PooledConnection> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) all.add(greets("192.0.2." + i));
    for (PooledConnection c : all) assertTrue(c.socket().isOpen());
  }
}
