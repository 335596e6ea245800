package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LastResortTest {
  private static int exitCode(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                OutOfMemoryMain.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "half dead");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aProcessWithoutMemoryEnds() throws Exception {
    assertEquals(ExitCodes.OUT_OF_MEMORY, exitCode());
  }

  @Test
  void aProcessThatGetsNoThreadGoesOn() throws Exception {
    assertEquals(0, exitCode("thread"));
  }
}
