package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/** What is denied stays undone, on either side; and what may not be known is not shown. */
class RulesIT {
  private static final String RULES =
      """
      blacklist :
        - url : .*/secret.*
        - headers :
            X-Evil : yes
      """;

  @TempDir Path directory;

  private void denies(Tunnel t, int status) throws IOException {
    for (String target :
        List.of(
            "/secret", "/%73ecret", "//secret", "/a/../secret", "/a/%2e%2e/secret", "/%2fsecret")) {
      // One connection for all, and a body: the denied request's is no part of the next.
      try (Caller c = new Caller(t.port)) {
        c.head("POST", t.origin.url(target), "Content-Length: 7");
        c.send("payload");
        assertEquals(status + " Destination is forbidden", firstLine(c.answer("POST")), target);
        c.head("GET", t.origin.url("/ok"));
        assertEquals("200 ok", c.answer("GET").toString(), target);
      }
    }
    assertEquals(
        status,
        t.get("/ok", "X-Evil: no", "X-Evil: yes").status,
        "every value of a repeated field counts");
    assertEquals(List.of(), t.origin.seen("ecret"));
  }

  private static String firstLine(Caller.Answer a) {
    return a.toString().lines().findFirst().orElse("");
  }

  @Test
  void theServersBlacklistIsA526() throws Exception {
    try (Tunnel t = Tunnel.open(directory, RULES, "")) {
      denies(t, 526);
    }
  }

  @Test
  void theClientsBlacklistIsA527AndAnswersOnce() throws Exception {
    // One connection only: whatever the denied exchange leaves behind would hit the next caller.
    try (Tunnel t = Tunnel.open(directory, "", "poolidlesize : 1\npoolmaxsize : 1\n" + RULES)) {
      denies(t, 527);
    }
  }

  @Test
  void aWhitelistLetsNothingElseThrough() throws Exception {
    for (boolean server : List.of(true, false)) {
      String rules =
          "whitelist :\n  - url : ^http://127\\.0\\.0\\.1:\\d+/ok$\n    method : ^GET$\n";
      try (Tunnel t = Tunnel.open(directory, server ? rules : "", server ? "" : rules)) {
        Caller.Answer a = t.get("/ok?x");
        assertEquals((server ? 526 : 527) + " Destination is not allowed", firstLine(a));
        assertEquals(server ? 526 : 527, t.call("POST", "/ok", new byte[0]).status);
      }
    }
  }

  @Test
  void aSecretIsHonouredInAnyCaseAndNeverShown() throws Exception {
    String secret = "TopSecret-XYZZY-4242";
    try (Tunnel t =
            Tunnel.open(directory, "secretKey : " + secret + "\n", "SecretKey : " + secret + "\n");
        Daemon stranger =
            Daemon.client(
                directory, Tunnel.clientConfig(t.port, "secretkey : wrong\nid : stranger\n"))) {
      Await.until(
          "the stranger is refused",
          Duration.ofSeconds(10),
          () -> t.server.log().contains("invalid X-SECRET-KEY"));
      assertTrue(stranger.alive());
      assertFalse(t.server.log().contains("from stranger"));
      for (Daemon d : List.of(t.server, t.client, stranger)) assertFalse(d.log().contains(secret));
    }
  }

  @Test
  void aClientWhoseFileChangesNeedsNoRestart() throws Exception {
    Duration soon = Duration.ofSeconds(20);
    try (Tunnel t = Tunnel.open(directory)) {
      t.client.configure(Tunnel.clientConfig(t.port, "blacklist :\n  - url : /ok$\n"));
      Await.until("the rule counts", soon, () -> t.get("/ok").status == 527);
      t.client.configure(Tunnel.clientConfig(t.port, "blacklist :\n  - url : '('\n"));
      t.client.signal("HUP");
      String refused = "The configuration stays as it was: ";
      Await.until("the error is logged", soon, () -> t.client.log().contains(refused));
      assertEquals(527, t.get("/ok").status);
      t.client.configure(Tunnel.clientConfig(t.port, "poolmaxsize : 50\n"));
      t.client.signal("HUP");
      Await.until("the rule is gone", soon, () -> t.get("/ok").status == 200);
      String later = " has been read again; after a restart it takes effect for PoolMaxSize\n";
      Await.until("what it takes over is logged", soon, () -> t.client.log().contains(later));
    }
  }
}
