package wsp.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A daemon in a process of its own that has come so far with its start, and was ended then.
 *
 * @param lines what it has written, with a line for each class that it has loaded
 */
public record Start(List<String> lines) {
  private static final List<String> OF_ADMIN_PORT =
      List.of(
          " io.prometheus.",
          " wsp.metrics.",
          " wsp.admin.LivePage",
          " wsp.admin.RecentExchanges",
          ".FailureWords ",
          " com.sun.net.httpserver.",
          " sun.net.httpserver.");

  /**
   * Starts a daemon, and waits for a line.
   *
   * @param until a part of that line
   */
  public static Start of(String mainClass, Path config, String until)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass,
                "-config",
                config.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.contains(until)) return new Start(lines);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    throw new AssertionError("it has ended: " + String.join("\n", lines));
  }

  /** The lines that tell of classes of an admin port. */
  public List<String> ofAdminPort() {
    return lines.stream().filter(l -> OF_ADMIN_PORT.stream().anyMatch(l::contains)).toList();
  }

  /** The kinds of classes of an admin port that it has not loaded. */
  public List<String> missingOfAdminPort() {
    return OF_ADMIN_PORT.stream()
        .filter(c -> lines.stream().noneMatch(l -> l.contains(c)))
        .toList();
  }

  /** All of it. */
  public String text() {
    return String.join("\n", lines);
  }
}
