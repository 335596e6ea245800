package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.server.keys.ClientScope;
import wsp.server.keys.KeyDigest;
import wsp.server.keys.NamedKey;
import wsp.server.listener.RequestListener.Welcome;
import wsp.server.tunnel.v1.ScriptedSocket;

/** Keys of clients: of their own, limited, and withdrawn. */
class RegisterKeysTest extends RegisterFixture {
  private static final String OFFER = "Sec-WebSocket-Protocol";

  @Test
  void aClientMayHaveAKeyOfItsOwnBesideTheSecret() {
    NamedKey own = new NamedKey("red", KeyDigest.of("Own"));
    RegisterEndpoint both = endpointOf(terms(SECRET, 9, own));
    assertEquals("", connected(both, "X-SECRET-KEY", SECRET).admitted.key().name());
    assertEquals("red", connected(both, "X-SECRET-KEY", "Own").admitted.key().name());
    assertEquals(526, refusal(both).orElseThrow().status());
  }

  @Test
  void withKeysOfTheirOwnAndNoSecretNobodyElseRegisters() {
    NamedKey old = new NamedKey("red", KeyDigest.of("Old"));
    NamedKey next = new NamedKey("red", KeyDigest.of("Next"));
    RegisterEndpoint named = endpointOf(terms("", 9, old, next));
    assertTrue(refusal(named, "X-SECRET-KEY", "Old").isEmpty());
    assertTrue(refusal(named, "X-SECRET-KEY", "Next").isEmpty());
    for (String other : List.of("", "old", "OldNext", "Old "))
      assertEquals(526, refusal(named, "X-SECRET-KEY", other).orElseThrow().status(), other);
    assertEquals(526, refusal(named).orElseThrow().status());
    assertEquals(
        526, refusal(named, "X-SECRET-KEY", "Old", "X-SECRET-KEY", "Old").orElseThrow().status());
  }

  @Test
  void aWithdrawnKeyClosesItsConnectionsTheBusyOnesAfterTheirExchange() {
    NamedKey red = new NamedKey("red", KeyDigest.of("Red"));
    NamedKey blue = new NamedKey("blue", KeyDigest.of("Blue"));
    RegisterEndpoint endpoint = endpointOf(terms("", 9, red, blue));
    PooledConnection greeting = connected(endpoint, "X-SECRET-KEY", "Red");
    PooledConnection busy = connected(endpoint, "X-SECRET-KEY", "Red");
    busy.onText("r_9", true);
    assertEquals(busy, f.lease());
    PooledConnection idle = connected(endpoint, "X-SECRET-KEY", "Red");
    idle.onText("r_9", true);
    PooledConnection other = connected(endpoint, "X-SECRET-KEY", "Blue");
    other.onText("b_9", true);

    endpoint.change(terms("", 9, blue));
    assertEquals(1008, PoolsFixture.socket(greeting).closeCode);
    assertEquals(1008, PoolsFixture.socket(idle).closeCode);
    assertTrue(busy.socket().isOpen(), "its exchange is cut");
    assertEquals(new PoolCounts(2, 1, 1), f.pools.counts());
    assertEquals(526, refusal(endpoint, "X-SECRET-KEY", "Red").orElseThrow().status());

    f.pools.release(busy, 1);
    assertEquals(1008, PoolsFixture.socket(busy).closeCode);
    assertTrue(other.socket().isOpen());
    assertEquals(new PoolCounts(1, 1, 0), f.pools.counts());
  }

  @Test
  void whoGreetsAfterItsKeyWasWithdrawnIsClosed() {
    NamedKey red = new NamedKey("red", KeyDigest.of("Red"));
    RegisterEndpoint endpoint = endpointOf(terms(SECRET, 9, red));
    if (!(endpoint.judge(head("X-SECRET-KEY", "Red"), "r", false) instanceof Welcome w))
      throw new AssertionError("it is refused");
    endpoint.change(terms(SECRET, 9));
    PooledConnection late = (PooledConnection) w.onConnected().apply(new ScriptedSocket());
    late.onText("r_9", true);
    assertEquals(1008, PoolsFixture.socket(late).closeCode);
    assertEquals(0, f.pools.counts().clients());
  }

  @Test
  void aKeyThatOnlyChangesItsNameKeepsItsConnections() {
    RegisterEndpoint endpoint = endpoint(SECRET, 9);
    PooledConnection c = connected(endpoint, "X-SECRET-KEY", SECRET);
    c.onText("r_9", true);
    endpoint.change(terms("Other", 9, new NamedKey("red", KeyDigest.of(SECRET))));
    assertTrue(c.socket().isOpen());
    endpoint.change(terms("Other", 9));
    assertFalse(c.socket().isOpen());
  }

  @Test
  void aKeyThatComesBackKeepsWhoIsStillBusy() {
    NamedKey red = new NamedKey("red", KeyDigest.of("Red"));
    RegisterEndpoint endpoint = endpointOf(terms(SECRET, 9, red));
    PooledConnection busy = connected(endpoint, "X-SECRET-KEY", "Red");
    busy.onText("r_9", true);
    f.lease();
    endpoint.change(terms(SECRET, 9));
    endpoint.change(terms(SECRET, 9, red));
    f.pools.release(busy, 1);
    assertTrue(busy.socket().isOpen());
  }

  private static NamedKey limited(String ids, String labels) {
    return new NamedKey("red", KeyDigest.of("Red"), new ClientScope(list(ids), list(labels)));
  }

  private static List<String> list(String words) {
    if (words == null) return null;
    return words.isEmpty() ? List.of() : List.of(words.split(" "));
  }

  @Test
  void aKeyMayBeLimitedToLabels() {
    RegisterEndpoint endpoint = endpointOf(terms(SECRET, 9, limited(null, "red blue")));
    String[] some = {"X-SECRET-KEY", "Red", OFFER, "wsp.labels", "X-PROXY-LABELS", "blue"};
    String[] more = {"X-SECRET-KEY", "Red", OFFER, "wsp.labels", "X-PROXY-LABELS", "blue,green"};
    assertEquals(List.of("blue"), connected(endpoint, some).admitted.labels());
    assertEquals(403, refusal(endpoint, more).orElseThrow().status());
    assertTrue(refusal(endpoint, "X-SECRET-KEY", "Red").isEmpty(), "it need not offer any");
    more[1] = SECRET;
    assertTrue(refusal(endpoint, more).isEmpty(), "another key is not limited");
  }

  @Test
  void aKeyMayBeLimitedToIds() {
    RegisterEndpoint endpoint = endpointOf(terms(SECRET, 9, limited("a b_c", null)));
    PooledConnection other = connected(endpoint, "X-SECRET-KEY", "Red");
    other.onText("red_1", true);
    assertEquals(1008, PoolsFixture.socket(other).closeCode);
    PooledConnection own = connected(endpoint, "X-SECRET-KEY", "Red");
    own.onText("b_c_1", true);
    PooledConnection any = connected(endpoint, "X-SECRET-KEY", SECRET);
    any.onText("red_1", true);
    assertEquals(new PoolCounts(2, 2, 0), f.pools.counts());
  }

  @Test
  void whatAKeyMayNotClaimAnyMoreIsClosed() {
    RegisterEndpoint endpoint = endpointOf(terms(SECRET, 9, limited(null, null)));
    String[] labelled = {"X-SECRET-KEY", "Red", OFFER, "wsp.labels", "X-PROXY-LABELS", "blue"};
    PooledConnection greeting = connected(endpoint, labelled);
    PooledConnection blue = connected(endpoint, labelled);
    blue.onText("a_1", true);
    PooledConnection plain = connected(endpoint, "X-SECRET-KEY", "Red");
    plain.onText("b_1", true);
    endpoint.change(terms(SECRET, 9, limited(null, "red blue")));
    assertTrue(blue.socket().isOpen() && greeting.socket().isOpen());
    endpoint.change(terms(SECRET, 9, limited(null, "")));
    assertFalse(blue.socket().isOpen());
    assertFalse(greeting.socket().isOpen());
    assertTrue(plain.socket().isOpen());
    endpoint.change(terms(SECRET, 9, limited("a", "")));
    assertFalse(plain.socket().isOpen());
  }

  /** It has greeted, and is not the pools' yet, when the keys change. */
  @Test
  void whatWasAdmittedByAKeyThatIsGoneServesNobody() {
    PooledConnection c = f.connection("a");
    f.endpoint.change(terms(SECRET, 10));
    assertNotNull(f.pools.register(c, "a", 1, 0));
    assertEquals(0, f.pools.counts().idle());
  }
}
