package wsp.origins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.origins.Origin.Answer;
import wsp.rules.AccessRules;
import wsp.rules.Rule;
import wsp.rules.Verdict;

/**
 * No spelling of a path that rules let through is served as another path by a real origin. A
 * thousand of them here; {@code mvn -B -Pfuzz verify -pl wsp-common -Dorigins.urls=1000000} asks
 * each origin about a million, from another seed each time, and Tomcat and Jetty too. What gets
 * through is printed and becomes a line of {@code hostile.txt}.
 */
class OriginsTest {
  private static final AccessRules NO_ADMIN =
      AccessRules.of(List.of(Rule.of(null, "^http://o/admin(/|\\?|$)", Map.of())), List.of());
  private static final AccessRules ONLY_PUB =
      AccessRules.of(List.of(), List.of(Rule.of(null, "^http://o/pub/", Map.of())));

  private static final int URLS = Integer.getInteger("origins.urls", 1_000);
  private static final long SEED = Long.getLong("origins.seed", 1);
  private static final int BATCH = 64;
  private static final Path CORPUS = Path.of("src/test/resources/origins/hostile.txt");

  /** In how many that are denied an origin is asked all the same, to see that there is a reason. */
  private static final int PROBES = 16;

  @TempDir Path dir;

  private int sent;
  private int served;
  private final List<String> bypasses = new ArrayList<>();

  /** Judged once for all origins. */
  private static final List<Asked> ALL = judged();

  /** A request target and what the rules say. */
  private record Asked(String target, boolean passesBlacklist, boolean passesWhitelist) {}

  @ParameterizedTest
  @EnumSource
  void servesNothingThatIsDenied(Origins which) throws Exception {
    try (Origin origin = which.start(dir)) {
      assertTrue(origin.ask(List.of("/admin/x")).get(0).isAdmin(), which + " does not tell");
      for (int i = 0; i < ALL.size(); i += BATCH)
        ask(origin, ALL.subList(i, Math.min(i + BATCH, ALL.size())));
    }
    System.out.printf(
        "%s: %,d URLs, %,d of them sent, %,d served as /admin, %,d bypasses%n",
        which, URLS, sent, served, bypasses.size());
    assertEquals(List.of(), bypasses.subList(0, Math.min(20, bypasses.size())));
    assertTrue(served > 10, which + " has served next to nothing");
  }

  /** Those that are kept in a file, and those of the seed that pass, or one of many that do not. */
  private static List<Asked> judged() {
    List<Asked> all = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(CORPUS))
        if (line.startsWith("/")) all.add(judged(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    HostileUrls urls = new HostileUrls(SEED);
    for (int i = 0; i < URLS; i++) {
      Asked asked = judged(urls.next());
      if (asked.passesBlacklist || asked.passesWhitelist || i % PROBES == 0) all.add(asked);
    }
    return all;
  }

  /** What the client would write on the request line. */
  private static Asked judged(String target) {
    try {
      Destination d = Destination.parse("http://o" + target);
      return new Asked(d.requestTarget(), passes(NO_ADMIN, d), passes(ONLY_PUB, d));
    } catch (InvalidDestinationException e) {
      throw new AssertionError(target, e);
    }
  }

  private static boolean passes(AccessRules rules, Destination d) {
    return rules.judge("GET", d, Headers.EMPTY) == Verdict.ALLOWED;
  }

  private void ask(Origin origin, List<Asked> batch) throws IOException {
    List<Answer> answers = origin.ask(batch.stream().map(Asked::target).toList());
    for (int i = 0; i < batch.size(); i++) {
      Asked asked = batch.get(i);
      Answer answer = answers.get(i);
      sent++;
      if (answer.isAdmin()) served++;
      if (asked.passesBlacklist && answer.isAdmin()) bypasses.add("blacklist " + asked.target);
      if (asked.passesWhitelist && answer.isOutsideOfPub())
        bypasses.add("whitelist " + asked.target);
    }
  }
}
