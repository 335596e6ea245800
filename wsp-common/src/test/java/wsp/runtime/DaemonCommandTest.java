package wsp.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;

class DaemonCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Path> started = new ArrayList<>();

  private int execute(DaemonCommand.Starter starter, String... args) {
    return DaemonCommand.execute(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        "wsp-test",
        "Does something.",
        "wsp_test.cfg",
        starter,
        args);
  }

  private int run(String... args) {
    return execute(
        config -> {
          started.add(config);
          return 7;
        },
        args);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void notInterrupted() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-config|x.cfg", "--config|x.cfg", "-config=x.cfg", "--config=x.cfg"})
  void theFileInEverySpelling(String args) {
    assertEquals(7, run(args.split("\\|")));
    assertEquals(List.of(Path.of("x.cfg")), started);
    assertEquals("", errors());
  }

  @Test
  void withoutAFileItIsTheDefault() {
    assertEquals(7, run());
    assertEquals(List.of(Path.of("wsp_test.cfg")), started);
  }

  @Test
  void helpIsPrinted() {
    assertEquals(0, run("--help"));
    assertEquals(0, run("-h"));
    String help = out.toString(StandardCharsets.UTF_8);
    assertTrue(help.contains("Usage: wsp-test") && help.contains("Does something."), help);
    assertTrue(help.contains("--config") && help.contains("wsp_test.cfg"), help);
    assertEquals(List.of(), started);
  }

  @Test
  void theVersionOfAClassFolderIsUnknown() {
    assertEquals(0, run("--version"));
    assertEquals("wsp-test unknown", out.toString(StandardCharsets.UTF_8).strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nosuch",
        "extra",
        "-config",
        "-config|a|-config|b",
        "@file",
        "-x",
        "-config|a|b",
        "a\nb"
      })
  void argumentsThatMakeNoSenseAreOneLine(String args) {
    assertEquals(2, run(args.split("\\|")));
    assertEquals(1, errors().lines().count(), errors());
    assertTrue(errors().startsWith("wsp-test: ") && errors().contains("--help"), errors());
    assertEquals(List.of(), started);
  }

  @Test
  void argumentsAreNotReadFromFiles(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("arguments"), "--config x.cfg");
    assertEquals(2, run("@" + file));
    assertEquals(List.of(), started);
  }

  @Test
  void failuresAreOneLine() {
    assertFailure(
        "f: port: a number is expected",
        config -> {
          throw new ConfigException("f: port: a number is expected");
        });
    assertFailure(
        "Address already in use",
        config -> {
          throw new IOException("Address already in use");
        });
    assertFailure(
        "IOException",
        config -> {
          throw new IOException();
        });
    assertFailure(
        "internal error: java.lang.IllegalStateException: a\\nb",
        config -> {
          throw new IllegalStateException("a\nb");
        });
  }

  @Test
  void anInterruptIsKept() {
    assertFailure(
        "interrupted",
        config -> {
          throw new InterruptedException();
        });
    assertTrue(Thread.currentThread().isInterrupted());
  }

  private void assertFailure(String line, DaemonCommand.Starter starter) {
    err.reset();
    assertEquals(1, execute(starter));
    assertEquals("wsp-test: " + line, errors().stripTrailing());
  }
}
