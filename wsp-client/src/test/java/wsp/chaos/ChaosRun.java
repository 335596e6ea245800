package wsp.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import wsp.testing.Await;

/**
 * Two servers, three clients and a faulty origin under mixed load, while every two seconds
 * something is killed, stopped, frozen, cut or silenced; or, with {@code wsp.soak.requests}, a
 * million requests of which a twentieth fails. So many clients as {@code wsp.chaos.old} says speak
 * version 1 of the wire, and can carry no tunnels.
 *
 * <pre>
 *   mvn -B verify -Pchaos [-Dwsp.chaos.seconds=600] [-Dwsp.chaos.seed=1] [-Dwsp.chaos.old=1]
 *   mvn -B verify -Pchaos -Dwsp.soak.requests=1000000
 * </pre>
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
class ChaosRun {
  private static final Path DIRECTORY = Path.of("target", "chaos").toAbsolutePath();
  private static final int CALLERS = 24;
  private static final int SOAK_CALLERS = 32;
  private static final int SOAK_CLIENTS = 2;
  private static final long BETWEEN_FAULTS_NANOS = 2_000_000_000L;

  private static final String DENY = "blacklist :\n - url : /%s/\n";
  private static final String SERVER =
      "deadpeer : 3s\ngrace : 5s\nidletimeout : 2s\ntimeout : 5000\ntunnelports : all\n"
          + DENY.formatted(Kind.DENIED_BY_SERVER.path());
  private static final String CLIENT =
      "deadpeer : 3s\ngrace : 5s\nresponsetimeout : 2s\nkeepalive : 2s\npoolmaxsize : 64\n"
          + "tunnelports : all\n"
          + DENY.formatted(Kind.DENIED_BY_CLIENT.path());

  /** Clients that speak version 1 of the wire. */
  private static final int OLD = Integer.getInteger("wsp.chaos.old", 0);

  /** So many, the last ones of which may be old. */
  private static List<String> clients(int n) {
    return IntStream.range(0, n).mapToObj(i -> CLIENT + (i < n - OLD ? "" : "wire : 1\n")).toList();
  }

  /**
   * Where all clients are old, nobody carries a tunnel or an upgrade: a 501, which is not right.
   */
  private static Kind ofSoak(Random random) {
    Kind kind = Kind.ofSoak(random);
    return kind.isRaw() && OLD >= SOAK_CLIENTS ? Kind.GET : kind;
  }

  @Test
  @DisabledIfSystemProperty(named = "wsp.soak.requests", matches = ".+")
  void everyAnswerIsRightOrAnErrorOrAnAbort() throws Exception {
    int seconds = Integer.getInteger("wsp.chaos.seconds", 60);
    try (Rehearsal r = new Rehearsal(() -> new Fleet(DIRECTORY, 2, true, SERVER, clients(3)))) {
      r.awaitRecovered();
      Faults faults = new Faults(r.fleet, r.tally, new Random(r.seed));
      // First anything may be restarted; then some daemons see all that does not end them.
      storm(r, faults, seconds / 2, false);
      List<Figures> before = r.figures();
      storm(r, faults, seconds - seconds / 2, true);
      List<Figures> after = r.figures();
      List<String> wrong = new ArrayList<>(r.report());
      wrong.addAll(r.compare(before, after));
      assertEquals(List.of(), wrong);
    }
  }

  private static void storm(Rehearsal r, Faults faults, int seconds, boolean spared) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    try (Load load = r.load(CALLERS, Long.MAX_VALUE, false, Kind::ofChaos)) {
      load.watch();
      for (long next = System.nanoTime(); next < end; next += BETWEEN_FAULTS_NANOS) {
        while (System.nanoTime() < next) Await.pace(next - System.nanoTime());
        faults.next(spared);
      }
      while (faults.running()) Await.pace(1_000_000);
    }
    r.awaitRecovered();
  }

  @Test
  @EnabledIfSystemProperty(named = "wsp.soak.requests", matches = ".+")
  void aMillionRequestsLeaveNothingBehind() throws Exception {
    int requests = Integer.getInteger("wsp.soak.requests", 1_000_000);

    try (Rehearsal r =
        new Rehearsal(() -> new Fleet(DIRECTORY, 1, false, SERVER, clients(SOAK_CLIENTS)))) {
      r.awaitRecovered();
      soak(r, Math.max(1000, requests / 20));
      List<Figures> before = r.figures();
      long rate = soak(r, requests);
      List<Figures> after = r.figures();
      r.awaitRecovered();
      List<String> wrong = new ArrayList<>(r.report());
      Rehearsal.say(rate + " requests/s");
      wrong.addAll(r.compare(before, after));
      assertEquals(List.of(), wrong);
    }
  }

  /** So many requests; how many there were in a second. */
  private static long soak(Rehearsal r, int requests) {
    long begun = System.nanoTime();
    try (Load load = r.load(SOAK_CALLERS, r.ids.get() + requests, true, ChaosRun::ofSoak)) {
      load.watch();
      while (load.running()) Await.pace(10_000_000);
    }
    return requests * 1000L / Math.max(1, (System.nanoTime() - begun) / 1_000_000);
  }
}
