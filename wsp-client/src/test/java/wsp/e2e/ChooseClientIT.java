package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/** Two clients, which the server's callers can tell apart by what their own rules allow. */
class ChooseClientIT {
  private static final Duration READY = Duration.ofSeconds(30);

  @TempDir static Path directory;

  private static String client(String name, String labels) {
    return "id : " + name + "\nlabels : " + labels + "\nblacklist :\n - url : /not-" + name + "\n";
  }

  @Test
  void aRequestGoesToTheClientOfTheIdOrLabel() throws Exception {
    String keys =
        "clients :\n"
            + " - { name : north, key : north-key, ids : [north], labels : [cold, all] }\n"
            + " - { name : south, key : south-key, ids : [south], labels : [warm, all] }\n";
    String north = client("north", "[cold, all]") + "secretkey : north-key\n";
    String south = client("south", "[warm, all]") + "secretkey : south-key\n";
    try (Tunnel tunnel = Tunnel.open(directory, keys + "balance : leastbusy\n", north);
        Daemon other = Daemon.client(directory, Tunnel.clientConfig(tunnel.port, south))) {
      tunnel.origin.on("/", r -> r.reply(200, "ok"));
      Await.until(
          "both are there",
          READY,
          () -> status(tunnel, "/", "north") == 200 && status(tunnel, "/", "south") == 200);
      for (int i = 0; i < 20; i++) {
        for (String wanted : new String[] {"north", "cold"}) {
          assertEquals(200, status(tunnel, "/not-south", wanted));
          assertEquals(527, status(tunnel, "/not-north", wanted));
        }
        for (String wanted : new String[] {"south", "warm"}) {
          assertEquals(200, status(tunnel, "/not-north", wanted));
          assertEquals(527, status(tunnel, "/not-south", wanted));
        }
        assertEquals(200, status(tunnel, "/", "all"));
      }
      Caller.Answer none = tunnel.get("/", "X-PROXY-CLIENT: east");
      assertEquals(526, none.status);
      assertTrue(
          none.text().startsWith("No proxy available: no client has the id or label east\n"),
          none.text());
      assertEquals(
          0,
          tunnel.origin.seen("/").stream()
              .flatMap(r -> r.headerLines.stream())
              .filter(h -> h.toLowerCase(java.util.Locale.ROOT).startsWith("x-proxy-"))
              .count());
      other.signal("KILL");
      Await.until("one has left", READY, () -> status(tunnel, "/", "warm") == 526);
      assertEquals(200, status(tunnel, "/", "all"));
    }
  }

  private static int status(Tunnel tunnel, String path, String wanted) throws Exception {
    return tunnel.get(path, "X-PROXY-CLIENT: " + wanted).status;
  }
}
