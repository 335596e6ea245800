package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.e2e.RawStage.Ends;
import wsp.e2e.RawStage.Kind;
import wsp.testing.Await;

/** Two clients, of which one speaks version 1 of the wire: tunnels and upgrades find the other. */
class MixedFleetIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void theOneThatCanCarryItGetsIt() throws Exception {
    String old = RawStage.LINES + "wire : 1\npoolidlesize : 5\n";
    try (RawStage stage = new RawStage(directory, RawStage.LINES, old)) {
      for (Kind kind : Kind.values()) {
        Caller.Answer refused = refused(stage, kind);
        assertEquals(501, refused.status);
        assertTrue(refused.text().contains("wsp-client dc1"), refused.text());
      }
      String lines = RawStage.LINES + "id : dc2\n";
      String config = Tunnel.clientConfig(stage.tunnel.port, lines);
      try (Daemon other = Daemon.client(directory, config)) {
        Await.until("the other is in", SOON, () -> isIn(stage.tunnel));
        assertTrue(other.alive());
        for (int i = 0; i < 5; i++)
          for (Kind kind : Kind.values())
            try (Ends e = stage.open(kind)) {
              e.caller().send("there");
              assertEquals("there", RawStage.read(e.origin(), 5));
            }
      }
    }
  }

  private static boolean isIn(Tunnel tunnel) throws Exception {
    return tunnel.get("/ok", "X-PROXY-CLIENT: dc2").status == 200;
  }

  private static Caller.Answer refused(RawStage stage, Kind kind) throws Exception {
    try (Caller c = stage.ask(kind, "")) {
      return c.answer("GET");
    }
  }
}
