package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/** The server's configuration, changed while it runs. */
class ReloadIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  private static String config(String more) {
    return "---\nport : 0\n" + more;
  }

  private static int status(Tunnel t, String key) throws IOException {
    return t.get("/ok", "Proxy-Authorization: Bearer " + key).status;
  }

  private static void awaitLog(Daemon d, String text) {
    Await.until("the log says " + text, SOON, () -> d.log().contains(text));
  }

  @Test
  void keysRulesAndLevelsAreChangedByASignalOrByTheFileAlone() throws Exception {
    try (Tunnel t = Tunnel.open(directory)) {
      t.server.configure(config("callers : [{name: a, key: KeyA}]\nloglevel : debug\n"));
      t.server.signal("HUP");
      Await.until("keys are asked for", SOON, () -> t.get("/ok").status == 407);
      assertEquals(200, status(t, "KeyA"));
      Await.until("it is logged", SOON, () -> t.server.log().contains("has been read again"));

      Files.writeString(directory.resolve("a.key"), "KeyB");
      t.server.configure(config("callers : [{name: a, keyfile: a.key}]\nblacklist: [{url: no}]\n"));
      Await.until("the new key counts", SOON, () -> status(t, "KeyB") == 200);
      assertEquals(407, status(t, "KeyA"));
      assertEquals(526, t.get("/no", "Proxy-Authorization: Bearer KeyB").status);

      Files.writeString(directory.resolve("a.key"), "KeyC");
      Await.until("the file of a key counts", SOON, () -> status(t, "KeyC") == 200);
    }
  }

  @Test
  void aBrokenFileChangesNothingAndIsNamed() throws Exception {
    try (Tunnel t = Tunnel.open(directory)) {
      t.server.configure(config("callers : [{name: a, key: KeyA}]\ntimeout : soon\n"));
      t.server.signal("HUP");
      awaitLog(t.server, "The configuration stays as it was: ");
      Await.until("it is logged", SOON, () -> t.server.log().contains("timeout: a duration"));
      assertEquals(200, t.get("/ok").status);
      t.server.configure(config("tls : {certfile: none.pem, keyfile: none.key}\n"));
      t.server.signal("HUP");
      awaitLog(t.server, "restart only");
      assertEquals(200, t.get("/ok").status);
      assertFalse(t.server.log().contains("\tat "), t.server.log());
    }
  }

  @Test
  void whatNeedsARestartIsNamedAndASignalWithoutMeaningEndsNothing() throws Exception {
    try (Tunnel t = Tunnel.open(directory)) {
      t.server.configure("---\nhost : 0.0.0.0\nport : 1\ngrace : 1s\n");
      t.server.signal("USR1"); // As programs send it that rotate logs.
      awaitLog(t.server, "SIGUSR1 has no meaning here");
      t.server.signal("HUP");
      awaitLog(t.server, "after a restart it takes effect for Host, Port");
      assertEquals(200, t.get("/ok").status);
    }
  }

  @Test
  void aClientWhoseKeyIsWithdrawnLosesItsPlace() throws Exception {
    String lines = "clients : [{name: one, key: KeyOne}, {name: two, key: KeyTwo}]\n";
    try (Tunnel t = Tunnel.open(directory, lines, "secretkey : KeyOne\n")) {
      Await.until("it is logged", SOON, () -> t.server.log().contains("by the key of one"));
      t.server.configure(config("clients : [{name: two, key: KeyTwo}]\n"));
      t.server.signal("HUP");
      Await.until("it is gone", SOON, () -> t.get("/ok").status == 526);
      awaitLog(t.server, "its key was withdrawn");
      awaitLog(t.server, "invalid X-SECRET-KEY");
      t.server.configure(config(lines));
      t.server.signal("HUP");
      t.awaitReady();
    }
  }
}
