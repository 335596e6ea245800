package wsp.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/**
 * Two servers and two clients are stopped and started again one after the other, under load: no
 * request is lost, fails or is executed twice. Callers do what a load balancer does: a server that
 * does not answer {@code /status} with 200 gets no new requests until one has gone through it
 * again, and a request that a server did not take (503, or no connection) goes to the other one.
 */
class RollingRestartIT {
  private static final int CALLERS = 8;
  private static final Duration EXIT = Duration.ofSeconds(20);
  private static final Duration UP = Duration.ofSeconds(20);
  private static final long ENOUGH = 40;
  private static final long PROBE_NANOS = 20_000_000;

  private static final List<Kind> KINDS =
      List.of(
          Kind.GET,
          Kind.GET,
          Kind.HEAD,
          Kind.HEAD,
          Kind.POST_LENGTH,
          Kind.POST_LENGTH,
          Kind.POST_CHUNKED,
          Kind.POST_CHUNKED,
          Kind.DOWNLOAD,
          Kind.SLOW_ORIGIN);

  @TempDir Path directory;

  private final Tally tally = new Tally();
  private final AtomicLong ids = new AtomicLong();
  private final boolean[] inService = {true, true};
  private volatile boolean stopping;
  private Fleet fleet;
  private FaultyOrigin origin;

  @Test
  void aRollingRestartLosesNothing() throws Exception {
    origin = new FaultyOrigin(tally);
    fleet =
        new Fleet(
            directory,
            2,
            true,
            "grace : 15s\ntimeout : 5s\n",
            List.of("grace : 15s\n", "grace : 15s\n"));
    try {
      fleet.awaitRegistered();
      List<Thread> load = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Random random = new Random(i);
        load.add(Threads.start("caller", () -> call(random)));
      }
      load.add(Threads.start("prober", this::probe));
      for (Member server : fleet.servers()) restart(server);
      for (Member client : fleet.clients()) restart(client);
      awaitMore();
      stopping = true;
      Await.until("all is answered", EXIT, () -> load.stream().noneMatch(Thread::isAlive));
    } finally {
      fleet.close();
      origin.close();
    }
    System.out.println(tally.table());
    assertEquals(List.of(), tally.problems());
    assertEquals(0, tally.twice());
  }

  private void restart(Member m) throws Exception {
    awaitMore();
    assertTrue(Set.of(0, 143).contains(m.stop(EXIT)), m.name());
    awaitMore();
    m.restart();
    fleet.awaitRegistered();
    int server = fleet.servers().indexOf(m);
    if (server >= 0) Await.until(m.name() + " is in service", UP, () -> inService(server));
  }

  private void awaitMore() {
    long before = tally.of(Outcome.RIGHT);
    Await.until("load goes on", UP, () -> tally.of(Outcome.RIGHT) > before + ENOUGH);
  }

  private synchronized boolean inService(int server) {
    return inService[server];
  }

  private synchronized void inService(int server, boolean now) {
    inService[server] = now;
  }

  /** Finds out who may be asked: by /status while it serves, by a request until it does again. */
  private void probe() {
    while (!stopping) {
      for (int i = 0; i < fleet.servers().size(); i++) {
        Member m = fleet.servers().get(i);
        inService(i, m.status() == 200 && (inService(i) || goesThrough(m)));
      }
      Await.pace(PROBE_NANOS);
    }
  }

  private boolean goesThrough(Member m) {
    Task probe = new Task(ids.getAndIncrement(), Kind.GET, 0, 10);
    try (HttpSocket s = HttpSocket.connect(m.port())) {
      s.write(
          "GET /request HTTP/1.1\r\nHost: wsp.test\r\nX-PROXY-DESTINATION: "
              + origin.url(probe.target())
              + "\r\n\r\n");
      Head head = s.head();
      return head != null && head.status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void call(Random random) {
    try (LoadCaller caller = new LoadCaller(fleet.servers(), origin, tally, random, false)) {
      while (!stopping) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        Task task = Task.random(ids.getAndIncrement(), kind, random, kind != Kind.DOWNLOAD);
        call(caller, task, random.nextInt(2));
      }
    }
  }

  /** At the other server, where the first one did not take it. */
  private void call(LoadCaller caller, Task task, int preferred) {
    int first = inService(preferred) ? preferred : 1 - preferred;
    Outcome outcome = caller.call(task, first);
    boolean refused = outcome == Outcome.ERROR_503 || outcome == Outcome.REFUSED;
    if (refused) outcome = caller.call(task, 1 - first);
    if (outcome != Outcome.RIGHT) tally.wrong(outcome + " of " + task);
  }
}
