package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;
import wsp.server.listener.RequestHead;
import wsp.server.listener.RequestListener.Refusal;
import wsp.server.listener.RequestListener.Welcome;

class RegisterEndpointTest {
  private static final String SECRET = "ThisIsASecret";

  private final PoolsFixture f = new PoolsFixture();

  private RegisterEndpoint endpoint(String secret, int maxGreeting) {
    return new RegisterEndpoint(terms(secret, maxGreeting), f.pools);
  }

  private static RegisterEndpoint.Terms terms(String secret, int maxGreeting, NamedKey... named) {
    return new RegisterEndpoint.Terms(
        new ClientKeys(secret, List.of(named)), false, Duration.ofSeconds(10), maxGreeting);
  }

  private static RequestHead head(String... fields) {
    return new RequestHead("GET", "/register", "/register", true, Headers.of(fields), 0);
  }

  private Optional<Refusal> judge(String secret, String... fields) {
    return refusal(endpoint(secret, 10), fields);
  }

  private static Optional<Refusal> refusal(RegisterEndpoint endpoint, String... fields) {
    return endpoint.judge(head(fields), "192.0.2.1:1", false) instanceof Refusal r
        ? Optional.of(r)
        : Optional.empty();
  }

  private static PooledConnection connected(RegisterEndpoint endpoint, String... fields) {
    if (endpoint.judge(head(fields), "192.0.2.1:1", false) instanceof Welcome w)
      return (PooledConnection) w.onConnected().apply(new ScriptedSocket());
    throw new AssertionError("it is refused");
  }

  @Test
  void theRightSecretIsWelcome() {
    assertTrue(judge(SECRET, "x-secret-key", SECRET).isEmpty());
    assertTrue(judge("geheim\u00e4", "X-SECRET-KEY", "geheim\u00e4").isEmpty());
  }

  @Test
  void whereACertificateIsAskedForLaterOnlyWhoHasShownOneStays() {
    RegisterEndpoint endpoint = endpoint(SECRET, 10);
    for (boolean verified : new boolean[] {true, false}) {
      RequestHead head = head("X-SECRET-KEY", SECRET);
      Welcome w = (Welcome) endpoint.judge(head, "192.0.2.1:1", verified);
      PooledConnection idle = (PooledConnection) w.onConnected().apply(new ScriptedSocket());
      idle.onText("a_1", true);
      PooledConnection greeting = (PooledConnection) w.onConnected().apply(new ScriptedSocket());
      endpoint.change(
          new RegisterEndpoint.Terms(
              new ClientKeys(SECRET, List.of()), true, Duration.ofSeconds(10), 10));
      assertEquals(verified, idle.socket().isOpen());
      assertEquals(verified, greeting.socket().isOpen());
      endpoint.change(terms(SECRET, 10));
    }
  }

  @Test
  void whereNoneIsConfiguredNoneIsNeededAndAnEmptyOneIsRight() {
    assertTrue(judge("").isEmpty());
    assertTrue(judge("", "X-SECRET-KEY", "").isEmpty());
    assertFalse(judge("", "X-SECRET-KEY", "x").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "thisisasecret",
        "THISISASECRET",
        "ThisIsASecre",
        "ThisIsASecretx",
        "ThisIsASecret ThisIsASecret",
        "ThisIsASecret,ThisIsASecret",
        "ThisIsASecret, ",
        "Wrong"
      })
  void anyOtherIsRefused(String given) {
    Refusal refusal = judge(SECRET, "X-SECRET-KEY", given).orElseThrow();
    assertEquals(526, refusal.status());
    assertEquals("Invalid X-SECRET-KEY", refusal.text());
  }

  @Test
  void aMissingOrRepeatedSecretIsRefused() {
    assertEquals(526, judge(SECRET).orElseThrow().status());
    assertEquals(
        526, judge(SECRET, "X-SECRET-KEY", SECRET, "X-Secret-Key", SECRET).orElseThrow().status());
    assertEquals(526, judge("", "X-SECRET-KEY", "", "X-SECRET-KEY", "").orElseThrow().status());
  }

  @Test
  void aPageInABrowserIsRefusedEvenWithTheSecret() {
    assertEquals(
        403, judge(SECRET, "X-SECRET-KEY", SECRET, "Origin", "http://h").orElseThrow().status());
  }

  @Test
  void whoHasNotGreetedIsCounted() {
    RegisterEndpoint endpoint = endpoint("", 1);
    PooledConnection c = connected(endpoint);
    assertEquals(503, refusal(endpoint).orElseThrow().status());
    c.onText("a_1", true);
    assertTrue(refusal(endpoint).isEmpty());
  }

  @Test
  void aGreetingInPiecesRegisters() {
    PooledConnection c = connected(endpoint("", 1));
    for (String part : List.of("client", "_", "", "7")) c.onText(part, false);
    assertEquals(0, f.pools.counts().idle());
    c.onText("", true);
    assertEquals(1, f.pools.counts().idle());
    assertEquals("client", c.clientId());
  }

  @Test
  void whoDoesNotGreetInTimeIsClosed() {
    RegisterEndpoint endpoint = endpoint("", 1);
    PooledConnection c = connected(endpoint);
    endpoint.sweep(c.openedAt() + Duration.ofSeconds(10).toNanos());
    assertTrue(c.socket().isOpen());
    endpoint.sweep(c.openedAt() + Duration.ofSeconds(10).toNanos() + 1);
    assertEquals(1008, PoolsFixture.socket(c).closeCode);
    assertTrue(refusal(endpoint).isEmpty(), "it is still counted");
  }

  @Test
  void aMessageOutOfTurnCostsTheConnection() {
    PooledConnection c = f.idle("a", 1, 0);
    c.onText("b_1", true);
    assertEquals(1002, PoolsFixture.socket(c).closeCode);
    assertEquals(0, f.pools.counts().clients());
  }

  @Test
  void aClientMayHaveAKeyOfItsOwnBesideTheSecret() {
    NamedKey own = new NamedKey("red", KeyDigest.of("Own"));
    RegisterEndpoint both = new RegisterEndpoint(terms(SECRET, 9, own), f.pools);
    assertEquals("", connected(both, "X-SECRET-KEY", SECRET).key().name());
    assertEquals("red", connected(both, "X-SECRET-KEY", "Own").key().name());
    assertEquals(526, refusal(both).orElseThrow().status());
  }

  @Test
  void withKeysOfTheirOwnAndNoSecretNobodyElseRegisters() {
    NamedKey old = new NamedKey("red", KeyDigest.of("Old"));
    NamedKey next = new NamedKey("red", KeyDigest.of("Next"));
    RegisterEndpoint named = new RegisterEndpoint(terms("", 9, old, next), f.pools);
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
    RegisterEndpoint endpoint = new RegisterEndpoint(terms("", 9, red, blue), f.pools);
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
    assertEquals(new ClientPools.Counts(2, 1, 1), f.pools.counts());
    assertEquals(526, refusal(endpoint, "X-SECRET-KEY", "Red").orElseThrow().status());

    f.pools.release(busy, 1);
    assertEquals(1008, PoolsFixture.socket(busy).closeCode);
    assertTrue(other.socket().isOpen());
    assertEquals(new ClientPools.Counts(1, 1, 0), f.pools.counts());
  }

  @Test
  void whoGreetsAfterItsKeyWasWithdrawnIsClosed() {
    NamedKey red = new NamedKey("red", KeyDigest.of("Red"));
    RegisterEndpoint endpoint = new RegisterEndpoint(terms(SECRET, 9, red), f.pools);
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
    RegisterEndpoint endpoint = new RegisterEndpoint(terms(SECRET, 9, red), f.pools);
    PooledConnection busy = connected(endpoint, "X-SECRET-KEY", "Red");
    busy.onText("r_9", true);
    f.lease();
    endpoint.change(terms(SECRET, 9));
    endpoint.change(terms(SECRET, 9, red));
    f.pools.release(busy, 1);
    assertTrue(busy.socket().isOpen());
  }
}
