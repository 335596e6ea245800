package wsp.origins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.origins.Origin.Answer;
import wsp.rules.AccessRules;
import wsp.rules.Rule;
import wsp.rules.Verdict;

/**
 * No spelling of a path that rules let through is served as another path by a real origin. A
 * thousand of them here; {@code docs/readings.md} says how to ask each origin about a million. What
 * gets through is printed and becomes a line of {@code hostile.txt}.
 */
class OriginsTest {
  private static final AccessRules NO_ADMIN =
      AccessRules.of(List.of(Rule.of(null, "^http://o/admin(/|\\?|$)", Map.of())), List.of());
  private static final AccessRules ONLY_PUB =
      AccessRules.of(List.of(), List.of(Rule.of(null, "^http://o/pub/", Map.of())));

  private static final int FEW = 1_000;
  private static final int URLS = Integer.getInteger("origins.urls", FEW);
  private static final long SEED =
      Long.getLong("origins.seed", isLong() ? System.currentTimeMillis() : 1);
  private static final String ONLY = System.getProperty("origins.only", ".*");
  private static final int BATCH = 1_024;
  private static final int MOST_SHOWN = 20;
  private static final Path CORPUS = Path.of("src/test/resources/origins/hostile.txt");

  @TempDir Path dir;

  private int asked;
  private int served;
  private final List<String> bypasses = new ArrayList<>();

  /** True where more are asked than in each build. */
  static boolean isLong() {
    return URLS > FEW;
  }

  static Stream<Origins> origins() {
    return Stream.of(Origins.values()).filter(which -> which.name().matches(ONLY));
  }

  @ParameterizedTest
  @Timeout(value = 1, unit = TimeUnit.HOURS) // For a million; each answer has a limit of its own.
  @MethodSource("origins")
  void servesNothingThatIsDenied(Origins which) throws Exception {
    long seed = SEED + which.ordinal();
    long start = System.nanoTime();
    try (Origin origin = which.start(dir)) {
      origin.awaitReady();
      ask(origin, kept());
      HostileUrls urls = new HostileUrls(seed);
      while (asked < URLS && bypasses.size() < MOST_SHOWN)
        ask(origin, Stream.generate(urls::next).limit(Math.min(BATCH, URLS - asked)).toList());
    }
    System.out.printf(
        "%s: %,d URLs from seed %d in %d s, %,d served as /admin, %,d bypasses%n",
        which, asked, SEED, (System.nanoTime() - start) / 1_000_000_000L, served, bypasses.size());
    bypasses.forEach(System.out::println);
    assertEquals(List.of(), bypasses);
    assertTrue(served > 10, which + " has served next to nothing");
  }

  private static List<String> kept() throws IOException {
    try (Stream<String> lines = Files.lines(CORPUS)) {
      return lines.filter(line -> line.startsWith("/")).toList();
    }
  }

  /** Rules are asked about what an origin serves only: that is quicker than the other way round. */
  private void ask(Origin origin, List<String> urls) throws Exception {
    List<Destination> all = new ArrayList<>();
    for (String url : urls) all.add(parsed(url));
    List<Answer> answers = origin.ask(all.stream().map(Destination::requestTarget).toList());
    for (int i = 0; i < urls.size(); i++) {
      Answer answer = answers.get(i);
      if (answer.isAdmin()) served++;
      if (answer.isAdmin() && passes(NO_ADMIN, all.get(i)))
        bypasses.add("blacklist " + urls.get(i));
      if (answer.isOutsideOfPub() && passes(ONLY_PUB, all.get(i)))
        bypasses.add("whitelist " + urls.get(i));
    }
    asked += urls.size();
  }

  private static Destination parsed(String target) {
    try {
      return Destination.parse("http://o" + target);
    } catch (InvalidDestinationException e) {
      throw new AssertionError(target, e);
    }
  }

  private static boolean passes(AccessRules rules, Destination d) {
    return rules.judge("GET", d, Headers.EMPTY) == Verdict.ALLOWED;
  }
}
