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

class RegisterEndpointTest {
  private static final String SECRET = "ThisIsASecret";

  private final PoolsFixture f = new PoolsFixture();

  private RegisterEndpoint endpoint(String secret, int maxGreeting) {
    return new RegisterEndpoint(secret, Duration.ofSeconds(10), maxGreeting, f.pools);
  }

  private static RequestHead head(String... fields) {
    return new RequestHead("GET", "/register", "/register", true, Headers.of(fields), 0);
  }

  private Optional<Refusal> judge(String secret, String... fields) {
    return endpoint(secret, 10).judge(head(fields), "192.0.2.1:1");
  }

  @Test
  void theRightSecretIsWelcome() {
    assertTrue(judge(SECRET, "x-secret-key", SECRET).isEmpty());
    assertTrue(judge("geheim\u00e4", "X-SECRET-KEY", "geheim\u00e4").isEmpty());
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
    PooledConnection c = (PooledConnection) endpoint.connected(new ScriptedSocket());
    assertEquals(503, endpoint.judge(head(), "r").orElseThrow().status());
    c.onText("a_1", true);
    assertTrue(endpoint.judge(head(), "r").isEmpty());
  }

  @Test
  void aGreetingInPiecesRegisters() {
    PooledConnection c = (PooledConnection) endpoint("", 1).connected(new ScriptedSocket());
    for (String part : List.of("client", "_", "", "7")) c.onText(part, false);
    assertEquals(0, f.pools.counts().idle());
    c.onText("", true);
    assertEquals(1, f.pools.counts().idle());
    assertEquals("client", c.clientId());
  }

  @Test
  void whoDoesNotGreetInTimeIsClosed() {
    RegisterEndpoint endpoint = endpoint("", 1);
    PooledConnection c = (PooledConnection) endpoint.connected(new ScriptedSocket());
    endpoint.sweep(c.openedAt() + Duration.ofSeconds(10).toNanos());
    assertTrue(c.socket().isOpen());
    endpoint.sweep(c.openedAt() + Duration.ofSeconds(10).toNanos() + 1);
    assertEquals(1008, PoolsFixture.socket(c).closeCode);
    assertTrue(endpoint.judge(head(), "r").isEmpty(), "it is still counted");
  }

  @Test
  void aMessageOutOfTurnCostsTheConnection() {
    PooledConnection c = f.idle("a", 1, 0);
    c.onText("b_1", true);
    assertEquals(1002, PoolsFixture.socket(c).closeCode);
    assertEquals(0, f.pools.counts().clients());
  }
}
