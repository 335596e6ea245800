package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the jars do beside running a daemon. */
class CommandsIT {
  @TempDir Path directory;

  private record Result(int code, String text) {}

  private static Result run(String name, String... args) throws Exception {
    Path jar = Path.of("..", name, "target", name + ".jar");
    List<String> command =
        new ArrayList<>(List.of(Daemon.java().toString(), "-jar", jar.toString()));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    byte[] out = process.getInputStream().readAllBytes();
    // What this machine allows is not the configuration's business.
    String text =
        new String(out, StandardCharsets.UTF_8)
            .replaceAll("(?m)^.* may have .* open files.*\n", "");
    return new Result(process.waitFor(), text);
  }

  private String config(String yaml) throws IOException {
    return Files.writeString(directory.resolve("config"), "---\n" + yaml).toString();
  }

  @Test
  void theShippedFilesAreGood() throws Exception {
    for (String name : List.of("wsp-server", "wsp-client")) {
      String file = "../config/" + name.replace('-', '_') + ".cfg";
      Result checked = run(name, "check", "-config", file);
      assertEquals(0, checked.code(), checked.text());
      assertTrue(checked.text().startsWith("{\n") && checked.text().endsWith("}\n"));
      assertEquals(new Result(0, ""), run(name, "check", "--config", file, "--quiet"));
    }
  }

  @Test
  void aBadFileIsTheSameLineAsAtAStart() throws Exception {
    for (String name : List.of("wsp-server", "wsp-client")) {
      String file = config("nosuchkey : 1\ntargets : [ws://127.0.0.1:1/]\n");
      Result checked = run(name, "check", "-config", file);
      assertEquals(1, checked.code());
      assertEquals(run(name, "-config", file), checked);
      assertEquals(1, checked.text().lines().count(), checked.text());
    }
  }

  @Test
  void bothExplain() throws Exception {
    String rules = "blacklist :\n  - url : /secret\n";
    Result server =
        run("wsp-server", "explain", "-config", config(rules), "http://a.test/x/../secret");
    assertEquals(1, server.code());
    assertTrue(server.text().endsWith("verdict         denied: Destination is forbidden\n"));
    String file = config(rules + "targets : [ws://127.0.0.1:1/]\n");
    Result client = run("wsp-client", "explain", "-config", file, "http://127.0.0.1/");
    assertEquals(0, client.code(), client.text());
    assertTrue(client.text().endsWith("verdict         allowed\n"), client.text());
    assertFalse(client.text().contains("\u001b"), client.text());
    assertEquals(2, run("wsp-client", "explain").code());
  }

  @Test
  void theCompletionScriptRunsTheJar() throws Exception {
    Result script = run("wsp-server", "completion");
    assertEquals(0, script.code());
    assertTrue(script.text().contains("complete -F "), script.text());
    assertTrue(script.text().strip().endsWith("wsp-server.jar' \"$@\"; }"), script.text());
  }
}
