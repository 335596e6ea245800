package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/** How the jars start, or say why they do not. */
class StartIT {
  private static final Duration EXIT = Duration.ofSeconds(10);

  @TempDir Path directory;

  private static String shipped(String name) throws IOException {
    return Files.readString(Path.of("..", "config", name));
  }

  @Test
  void theShippedConfigurationWorks() throws Exception {
    String serverConfig = shipped("wsp_server.cfg").replaceFirst("(?m)^port : 8080$", "port : 0");
    try (Daemon server = Daemon.server(directory, serverConfig);
        Origin origin = new Origin().on("/", r -> r.reply(200, "ok"))) {
      String clientConfig = shipped("wsp_client.cfg").replace(":8080/", ":" + server.port() + "/");
      try (Daemon client = Daemon.client(directory, clientConfig)) {
        Await.until(
            "a request goes through",
            Duration.ofSeconds(20),
            () -> Caller.get(server.port(), origin.url("/")).status == 200);
        assertTrue(client.log().contains("\"PoolIdleSize\": 10"), client.log());
        Await.until(
            "it is logged",
            Duration.ofSeconds(5),
            () -> client.log().contains("Connecting to ws://"));
        assertTrue(server.log().contains("\"IdleTimeout\": 60000"), server.log());
        Await.until(
            "it is logged",
            Duration.ofSeconds(5),
            () -> server.log().contains("[GET] http://127.0.0.1:"));
      }
    }
  }

  @Test
  void aBadConfigurationIsOneLineAndAnExitCode() throws Exception {
    Map<String, String> lines =
        Map.of(
            "nosuchkey : 1", "nosuchkey",
            "timeout : soon", "timeout",
            "port : 99999", "port",
            "timeout : 1\ntimeout : 2", "timeout",
            "blacklist :\n - url : '('", "blacklist");
    for (Map.Entry<String, String> line : lines.entrySet()) {
      try (Daemon d = Daemon.server(directory, "---\n" + line.getKey() + "\n")) {
        assertEquals(1, d.exitCode(EXIT), line.getKey());
        assertEquals(1, d.log().lines().count(), d.log());
        assertTrue(d.log().contains(line.getValue()), d.log());
        assertFalse(d.log().contains("\tat "), d.log());
      }
    }
  }

  @Test
  void aPortInUseIsOneClearLine() throws Exception {
    try (Daemon first = Daemon.server(directory, "---\nport : 0\n");
        Daemon second = Daemon.server(directory, "---\nport : " + first.port() + "\n")) {
      assertEquals(1, second.exitCode(EXIT));
      assertTrue(
          second
              .log()
              .contains("cannot listen on 127.0.0.1:" + first.port() + ": Address already in use"),
          second.log());
      assertFalse(second.log().contains("\tat "), second.log());
    }
  }

  @Test
  void aTrustStoreOfTheJvmThatCannotBeReadIsNoStart() throws Exception {
    Path store = Files.writeString(directory.resolve("trust"), "no trust store");
    try (Daemon client =
        Daemon.client(
            directory,
            "---\ntargets : [ws://127.0.0.1:1/register]\n",
            "-Djavax.net.ssl.trustStore=" + store)) {
      assertEquals(1, client.exitCode(EXIT));
      assertTrue(client.log().contains("wsp-client: TLS cannot use it: "), client.log());
      assertFalse(client.log().contains("\tat "), client.log());
    }
  }
}
