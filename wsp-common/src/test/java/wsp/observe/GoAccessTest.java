package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a program that knows the combined format reads every line of ours. */
class GoAccessTest {
  private enum Row {
    REFUSED
  }

  private static final List<String> FROM =
      List.of(
          "192.0.2.1:5000",
          "[2001:db8::1]:5000",
          "[fe80::1%eth0]:5000",
          "1.2.3.4 through 10.1.2.3:5555",
          "[2001:db8::1]:80 through 10.1.2.3:5555",
          "unknown through 10.1.2.3:5555",
          "\" {x} through [::1]:5555");

  @TempDir Path directory;

  private static Optional<String> program() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(":"))
        .map(dir -> Path.of(dir, "goaccess"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static String line(String from, String text, int status) {
    ExchangeRecord e = new ExchangeRecord("id", "00-ab-cd-01", "GET", from);
    e.destination("http://a.test/" + text);
    e.caller(text);
    e.peer(text);
    e.visitor(new Visitor("http://b.test/" + text, text, "[::1]:8080", true));
    Outcomes<Row> outcomes = new Outcomes<>(new Failures<>(Row.class), ExchangeObserver.NONE);
    if (status != 0) outcomes.failed(e, Row.REFUSED, text, status);
    else outcomes.cancelled(e);
    StringBuilder line = new StringBuilder();
    new CombinedAccessLine("client").append(line, e);
    return line.append('\n').toString();
  }

  @Test
  void takesEveryLine() throws Exception {
    String program = program().orElse("");
    assumeTrue(!program.isEmpty(), "goaccess is not on the PATH: no line was given to it");
    StringBuilder log = new StringBuilder();
    int lines = 0;
    for (String from : FROM) {
      for (String text : List.of("plain", "", "a \"b\" \\ [c] {d} \u00e9\n", "-")) {
        log.append(line(from, text, lines % 2 == 0 ? 527 : 0));
        lines++;
      }
    }
    log.append(line("", "of a client", 200));
    lines++;
    Path file = Files.writeString(directory.resolve("access.log"), log);
    Path report = directory.resolve("report.json");
    Process p =
        new ProcessBuilder(
                program,
                file.toString(),
                "--log-format=COMBINED",
                "--no-global-config",
                "-o",
                report.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile())
            .start();
    try {
      assertEquals(true, p.waitFor(60, TimeUnit.SECONDS), "it ends");
    } finally {
      p.destroyForcibly();
    }
    assertEquals(0, p.exitValue(), Files.readString(directory.resolve("said")));
    JsonNode read = new ObjectMapper().readTree(Files.readString(report)).path("general");
    assertEquals(lines, read.path("valid_requests").intValue(), log.toString());
    assertEquals(0, read.path("failed_requests").intValue());
  }
}
