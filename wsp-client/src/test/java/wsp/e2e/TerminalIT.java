package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/** What a person sees at a terminal, and a file does not. */
class TerminalIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String ESCAPE = "\u001b";
  private static final String COLOUR = "\u001b[32mINFO\u001b[0m";
  private static final String ERASED = "\r\u001b[K";

  @TempDir Path directory;

  private static Path jar(String name) {
    return Path.of("..", name, "target", name + ".jar").toAbsolutePath().normalize();
  }

  private Path config(String name) throws IOException {
    String text = name.equals("wsp-server") ? "port : 0\n" : "targets : [ws://127.0.0.1:1/]\n";
    return Files.writeString(directory.resolve(name + ".cfg"), "---\n" + text);
  }

  /** A daemon under a pseudo-terminal of util-linux's script. */
  private final class Session implements AutoCloseable {
    private final Path seen = directory.resolve("seen");
    private final Process script;

    Session(String daemon, Map<String, String> environment) throws IOException {
      boolean there = Files.isExecutable(Path.of("/usr/bin/script"));
      assumeTrue(there, "there is no /usr/bin/script to make a pseudo-terminal");
      // Where these tests run in the background, Ctrl-C may be ignored, and who is started ignores
      // it, too.
      String command = "exec env --default-signal=INT " + Daemon.java() + " -jar " + jar(daemon);
      ProcessBuilder builder =
          new ProcessBuilder(
                  "/usr/bin/script", "-qec", command + " -config " + config(daemon), "/dev/null")
              .redirectErrorStream(true)
              .redirectOutput(seen.toFile());
      builder.environment().keySet().removeAll(List.of("NO_COLOR", "COLUMNS"));
      builder.environment().put("TERM", "xterm");
      builder.environment().putAll(environment);
      script = builder.start();
    }

    String text() throws IOException {
      return Files.readString(seen, StandardCharsets.UTF_8);
    }

    void await(String text) throws Exception {
      Await.until(text, SOON, () -> !script.isAlive() || text().contains(text));
      assertTrue(text().contains(text), text());
    }

    /** What Ctrl-C sends. */
    void interrupt() throws Exception {
      script.getOutputStream().write(3);
      script.getOutputStream().flush();
      assertTrue(script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS));
      assertEquals(0, script.exitValue(), text());
    }

    @Override
    public void close() {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
  }

  private static void assertGone(String text) {
    String lastDrawing = text.substring(text.lastIndexOf("requests/s"));
    assertTrue(lastDrawing.contains(ERASED), text);
    String after = lastDrawing.substring(lastDrawing.indexOf(ERASED) + ERASED.length());
    assertFalse(after.contains("requests/s"), text);
    assertTrue(text.endsWith("Stopped\r\n") || text.endsWith("Stopped\r\n" + ERASED), text);
  }

  @Test
  void aServerShowsItsStateInColoursAndLeavesTheTerminalClean() throws Exception {
    try (Session session = new Session("wsp-server", Map.of())) {
      session.await("0 clients, 0 idle, 0 busy, 0 waiting, 0.0 requests/s, 0 failures");
      session.await(COLOUR);
      session.interrupt();
      assertGone(session.text());
    }
  }

  @Test
  void aClientShowsItsStateWithoutColoursWhereTheyAreNotWanted() throws Exception {
    try (Session session = new Session("wsp-client", Map.of("NO_COLOR", "1"))) {
      session.await("0 of 1 targets connected, 0 idle, 0 busy, 0.0 requests/s");
      session.interrupt();
      assertGone(session.text());
      // Erasing, and no wrapping.
      String left = session.text().replaceAll("\u001b\\[(K|\\?7[lh])", "");
      assertFalse(left.contains(ESCAPE), left);
    }
  }

  @Test
  void theLineIsNeverWiderThanTheTerminal() throws Exception {
    try (Session session = new Session("wsp-server", Map.of("COLUMNS", "20"))) {
      session.await("\u001b[?7l\u001b[1m0 clients, 0 idle, \u001b[0m\u001b[?7h");
      session.interrupt();
    }
  }

  @Test
  void aDumbTerminalGetsPlainLines() throws Exception {
    try (Session session = new Session("wsp-client", Map.of("TERM", "dumb"))) {
      // Its first tick, by which time it listens to signals.
      session.await("0 in all");
      session.interrupt();
      assertFalse(session.text().contains(ESCAPE), session.text());
    }
  }

  @Test
  void aClientWritesPlainLinesToAFile() throws Exception {
    String text = Files.readString(config("wsp-client"));
    try (Daemon daemon = Daemon.unawaited("wsp-client", directory, text)) {
      Await.until("its first tick", SOON, () -> daemon.log().contains("0 in all"));
      daemon.signal("TERM");
      assertEquals(0, daemon.exitCode(SOON));
      assertPlain(daemon.log());
      assertTrue(daemon.log().endsWith("INFO  Stopped\n"), daemon.log());
    }
  }

  @Test
  void aServerWritesPlainLinesToAFile() throws Exception {
    try (Daemon daemon = Daemon.server(directory, Files.readString(config("wsp-server")))) {
      String tunnel = Tunnel.clientConfig(daemon.port(), "");
      try (Daemon client = Daemon.client(directory, tunnel)) {
        Await.until("its first client", SOON, () -> daemon.log().contains("1 pools"));
        assertTrue(client.alive());
      }
      daemon.signal("TERM");
      assertEquals(0, daemon.exitCode(SOON));
      assertPlain(daemon.log());
    }
  }

  private static void assertPlain(String log) {
    assertFalse(log.contains(ESCAPE) || log.contains("requests/s"), log);
  }
}
