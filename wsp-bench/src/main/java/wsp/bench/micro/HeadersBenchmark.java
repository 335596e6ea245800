package wsp.bench.micro;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import wsp.envelope.Headers;

/** What each hop does to the fields of a message. */
@State(Scope.Benchmark)
public class HeadersBenchmark {
  private Headers headers = Samples.REQUEST;

  /** Hop-by-hop fields taken out. */
  @Benchmark
  public Headers endToEnd() {
    return headers.endToEnd();
  }

  /** The last field but one, looked up. */
  @Benchmark
  public @Nullable String first() {
    return headers.first("X-Proxy-Destination");
  }

  /** Grouped for an envelope. */
  @Benchmark
  public Map<String, List<String>> byCanonicalName() {
    return headers.byCanonicalName();
  }
}
