package wsp.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import wsp.testing.Await;

/** What chaos run and soak share: the parties, what is counted, and how it is all told. */
final class Rehearsal implements AutoCloseable {
  private static final Duration RECOVERY = Duration.ofSeconds(20);
  private static final Duration QUIET = Duration.ofSeconds(20);
  private static final int GOOD = 100;
  private static final long MIB = 1024;

  final long seed;
  final Tally tally = new Tally();
  final AtomicLong ids = new AtomicLong();
  final FaultyOrigin origin;
  final Fleet fleet;

  interface Fleets {
    Fleet open() throws IOException;
  }

  Rehearsal(Fleets fleets) throws IOException {
    seed = Long.getLong("wsp.chaos.seed", System.nanoTime() % 1_000_000);
    say("seed " + seed + " (-Dwsp.chaos.seed=" + seed + ")");
    origin = new FaultyOrigin(tally);
    fleet = fleets.open();
    say("logs in " + fleet.directory());
  }

  static void say(String text) {
    System.out.println("[chaos] " + text.replace("\n", "\n[chaos] "));
  }

  Load load(int callers, long lastId, boolean strict, Function<Random, Kind> kinds) {
    Load load = new Load(ids, lastId);
    for (int i = 0; i < callers; i++) {
      Random random = new Random(seed * 31 + i);
      LoadCaller caller = new LoadCaller(fleet.servers(), origin, tally, random, strict);
      int servers = fleet.servers().size();
      load.start(caller, random, r -> r.nextInt(servers), kinds, strict);
    }
    return load;
  }

  /** A hundred requests in a row through each server, all of them right. */
  void awaitRecovered() {
    long begun = System.nanoTime();
    for (int i = 0; i < fleet.servers().size(); i++) {
      int server = i;
      int[] good = new int[1];
      try (LoadCaller caller =
          new LoadCaller(fleet.servers(), origin, tally, new Random(seed), false)) {
        Await.until(
            GOOD + " good requests through " + fleet.servers().get(i).name(),
            RECOVERY,
            () -> {
              good[0] = call(caller, server) == Outcome.RIGHT ? good[0] + 1 : 0;
              return good[0] >= GOOD;
            });
      }
    }
    fleet.awaitRegistered();
    say("recovered after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
  }

  private Outcome call(LoadCaller caller, int server) {
    return caller.call(new Task(ids.getAndIncrement(), Kind.GET, 0, 500), server);
  }

  /** What each daemon holds once nothing moves any more. */
  List<Figures> figures() throws IOException {
    Await.until("the origin has nothing to do any more", QUIET, () -> origin.running() == 0);
    awaitQuiet();
    List<Figures> figures = new ArrayList<>();
    for (Member m : fleet.all()) figures.add(Figures.of(m.daemon()));
    return figures;
  }

  /** Until no daemon has closed or opened anything for some seconds. */
  private void awaitQuiet() throws IOException {
    long deadline = System.nanoTime() + QUIET.toNanos();
    long before = -1;
    for (int same = 0; same < 5 && System.nanoTime() < deadline; ) {
      long now = 0;
      for (Member m : fleet.all()) now += Figures.descriptors(m.daemon());
      same = now == before ? same + 1 : 0;
      before = now;
      Await.pace(1_000_000_000);
    }
  }

  /** Before and after, for each daemon; and what has grown in those that were not restarted. */
  List<String> compare(List<Figures> before, List<Figures> after) {
    List<String> grown = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      String name = fleet.all().get(i).name();
      Figures b = before.get(i);
      Figures a = after.get(i);
      boolean same = a.pid() == b.pid();
      say(name + (same ? " before: " + b + "\n  and after: " + a : " (restarted): " + a));
      if (same) grown.addAll(grown(name, b, a));
    }
    return grown;
  }

  /** Threads that idle end by themselves: fewer than before is no fault. */
  private static List<String> grown(String name, Figures b, Figures a) {
    List<String> grown = new ArrayList<>();
    if (a.descriptors() > b.descriptors() + 5)
      grown.add(name + ": descriptors " + b.descriptors() + " -> " + a.descriptors());
    if (a.threads() > b.threads() + 5)
      grown.add(name + ": threads " + b.threads() + " -> " + a.threads());
    if (a.heapKib() > b.heapKib() + b.heapKib() / 10 + MIB)
      grown.add(name + ": heap " + b.heapKib() + " KiB -> " + a.heapKib() + " KiB");
    return grown;
  }

  /** Prints all that was counted; what is wrong with it. */
  List<String> report() throws IOException {
    say(tally.table());
    List<String> wrong = new ArrayList<>(tally.problems());
    wrong.addAll(fleet.logFaults());
    if (tally.wrong() > 0 || tally.twice() > 0) wrong.add("see the table");
    wrong.forEach(w -> say("WRONG " + w));
    return wrong;
  }

  @Override
  public void close() throws IOException {
    fleet.close();
    origin.close();
  }
}
