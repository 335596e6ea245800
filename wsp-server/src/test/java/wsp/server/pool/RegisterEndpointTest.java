package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.limit.Refusals;
import wsp.server.keys.ClientKeys;
import wsp.server.keys.ClientScope;
import wsp.server.keys.KeyDigest;
import wsp.server.keys.NamedKey;
import wsp.server.listener.RequestListener.Refusal;
import wsp.server.listener.RequestListener.Welcome;
import wsp.server.tunnel.v1.ScriptedSocket;

class RegisterEndpointTest {
  private static final String SECRET = "ThisIsASecret";

  private final PoolsFixture f = new PoolsFixture();

  private RegisterEndpoint endpoint(String secret, int maxGreeting) {
    return new RegisterEndpoint(
        terms(secret, maxGreeting), f.pools, new RefusedRegistrations(new Refusals()));
  }

  private static RegisterTerms terms(String secret, int maxGreeting, NamedKey... named) {
    return new RegisterTerms(
        new ClientKeys(secret, List.of(named)), false, Duration.ofSeconds(10), maxGreeting, null);
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
          new RegisterTerms(
              new ClientKeys(SECRET, List.of()), true, Duration.ofSeconds(10), 10, null));
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
    RegisterEndpoint both =
        new RegisterEndpoint(
            terms(SECRET, 9, own), f.pools, new RefusedRegistrations(new Refusals()));
    assertEquals("", connected(both, "X-SECRET-KEY", SECRET).admitted().key().name());
    assertEquals("red", connected(both, "X-SECRET-KEY", "Own").admitted().key().name());
    assertEquals(526, refusal(both).orElseThrow().status());
  }

  @Test
  void withKeysOfTheirOwnAndNoSecretNobodyElseRegisters() {
    NamedKey old = new NamedKey("red", KeyDigest.of("Old"));
    NamedKey next = new NamedKey("red", KeyDigest.of("Next"));
    RegisterEndpoint named =
        new RegisterEndpoint(
            terms("", 9, old, next), f.pools, new RefusedRegistrations(new Refusals()));
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
    RegisterEndpoint endpoint =
        new RegisterEndpoint(
            terms("", 9, red, blue), f.pools, new RefusedRegistrations(new Refusals()));
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
    RegisterEndpoint endpoint =
        new RegisterEndpoint(
            terms(SECRET, 9, red), f.pools, new RefusedRegistrations(new Refusals()));
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
    RegisterEndpoint endpoint =
        new RegisterEndpoint(
            terms(SECRET, 9, red), f.pools, new RefusedRegistrations(new Refusals()));
    PooledConnection busy = connected(endpoint, "X-SECRET-KEY", "Red");
    busy.onText("r_9", true);
    f.lease();
    endpoint.change(terms(SECRET, 9));
    endpoint.change(terms(SECRET, 9, red));
    f.pools.release(busy, 1);
    assertTrue(busy.socket().isOpen());
  }

  private static final String OFFER = "Sec-WebSocket-Protocol";

  private static NamedKey limited(String ids, String labels) {
    return new NamedKey("red", KeyDigest.of("Red"), new ClientScope(list(ids), list(labels)));
  }

  private static List<String> list(String words) {
    if (words == null) return null;
    return words.isEmpty() ? List.of() : List.of(words.split(" "));
  }

  private static Welcome welcome(RegisterEndpoint endpoint, String... fields) {
    return (Welcome) endpoint.judge(head(fields), "192.0.2.1:1", false);
  }

  @Test
  void labelsThatAreOfferedAreTakenAndTheOfferIsAnswered() {
    RegisterEndpoint endpoint = endpoint("", 9);
    for (String offer : List.of("wsp.labels", "wsp.9, wsp.labels", " wsp.labels ,x")) {
      String[] fields = {OFFER, offer, "X-Proxy-Labels", "red, blue"};
      assertEquals("wsp.labels", welcome(endpoint, fields).subprotocol());
      assertEquals(List.of("red", "blue"), connected(endpoint, fields).admitted().labels());
    }
  }

  @Test
  void withoutTheOfferTheFieldMeansNothing() {
    RegisterEndpoint endpoint = endpoint("", 9);
    for (String offer : List.of("", "wsp.Labels", "wsp.label", "wsp.labels.2")) {
      String[] fields = {OFFER, offer, "X-PROXY-LABELS", "no list of words"};
      assertNull(welcome(endpoint, fields).subprotocol());
      assertEquals(List.of(), connected(endpoint, fields).admitted().labels());
    }
    assertNull(welcome(endpoint).subprotocol());
  }

  @Test
  void anOfferWithoutProperLabelsIsRefusedBeforeTheHandshake() {
    RegisterEndpoint endpoint = endpoint("", 9);
    for (String labels : List.of("", ",", "a b", "a,,b", "x".repeat(65), "a,".repeat(16) + "a")) {
      Refusal r = refusal(endpoint, OFFER, "wsp.labels", "X-PROXY-LABELS", labels).orElseThrow();
      assertEquals(400, r.status());
      assertTrue(r.text().startsWith("X-PROXY-LABELS: "), r.text());
    }
    assertEquals(400, refusal(endpoint, OFFER, "wsp.labels").orElseThrow().status());
    String[] twice = {OFFER, "wsp.labels", "X-PROXY-LABELS", "a", "X-PROXY-LABELS", "b"};
    assertEquals(400, refusal(endpoint, twice).orElseThrow().status());
  }

  @Test
  void theSecretIsJudgedBeforeTheLabels() {
    assertEquals(526, judge(SECRET, OFFER, "wsp.labels", "X-PROXY-LABELS", "a b").get().status());
  }

  @Test
  void aKeyMayBeLimitedToLabels() {
    RegisterEndpoint endpoint =
        new RegisterEndpoint(
            terms(SECRET, 9, limited(null, "red blue")),
            f.pools,
            new RefusedRegistrations(new Refusals()));
    String[] some = {"X-SECRET-KEY", "Red", OFFER, "wsp.labels", "X-PROXY-LABELS", "blue"};
    String[] more = {"X-SECRET-KEY", "Red", OFFER, "wsp.labels", "X-PROXY-LABELS", "blue,green"};
    assertEquals(List.of("blue"), connected(endpoint, some).admitted().labels());
    assertEquals(403, refusal(endpoint, more).orElseThrow().status());
    assertTrue(refusal(endpoint, "X-SECRET-KEY", "Red").isEmpty(), "it need not offer any");
    more[1] = SECRET;
    assertTrue(refusal(endpoint, more).isEmpty(), "another key is not limited");
  }

  @Test
  void aKeyMayBeLimitedToIds() {
    RegisterEndpoint endpoint =
        new RegisterEndpoint(
            terms(SECRET, 9, limited("a b_c", null)),
            f.pools,
            new RefusedRegistrations(new Refusals()));
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
    RegisterEndpoint endpoint =
        new RegisterEndpoint(
            terms(SECRET, 9, limited(null, null)),
            f.pools,
            new RefusedRegistrations(new Refusals()));
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
