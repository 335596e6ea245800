package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.testing.Await;

/**
 * Ordinary requests beside one abuser at full speed: each is answered. With {@code
 * -Dwsp.fair.seconds=5} it is measured how soon, and what the abuser's bytes cost: docs/limits.md.
 */
class FairnessIT {
  private static final int SECONDS = Integer.getInteger("wsp.fair.seconds", 0);
  private static final Duration TIME = Duration.ofSeconds(SECONDS);

  /** How many times as much a byte may cost; records have a price in the engine of TLS itself. */
  private static final int OTHERS = 10;

  private static final int RECORDS = 40;
  private static final int CONNECTIONS = 4;
  private static final int REQUESTS = 12;

  @TempDir static Path directory;
  @AutoClose private static FairStage stage;

  @BeforeAll
  static void open() throws IOException {
    stage = new FairStage(directory);
  }

  /** How long each of so many requests took, one after the other, in nanoseconds, sorted. */
  private static long[] latencies(boolean secure, Duration atLeast) throws IOException {
    List<Caller> callers = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) callers.add(stage.caller(secure));
      byte[] request = stage.request(stage.origin.url("/ok"), FairStage.CLIENT);
      long begin = System.nanoTime();
      List<Long> nanos = new ArrayList<>();
      while (nanos.size() < REQUESTS || System.nanoTime() - begin < atLeast.toNanos()) {
        Caller c = callers.get(nanos.size() % CONNECTIONS);
        long from = System.nanoTime();
        c.out.write(request);
        assertEquals("200 ok", c.answer("GET").toString());
        nanos.add(System.nanoTime() - from);
      }
      return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    } finally {
      for (Caller c : callers) c.close();
    }
  }

  private static Flood begin(Abuser abuser, boolean tiny) throws IOException {
    Flood f = new Flood();
    abuser.begin(stage, f, tiny);
    try {
      Await.until(abuser + " sends", Duration.ofSeconds(20), f::sends);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + f + stage.log(), e);
    }
    return f;
  }

  @ParameterizedTest
  @EnumSource
  void ordinaryRequestsAreAnsweredBeside(Abuser abuser) throws IOException {
    if (SECONDS > 0) {
      measure(abuser);
      return;
    }
    try (Flood f = begin(abuser, true)) {
      long before = f.wire.sum();
      latencies(abuser.secure(), Duration.ZERO);
      Await.until(
          abuser + " sends on, or was sent away",
          Duration.ofSeconds(20),
          () -> f.wire.sum() > before || f.ended());
    }
  }

  /** With links and callers' connections of either kind, plain and TLS, open and idle. */
  @Test
  void daemonsThatHaveNothingToDoRest() throws IOException {
    try (Caller plain = stage.caller(false);
        Caller secure = stage.caller(true)) {
      for (Caller c : new Caller[] {plain, secure}) {
        c.out.write(stage.request(stage.origin.url("/ok"), FairStage.CLIENT));
        assertEquals("200 ok", c.answer("GET").toString());
      }
      Rest rest = new Rest();
      Await.until("three daemons take a fifth of a core", Duration.ofSeconds(30), rest::isThere);
    }
  }

  /** Looks at what the daemons take in each half second. */
  private static final class Rest {
    private static final long SPAN = 500_000_000;
    private long since = System.nanoTime();
    private long cpu = stage.cpu();

    boolean isThere() {
      long span = System.nanoTime() - since;
      if (span < SPAN) return false;
      long spent = stage.cpu() - cpu;
      since += span;
      cpu += spent;
      return spent < span / 5;
    }
  }

  // ---- figures

  /**
   * What an abuser costs.
   *
   * @param p99 of ordinary requests, in milliseconds
   * @param wire CPU of both daemons for each byte that was sent, in nanoseconds
   * @param payload the same for each byte of payload
   */
  private record Figures(double p99, double wire, double payload) {}

  private static double p99(long[] nanos) {
    return nanos[(int) ((nanos.length - 1) * .99)] / 1e6;
  }

  private static Figures figures(Abuser abuser, boolean tiny) throws IOException {
    try (Flood f = begin(abuser, tiny)) {
      pass(TIME);
      long cpu = stage.cpu();
      long wire = f.wire.sum();
      long payload = f.payload.sum();
      pass(TIME);
      double spent = stage.cpu() - cpu;
      return new Figures(
          p99(latencies(abuser.secure(), TIME)),
          spent / (f.wire.sum() - wire),
          spent / (f.payload.sum() - payload));
    }
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Await.until("it is over", time.plusSeconds(60), () -> System.nanoTime() - end > 0);
  }

  private static void measure(Abuser abuser) throws IOException {
    latencies(abuser.secure(), TIME);
    double quiet = p99(latencies(abuser.secure(), TIME));
    Figures cheap = figures(abuser, false);
    Figures dear = figures(abuser, true);
    double times = dear.wire / cheap.wire;
    System.out.printf(
        "%-18s p99 ms: quiet %.1f, cheap %.1f, abuse %.1f | CPU ns a byte: cheap %.2f, abuse %.2f ="
            + " %.1f x; of payload %.0f%n",
        abuser, quiet, cheap.p99, dear.p99, cheap.wire, dear.wire, times, dear.payload);
    assertTrue(dear.p99 <= 5 * Math.max(quiet, cheap.p99), "ordinary requests wait");
    assertTrue(times <= (abuser.secure() ? RECORDS : OTHERS), "its bytes cost too much");
  }
}
