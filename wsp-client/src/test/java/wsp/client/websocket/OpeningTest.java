package wsp.client.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers and closes before it has been asked. */
class OpeningTest {
  private final ScriptedSession connection = new ScriptedSession();
  private final List<DialFailure> failures = new ArrayList<>();

  private void dial(boolean proxied, String answer) throws IOException {
    Endpoint target = Endpoint.of(Urls.of("ws://server.test/register"));
    Opening opening =
        new Opening(
            new DialRequest(
                target,
                proxied ? new Proxy("proxy.test", 8080, null, "") : null,
                Map.of(),
                fields -> new DeafListener(),
                failures::add),
            new Ground(target, null, System.nanoTime() + 60_000_000_000L));
    IOSession session = connection.session();
    connection.broken = true;
    connection.ends = true;
    connection.brings(answer.getBytes(StandardCharsets.US_ASCII));
    opening.tcpConnected(session);
    opening.connected(session);
    while (failures.isEmpty()) opening.inputReady(session, null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsRefusalIsReadThoughNothingCanBeSent(boolean proxied) throws IOException {
    dial(proxied, "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nfull");
    assertEquals(503, failures.get(0).status());
    assertEquals("full", failures.get(0).words());
    assertEquals(proxied, failures.get(0).atProxy());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void interimAnswersArePassedOver(boolean proxied) throws IOException {
    String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n";
    dial(proxied, interim.repeat(10) + "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nfull");
    assertEquals(503, failures.get(0).status());
    assertEquals("full", failures.get(0).words());
  }

  @Test
  void oneThatNeverComesToAnAnswerIsLeft() throws IOException {
    dial(false, "HTTP/1.1 100 Continue\r\n\r\n".repeat(21));
    assertEquals("too many interim answers", failures.get(0).cause().getMessage());
  }

  @Test
  void oneThatSaysNothingHasClosed() throws IOException {
    dial(false, "");
    assertEquals("it closed the connection", failures.get(0).cause().getMessage());
  }
}
