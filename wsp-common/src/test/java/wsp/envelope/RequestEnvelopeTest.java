package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestEnvelopeTest {
  private static Headers fields(String lines) {
    return lines == null ? Headers.EMPTY : Headers.of(lines.split("[:|]", -1));
  }

  /** Lines of {@code name:value}, with {@code |} between. */
  @ParameterizedTest
  @CsvSource({
    "X-Team:red, X-Team:red",
    "X-Team:red|Connection:X-Team,",
    "X-Team:red|X_Team:blue|connection:x-team,",
    "X-Team:red|Connection:close|Keep-Alive:1|TE:trailers, X-Team:red",
    "X-Team:red|Proxy:evil|Expect:100-continue|Host:other|X-Secret-Key:k, X-Team:red",
    "X-Team:red|Upgrade:websocket, X-Team:red|Connection:Upgrade|Upgrade:websocket",
    "Connection:Upgrade|Upgrade:websocket, Connection:Upgrade|Upgrade:websocket",
    "X-Team:red|Connection:Upgrade|Upgrade:h2c, X-Team:red",
  })
  void rulesSeeWhatTheOriginGets(String sent, String seen) {
    RequestEnvelope request = new RequestEnvelope("GET", "http://a/", fields(sent), 0);
    assertEquals(fields(seen), request.seen());
  }
}
