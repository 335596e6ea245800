package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.http1.RequestHead;
import wsp.server.keys.ClientKeys;
import wsp.server.listener.RequestListener.Refusal;
import wsp.server.listener.RequestListener.Welcome;
import wsp.server.tunnel.v1.ScriptedSocket;

class RegisterEndpointTest extends RegisterFixture {
  private Optional<Refusal> judge(String secret, String... fields) {
    return refusal(endpoint(secret, 10), fields);
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
    endpoint.sweep(c.openedAt + Duration.ofSeconds(10).toNanos());
    assertTrue(c.socket().isOpen());
    endpoint.sweep(c.openedAt + Duration.ofSeconds(10).toNanos() + 1);
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

  private static final String OFFER = "Sec-WebSocket-Protocol";

  private static Welcome welcome(RegisterEndpoint endpoint, String... fields) {
    return (Welcome) endpoint.judge(head(fields), "192.0.2.1:1", false);
  }

  @Test
  void labelsThatAreOfferedAreTakenAndTheOfferIsAnswered() {
    RegisterEndpoint endpoint = endpoint("", 9);
    for (String offer : List.of("wsp.labels", "wsp.9, wsp.labels", " wsp.labels ,x")) {
      String[] fields = {OFFER, offer, "X-Proxy-Labels", "red, blue"};
      assertEquals(
          "wsp.labels", welcome(endpoint, fields).fields().first("Sec-WebSocket-Protocol"));
      assertEquals(List.of("red", "blue"), connected(endpoint, fields).admitted.labels());
    }
  }

  @Test
  void withoutTheOfferTheFieldMeansNothing() {
    RegisterEndpoint endpoint = endpoint("", 9);
    for (String offer : List.of("", "wsp.Labels", "wsp.label", "wsp.labels.2")) {
      String[] fields = {OFFER, offer, "X-PROXY-LABELS", "no list of words"};
      assertNull(welcome(endpoint, fields).fields().first("Sec-WebSocket-Protocol"));
      assertEquals(List.of(), connected(endpoint, fields).admitted.labels());
    }
    assertNull(welcome(endpoint).fields().first("Sec-WebSocket-Protocol"));
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
}
