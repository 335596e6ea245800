package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/**
 * A run with secrets of every kind in it, of which no line of either log shows one, at the level
 * that says most. Each of them has the same word in it.
 */
class SecretsIT {
  private static final String WORD = "Hidden";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String CALLER_KEY = "X-PROXY-AUTHORIZATION: Bearer HiddenCaller";

  @TempDir Path directory;

  @Test
  void noLogShowsASecret() throws Exception {
    Files.writeString(directory.resolve("caller.key"), "HiddenInAFile\n");
    String server =
        """
        ---
        port : 0
        loglevel : debug
        secretkey : HiddenSecret
        clients : [{name: red, key: [HiddenRed, HiddenNextRed]}]
        callers :
          - {name: tester, key: HiddenCaller}
          - {name: other, keyfile: caller.key}
        """;
    try (Origin origin = new Origin().on("/ok", r -> r.reply(200, "ok"));
        Daemon wsp = Daemon.server(directory, server);
        Daemon client = client(wsp, "HiddenRed");
        Daemon stranger = client(wsp, "HiddenWrong")) {
      Await.until(
          "a request goes through",
          SOON,
          () -> Caller.get(wsp.port(), origin.url("/ok"), CALLER_KEY).status == 200);
      Await.until("the stranger is refused", SOON, () -> stranger.log().contains("526"));
      call(wsp, origin);
      breakConfiguration(wsp);
      for (Daemon d : new Daemon[] {wsp, client, stranger}) {
        d.signal("TERM");
        d.exitCode(SOON);
        assertTrue(d.log().contains("***"), "control: nothing is printed at all: " + d.log());
        assertFalse(d.log().contains(WORD), d.log());
      }
    }
  }

  private Daemon client(Daemon server, String secret) throws IOException {
    String lines = "loglevel : debug\nsecretkey : " + secret + "\n";
    return Daemon.client(directory, Tunnel.clientConfig(server.port(), lines));
  }

  private static void call(Daemon wsp, Origin origin) throws IOException {
    int port = wsp.port();
    String ok = origin.url("/ok?token=HiddenInAQuery");
    Caller.Answer right = Caller.get(port, ok, CALLER_KEY, "Authorization: Bearer HiddenBearer");
    assertEquals(200, right.status);
    assertEquals(200, Caller.get(port, ok, "Proxy-Authorization: Bearer HiddenInAFile").status);
    for (String wrong :
        new String[] {
          "X-PROXY-AUTHORIZATION: Bearer HiddenWrong",
          "Proxy-Authorization: HiddenWithoutScheme",
          "X-SECRET-KEY: HiddenSecret",
          CALLER_KEY + "\r\n" + CALLER_KEY
        }) assertEquals(407, Caller.get(port, ok, wrong).status, wrong);
    String userinfo = ok.replace("http://", "http://user:HiddenPassword@");
    Caller.Answer refused = Caller.get(port, userinfo, CALLER_KEY);
    assertEquals(526, refused.status);
    assertFalse(refused.toString().contains(WORD), refused.toString());
    String dead = "http://127.0.0.1:1/?key=HiddenInADeadQuery";
    Caller.Answer unreachable = Caller.get(port, dead, CALLER_KEY);
    assertEquals(527, unreachable.status);
    assertFalse(unreachable.toString().contains(WORD), unreachable.toString());
  }

  private static void breakConfiguration(Daemon wsp) throws IOException {
    int refused = 0;
    for (String broken :
        new String[] {
          "secretkey : [HiddenInAList]",
          "secretkey : Hidden: colon",
          "secretkey : \"HiddenWithoutEnd",
          "secretkey : *HiddenAlias",
          "secretkey : !HiddenTag x",
          "callers : HiddenAlone",
          "callers : [{name: a, key: Hidden Space}]",
          "clients : [{name: a, key: HiddenTwice}, {name: b, key: HiddenTwice}]"
        }) {
      refused++;
      wsp.configure("---\n" + broken + "\n");
      wsp.signal("HUP");
      int expected = refused;
      Await.until(
          broken + " is refused",
          SOON,
          () -> wsp.log().split("stays as it was", -1).length > expected);
    }
  }
}
