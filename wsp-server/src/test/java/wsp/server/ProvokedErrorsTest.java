package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.config.ErrorCodes;
import wsp.envelope.Headers;
import wsp.server.RawCaller.Answer;
import wsp.server.failure.ErrorAnswer;
import wsp.server.failure.ProxyError;
import wsp.testing.Await;

/** Every row of the table, as it is met: what the caller gets, and what is counted. */
@Execution(ExecutionMode.CONCURRENT)
class ProvokedErrorsTest {
  @Test
  void everyErrorHasAPartyThatProvokesIt() {
    assertEquals(
        // As many as a server of many cores cannot judge are more than are sent here: AsideTest.
        EnumSet.complementOf(EnumSet.of(ProxyError.TOO_MUCH_TO_JUDGE)),
        Arrays.stream(BadParty.values())
            .map(p -> p.provoked)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProxyError.class))),
        "a new error needs a BadParty");
  }

  @ParameterizedTest
  @EnumSource
  void theCallerGetsItsRowAndItIsCounted(BadParty party) throws Exception {
    theCallerGetsItsRow(party, ErrorCodes.LEGACY);
  }

  @ParameterizedTest
  @EnumSource
  void withStandardCodesTheCallerGetsTheOtherStatus(BadParty party) throws Exception {
    theCallerGetsItsRow(party, ErrorCodes.STANDARD);
  }

  private static void theCallerGetsItsRow(BadParty party, ErrorCodes codes) throws Exception {
    try (RunningServer server = party.server("errorcodes: " + codes)) {
      Answer answer = party.provoke(server);
      ProxyError error = party.provoked;
      Await.until("it is counted", () -> server.server.ledger.failures().of(error) == 1);
      if (answer == null) return;
      assertTrue(answer.complete());
      String id = String.valueOf(answer.field("X-Request-Id"));
      List<String> lines = answer.text().lines().toList();
      assertEquals(error.status(codes), answer.status());
      assertEquals(3, lines.size(), answer.text());
      assertTrue(lines.get(0).startsWith(error.text()), answer.text());
      assertTrue(lines.get(1).endsWith(": " + error.advice()), answer.text());
      assertEquals("Request id: " + id, lines.get(2));
      String detail = lines.get(0).substring(error.text().length());
      Headers row = new ErrorAnswer(error, detail, "client").headers(codes);
      assertEquals(row.first("Proxy-Status"), answer.field("Proxy-Status"));
      assertEquals(row.first("Retry-After"), answer.field("Retry-After"));
      assertEquals(row.first("Proxy-Authenticate"), answer.field("Proxy-Authenticate"));
      assertEquals("text/plain; charset=utf-8", answer.field("Content-Type"));
    }
  }

  @Test
  void whatGoesWellIsNotCounted() throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      assertEquals("GET / ", server.caller().get("/").text());
      assertEquals("", server.server.ledger.failures().text());
    }
  }

  @Test
  void anAnswerThatIsCutIsCountedAsWell() throws Exception {
    try (RunningServer server = new RunningServer()) {
      RawPeer peer = server.peer();
      RawCaller c = server.caller().request("GET", "/");
      peer.request();
      peer.envelope(200, 10).frame(false, 2, new byte[5]);
      assertEquals(200, c.head().status());
      peer.reset();
      Await.until(
          "it is counted",
          () -> server.server.ledger.failures().text().equals("1 CONNECTION_LOST"));
    }
  }
}
