package wsp.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One fault after the other, by chance, each on its own thread. For one thread, but for running.
 */
final class Faults {
  private static final int LONGEST_MILLIS = 5000;

  private final Fleet fleet;
  private final Tally tally;
  private final Random random;

  /** Those that are still to come before each of them comes again. */
  private final List<Fault> bag = new ArrayList<>();

  private final AtomicInteger running = new AtomicInteger();

  Faults(Fleet fleet, Tally tally, Random random) {
    this.fleet = fleet;
    this.tally = tally;
    this.random = random;
  }

  /** True while a fault is not mended yet. */
  boolean running() {
    return running.get() > 0;
  }

  /**
   * Begins the next one.
   *
   * @param spared whether the last server and the last client may not be restarted
   */
  void next(boolean spared) {
    if (bag.isEmpty()) {
      bag.addAll(List.of(Fault.values()));
      Collections.shuffle(bag, random);
    }
    Fault fault = bag.remove(bag.size() - 1);
    int which = random.nextInt(1000);
    int millis = 500 + random.nextInt(LONGEST_MILLIS - 500);
    if (fault.network) {
      Relay relay = fleet.relays().get(which % fleet.relays().size());
      begin(fault, "a network", () -> fault.strike(relay, millis), () -> {});
      return;
    }
    List<Member> all = fault.ofServer ? fleet.servers() : fleet.clients();
    int choice = all.size() - (spared && fault.restarts ? 1 : 0);
    for (int i = 0; i < choice; i++) {
      Member m = all.get((which + i) % choice);
      if (!m.take()) continue;
      begin(fault, m.name(), () -> fault.strike(m, millis), m::give);
      return;
    }
  }

  private interface Strike {
    void run() throws Exception;
  }

  private void begin(Fault fault, String whom, Strike strike, Runnable after) {
    tally.count("fault " + fault);
    running.incrementAndGet();
    Threads.start(
        "fault",
        () -> {
          try {
            strike.run();
          } catch (Exception | AssertionError e) {
            tally.wrong(fault + " of " + whom + ": " + e);
          } finally {
            after.run();
            running.decrementAndGet();
          }
        });
  }
}
