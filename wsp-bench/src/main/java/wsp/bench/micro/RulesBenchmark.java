package wsp.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.rules.AccessRules;
import wsp.rules.Rule;
import wsp.rules.Verdict;

/** A verdict by a blacklist that does not match and a whitelist of which the last rule does. */
@State(Scope.Benchmark)
public class RulesBenchmark {
  /** Patterns in each of the two lists. */
  @Param({"1", "10", "100", "1000"})
  public int patterns;

  private AccessRules rules = AccessRules.NONE;

  /** Compiles the patterns. */
  @Setup
  public void compile() {
    List<Rule> black = new ArrayList<>();
    List<Rule> white = new ArrayList<>();
    for (int i = 0; i < patterns; i++) {
      black.add(url("^https?://internal-" + i + "\\.example\\.com(:[0-9]+)?/"));
      white.add(url("^https?://api-" + i + "\\.example\\.com(:[0-9]+)?/"));
    }
    white.set(patterns - 1, url("^https?://api\\.example\\.com(:8080)?/"));
    rules = AccessRules.of(black, white);
  }

  private static Rule url(String pattern) {
    return Rule.of(null, pattern, Map.of());
  }

  /** As for a request: parsed anew, since a destination may keep the forms that rules see. */
  @Benchmark
  public Verdict parseAndJudge() throws InvalidDestinationException {
    return rules.judge("GET", Destination.parse(Samples.URL), Samples.REQUEST);
  }
}
