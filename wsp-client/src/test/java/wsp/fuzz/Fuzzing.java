package wsp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wsp.testing.Seeds;

/**
 * Gives every {@code …FuzzTest} of all modules its time with the fuzzer, one after the other and
 * each in a process of its own, from its seeds and from what earlier runs have found of interest.
 * Only under the profile {@code fuzz}: {@code mvn -B -Pfuzz verify}, with {@code
 * -Dfuzz.seconds=600} for each target and {@code -Dfuzz.target=destination} for one. An input that
 * fails is left in {@code wsp-client/target/fuzz}; it becomes a seed of its target.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
class Fuzzing {
  private static final String SUFFIX = "FuzzTest.class";
  private static final Path RUNS = Path.of("target", "fuzz").toAbsolutePath();

  /**
   * One of them.
   *
   * @param name that of its directory of seeds
   */
  record Target(String module, String className, String name) {
    static Target of(String module, String file) {
      String className = file.substring(0, file.length() - 6).replace(File.separatorChar, '.');
      String simple = className.substring(className.lastIndexOf('.') + 1);
      return new Target(module, className, Seeds.name(simple));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Target> chosen() throws IOException {
    List<Target> all = new ArrayList<>();
    for (String module : List.of("wsp-common", "wsp-server", "wsp-client")) {
      Path classes = built(module, "test-classes");
      try (Stream<Path> files = Files.walk(classes)) {
        files
            .filter(f -> f.toString().endsWith(SUFFIX))
            .map(f -> Target.of(module, classes.relativize(f).toString()))
            .forEach(all::add);
      }
    }
    String name = System.getProperty("fuzz.target", "");
    List<Target> chosen = all.stream().filter(t -> name.isEmpty() || t.name.equals(name)).toList();
    if (chosen.isEmpty())
      throw new IllegalArgumentException("fuzz.target: one of " + all + " is expected");
    return chosen;
  }

  private static Path built(String module, String what) {
    return Path.of("..", module, "target", what).toAbsolutePath().normalize();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chosen")
  void nothingIsFound(Target target) throws Exception {
    Path run = Files.createDirectories(RUNS.resolve(target.name));
    Files.createDirectories(run.resolve("corpus"));
    Path log = run.resolve("log");
    Process fuzzer =
        new ProcessBuilder(command(target))
            .directory(run.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int exit = fuzzer.waitFor();
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      System.out.println(target + ": " + last(lines, " cov: "));
      assertEquals(0, exit, () -> from(lines, "== Java Exception") + "\nsee " + run);
    } finally {
      fuzzer.destroyForcibly();
    }
  }

  private static List<String> command(Target target) {
    String seeds = "../src/test/resources/fuzz/" + target.name;
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx768m",
        "-cp",
        classpath(target),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.className,
        "--instrumentation_includes=wsp.**",
        "--reproducer_path=.",
        "-artifact_prefix=./",
        "-max_total_time=" + System.getProperty("fuzz.seconds", "600"),
        "-max_len=4096",
        "-timeout=60",
        "-use_value_profile=1",
        "corpus",
        built(target.module, seeds).toString());
  }

  /** This one's, with the classes of the modules before their jars. */
  private static String classpath(Target target) {
    List<String> path = new ArrayList<>();
    path.add(built(target.module, "test-classes").toString());
    for (String module : List.of("wsp-common", "wsp-server", "wsp-client"))
      path.add(built(module, "classes").toString());
    path.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, path);
  }

  private static String last(List<String> lines, String part) {
    return lines.stream().filter(l -> l.contains(part)).reduce("", (a, b) -> b);
  }

  private static String from(List<String> lines, String part) {
    int first = 0;
    while (first < lines.size() && !lines.get(first).contains(part)) first++;
    int start = first < lines.size() ? first : Math.max(0, lines.size() - 20);
    return String.join("\n", lines.subList(start, Math.min(lines.size(), start + 20)));
  }
}
