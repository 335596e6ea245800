package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.client.FakeServer.Answer;
import wsp.client.origin.Failure;
import wsp.config.ErrorCodes;
import wsp.envelope.Headers;
import wsp.testing.Await;

/** Every row of the table, as it is met: what the server gets, and what is counted. */
class ProvokedFailuresTest {
  /** Not the fault of anybody out there; see below. */
  private static final Set<Failure> OUR_OWN =
      EnumSet.of(
          Failure.INTERNAL,
          Failure.NO_DESCRIPTOR,
          Failure.NO_PORT,
          Failure.NO_NAME_SERVER,
          Failure.NO_MEMORY,
          Failure.TOO_MUCH_TO_JUDGE);

  /** Met on version 2 of the wire alone: {@code SharedLinkTest}. */
  private static final Failure OF_VERSION_2 = Failure.UPGRADE;

  @Test
  void everyFailureHasAPartyThatProvokesIt() {
    EnumSet<Failure> provoked = EnumSet.copyOf(OUR_OWN);
    provoked.add(OF_VERSION_2);
    Arrays.stream(BadOrigin.values()).forEach(o -> provoked.add(o.provoked));
    assertEquals(EnumSet.allOf(Failure.class), provoked, "a new failure needs a BadOrigin");
  }

  @ParameterizedTest
  @EnumSource
  void theServerGetsItsRowAndItIsCounted(BadOrigin origin) throws Exception {
    getsItsRow(origin, ErrorCodes.LEGACY);
  }

  @ParameterizedTest
  @EnumSource
  void withStandardCodesTheServerGetsTheOtherStatus(BadOrigin origin) throws Exception {
    getsItsRow(origin, ErrorCodes.STANDARD);
  }

  private static void getsItsRow(BadOrigin origin, ErrorCodes codes) throws Exception {
    String[] configuration = Arrays.copyOf(origin.configuration, origin.configuration.length + 1);
    configuration[configuration.length - 1] = "errorcodes: " + codes;
    try (ClientFixture f = new ClientFixture(configuration)) {
      Peer peer = f.healthy();
      origin.meet(
          f,
          peer,
          (url, fields) -> {
            peer.request(origin.method(), url, new byte[0], fields);
            isError(f, peer, origin.provoked, codes);
          });
      Await.until(
          "it is counted: " + f.client.failures().text(),
          ClientFixture.SOON,
          () -> f.client.failures().text().equals("1 " + origin.provoked));
    }
  }

  private static void isError(ClientFixture f, Peer peer, Failure failure, ErrorCodes codes)
      throws IOException {
    Answer answer = peer.answer();
    Headers headers = answer.head().headers();
    List<String> lines = answer.text().lines().toList();
    assertEquals(failure.status(codes), answer.head().status());
    assertEquals("wsp-client; error=" + failure.proxyError(), answer.proxyError());
    String details = "; details=\"" + lines.get(0) + '"';
    assertTrue(String.valueOf(headers.first("Proxy-Status")).endsWith(details), lines.get(0));
    assertEquals("text/plain; charset=utf-8", headers.first("Content-Type"));
    assertEquals(String.valueOf(answer.body().length), headers.first("Content-Length"));
    assertEquals(3, lines.size(), answer.text());
    assertTrue(lines.get(0).length() > 10, answer.text());
    assertTrue(lines.get(1).startsWith("Failed at wsp-client test"), answer.text());
    assertTrue(lines.get(1).endsWith(": " + failure.advice()), answer.text());
    assertEquals("Request id: " + headers.first("X-Request-Id"), lines.get(2));
    f.works(peer);
  }

  @Test
  void whatGoesWellIsNotCounted() throws Exception {
    try (ClientFixture f = new ClientFixture()) {
      f.healthy();
      assertEquals("", f.client.failures().text());
    }
  }
}
