package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.e2e.Caller.Answer;
import wsp.e2e.RawStage.Kind;
import wsp.testing.Await;

/** Tunnels that there are not: without a key, to other ports, by an older client. */
class TunnelRefusalsIT {
  @TempDir static Path directory;

  @Test
  void aKeyIsAskedForAndTheClientsPortsAndRulesAreJudgedToo() throws Exception {
    String callers = "callers : [{ name : one, key : TheKeyOfOne }]\n";
    String lines = "tunnelports : [1]\nblacklist : [{ method : CONNECT, url : ':2$' }]\n";
    try (Daemon server = Daemon.server(directory, "---\nport : 0\n" + RawStage.LINES + callers);
        Daemon client =
            Daemon.client(directory, Tunnel.clientConfig(server.port(), "wire : auto\n" + lines))) {
      String key =
          Base64.getEncoder().encodeToString("TheKeyOfOne:".getBytes(StandardCharsets.UTF_8));
      assertEquals(407, connect(server.port(), "127.0.0.1:9").status);
      Await.until(
          "the client is there",
          () ->
              connect(server.port(), "127.0.0.1:9", "Proxy-Authorization: Basic " + key).status
                  == 527);
      Answer refused = connect(server.port(), "127.0.0.1:9", "Proxy-Authorization: Basic " + key);
      String why = "tunnelports in the configuration of wsp-client does not list port 9";
      assertTrue(refused.text().contains(why), refused.text());
      assertTrue(client.alive());
    }
  }

  private static Answer connect(int port, String target, String... fields) throws IOException {
    try (Caller caller = new Caller(port)) {
      caller.send("CONNECT " + target + " HTTP/1.1\r\nHost: x\r\n");
      for (String field : fields) caller.send(field + "\r\n");
      caller.send("\r\n");
      return caller.answer("CONNECT");
    }
  }

  @Test
  void aClientOfVersionOneIsNamedAtOnce() throws Exception {
    try (RawStage own = new RawStage(directory, RawStage.LINES, "wire : 1\n" + RawStage.LINES)) {
      for (Kind kind : Kind.values())
        try (Caller caller = own.ask(kind, "")) {
          Answer answer = caller.answer("GET");
          assertEquals(501, answer.status);
          assertTrue(answer.text().contains("wsp-client dc1"), answer.text());
        }
    }
  }
}
