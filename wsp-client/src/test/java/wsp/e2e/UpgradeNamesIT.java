package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upgrades by names that have a version, as kubectl sends them. */
class UpgradeNamesIT {
  @TempDir static Path directory;
  @AutoClose private static RawStage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new RawStage(directory, "upgrades : [ websocket, SPDY/3.1, tcp ]\n", "");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, SPDY/3.1, SPDY/3.1, SPDY/3.1",
    "GET, SPDY/3.1, SPDY/3.1, SPDY/3.1",
    "POST, spdy/3.1, SPDY/3.1, spdy/3.1",
    "GET, 'h2c, SPDY/3.1', SPDY/3.1, SPDY/3.1",
    "POST, tcp, tcp, TCP"
  })
  void bytesGoBothWaysOnceTheOriginAgrees(String method, String asked, String got, String agreed)
      throws IOException {
    try (Caller caller = new Caller(stage.tunnel.port)) {
      String url = "http://" + stage.authority() + "/exec";
      String key = "sec-websocket-key: a";
      caller.head(
          method, url, "Upgrade: " + asked, "Connection: Upgrade", "Content-Length: 0", key);
      try (Caller origin = stage.accept()) {
        String head = RawStage.head(origin);
        assertTrue(head.contains("\r\nUpgrade: " + got + "\r\nConnection: Upgrade\r\n"), head);
        assertTrue(head.contains("\r\nSec-WebSocket-Key: a\r\n"), head);
        origin.send(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: "
                + agreed
                + "\r\nsec-websocket-accept: b\r\n\r\nto the caller");
        String answer = RawStage.head(caller);
        assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
        assertTrue(answer.contains("\r\nSec-WebSocket-Accept: b\r\n"), answer);
        assertEquals("to the caller", RawStage.read(caller, 13));
        caller.send("to the origin");
        assertEquals("to the origin", RawStage.read(origin, 13));
      }
    }
  }
}
