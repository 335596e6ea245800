package wsp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;

/** What bash makes of the script. */
class CompletionTest {
  @TempDir Path directory;
  private Path script;

  /** Nothing of it is ever asked. */
  private static final class NoInspection implements Inspection {
    @Override
    public Checked check(Path config) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Explanation explain(Question question) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean knowsCallers() {
      return true;
    }
  }

  @BeforeEach
  void print() throws IOException {
    boolean bash = Files.isExecutable(Path.of("/bin/bash"));
    assumeTrue(bash, "there is no /bin/bash to run the completion script");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        DaemonCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err,
            new DaemonCommand.Names("wsp-test", "Does something.", "wsp_test.cfg"),
            config -> 7,
            NoInspection::new,
            "completion");
    assertEquals(0, code);
    script = Files.write(directory.resolve("completion"), out.toByteArray());
  }

  private String bash(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "--norc"));
    command.addAll(List.of(args));
    Process bash =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    bash.getOutputStream().close();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), out);
    return out;
  }

  @Test
  void itIsAScript() throws Exception {
    assertEquals("", bash("-n", script.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', check explain completion",
    "-, -config --config -h --help --version",
    "exp, explain",
    "-conf, -config",
    "explain -me, -method",
    "explain -method P, POST PUT PATCH",
    "explain -ca, -caller",
    "check --qui, --quiet",
    "check -config wsp_, wsp_here.cfg"
  })
  void whatIsTypedIsCompleted(String typed, String expected) throws Exception {
    Files.createFile(directory.resolve("wsp_here.cfg"));
    String words =
        "source '"
            + script
            + "'; COMP_WORDS=(wsp-test "
            + typed
            + (typed.isEmpty() ? "''" : "")
            + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=\"${COMP_WORDS[*]}\";"
            + " COMP_POINT=${#COMP_LINE}; compopt() { :; };"
            + " f=$(complete -p wsp-test | sed 's/.*-F \\([^ ]*\\).*/\\1/');"
            + " $f wsp-test; printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> offered = Arrays.stream(bash("-c", words).split("\n")).map(String::strip).toList();
    for (String word : expected.split(" ")) assertTrue(offered.contains(word), offered::toString);
    if (!typed.isEmpty() && !expected.contains(" ")) assertEquals(List.of(expected), offered);
  }
}
