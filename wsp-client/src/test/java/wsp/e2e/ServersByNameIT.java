package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/** A name whose addresses change, as the JVM itself looks it up: from a file of ours. */
class ServersByNameIT {
  /** Less than the 30 s for which a JVM that is not told otherwise remembers an address. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  private Path hosts() {
    return directory.resolve("hosts");
  }

  private void resolveTo(String address) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), address + " wsp.test\n");
    Files.move(next, hosts(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static int status(String host, Daemon server, Origin origin) throws IOException {
    try (Caller caller = new Caller(InetAddress.getByName(host), server.port())) {
      caller.head("GET", origin.url("/ok"));
      return caller.answer("GET").status;
    }
  }

  @Test
  void aClientFollowsANameFromServerToServer() throws Exception {
    try (Origin origin = new Origin().on("/ok", r -> r.reply(200, "ok"));
        Daemon first = Daemon.server(directory, "---\nport : 0\n");
        Daemon second =
            Daemon.server(directory, "---\nhost : 127.0.0.2\nport : " + first.port() + "\n")) {
      resolveTo("127.0.0.1");
      String lines =
          "---\ntargets : dns+ws://wsp.test:" + first.port() + "/register\nresolveinterval : 1s\n";
      try (Daemon client =
          Daemon.client(directory, lines, "-Djdk.net.hosts.file=" + hosts().toAbsolutePath())) {
        Await.until("the first", SOON, () -> status("127.0.0.1", first, origin) == 200);
        resolveTo("127.0.0.2");
        Await.until("the second", SOON, () -> status("127.0.0.2", second, origin) == 200);
        Await.until("it leaves", SOON, () -> status("127.0.0.1", first, origin) == 526);
        Files.delete(hosts());
        Await.until("it is logged", SOON, () -> client.log().contains("Unable to resolve"));
        assertEquals(200, status("127.0.0.2", second, origin));
        client.signal("TERM");
        assertTrue(Set.of(0, 143).contains(client.exitCode(SOON)));
      }
    }
  }
}
