package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs a restart is all of {@code tls}: no part of it counts before the others. */
class TlsByRestartTest extends TlsFixture {
  private static final Path CA = FILES.resolve("ca.pem").toAbsolutePath();

  private String yaml(String tls) {
    return switch (tls) {
      case "plain" -> "";
      case "tls" -> config("");
      default -> config(", clientca: " + CA);
    };
  }

  private void startWith(String tls) throws Exception {
    server.close();
    server = new RunningServer(yaml(tls));
  }

  private RawCaller asker(boolean plain) throws Exception {
    return plain ? server.caller() : caller();
  }

  /** Of a client that has no certificate. */
  private int registration(boolean plain) throws Exception {
    try (RawCaller asker = asker(plain)) {
      return asker.send(RawPeer.handshake()).head().status();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain, 101",
    "plain, tls, 101",
    "plain, tls and clientca, 101",
    "tls, plain, 101",
    "tls, tls, 101",
    "tls, tls and clientca, 526",
    "tls and clientca, plain, 526",
    "tls and clientca, tls, 101",
    "tls and clientca, tls and clientca, 526",
  })
  void clientcaCountsWithTheTlsThatItBelongsTo(String start, String next, int status)
      throws Exception {
    startWith(start);
    server.reload(yaml(next));
    assertEquals(status, registration(start.equals("plain")));
    // Whatever the file says meanwhile, what is in use goes on as it was.
    server.reload(yaml(start));
    assertEquals(start.contains("clientca") ? 526 : 101, registration(start.equals("plain")));
  }

  @Test
  void aPlainPortSendsNoClientAwayForAClientca() throws Exception {
    startWith("plain");
    server.echo();
    server.reload(yaml("tls and clientca"));
    assertEquals("GET / ", server.caller().get("/").text().replaceFirst("http://origin.test", ""));
  }
}
