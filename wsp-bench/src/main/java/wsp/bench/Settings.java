package wsp.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a run is made, from the system properties {@code wsp.bench.*}.
 *
 * @param quick everything once and small: a check that the run works, whose figures mean nothing
 * @param only the parts to run: {@code micro}, {@code load}, {@code far}, and of the curves {@code
 *     idle}, {@code pools}, {@code patterns}, {@code waiting}
 * @param warmup load on fresh daemons before the first cell
 * @param curveWarmup the same before each point of a curve that needs fresh daemons
 * @param cell how long a round of a cell takes
 * @param rounds how often each cell is measured
 * @param mib the size of a bulk transfer
 * @param server the server's jar
 * @param client the client's jar
 * @param directory where logs and results go
 */
record Settings(
    boolean quick,
    Set<String> only,
    Duration warmup,
    Duration curveWarmup,
    Duration cell,
    int rounds,
    int mib,
    Path server,
    Path client,
    Path directory) {

  private static final Set<String> PARTS =
      Set.of("micro", "load", "idle", "pools", "patterns", "waiting", "far");

  static Settings read() {
    boolean quick = text("quick", "false").equals("true");
    Set<String> only = Set.copyOf(List.of(text("only", String.join(",", PARTS)).split(",")));
    if (!PARTS.containsAll(only))
      throw new IllegalArgumentException("wsp.bench.only: of " + PARTS + ", not " + only);
    return new Settings(
        quick,
        only,
        seconds("warmup", quick ? 3 : 60),
        seconds("curvewarmup", quick ? 1 : 30),
        seconds("seconds", quick ? 1 : 5),
        number("rounds", quick ? 1 : 3),
        number("mib", quick ? 64 : 1024),
        Path.of(text("server", "wsp-server.jar")).normalize(),
        Path.of(text("client", "wsp-client.jar")).normalize(),
        Path.of(text("directory", "target/bench")));
  }

  private static Duration seconds(String key, int standard) {
    return Duration.ofSeconds(number(key, standard));
  }

  private static int number(String key, int standard) {
    String value = text(key, Integer.toString(standard));
    if (!value.matches("[1-9][0-9]{0,5}"))
      throw new IllegalArgumentException("wsp.bench." + key + ": a number, not " + value);
    return Integer.parseInt(value);
  }

  /** Empty stands for not given: the build passes every property on. */
  private static String text(String key, String standard) {
    String value = System.getProperty("wsp.bench." + key, "");
    return value.isEmpty() ? standard : value;
  }

  /** Where the daemons' configurations and logs are. */
  Path daemons() {
    return directory.resolve("daemons");
  }

  boolean runs(String part) {
    return only.contains(part);
  }

  /** A tenth in a quick run. */
  int scaled(int count) {
    return quick ? Math.max(1, count / 10) : count;
  }
}
