package wsp.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is due again and again, each piece by itself: one that fails is told once, is tried
 * again at every pass and told when it works, and keeps no other from its turn. For one thread at a
 * time; that thread never sees an error.
 */
public final class Chores {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private static final class Chore {
    private final String name;
    private final LongConsumer work;
    private boolean failing;

    Chore(String name, LongConsumer work) {
      this.name = name;
      this.work = work;
    }
  }

  private final List<Chore> all = new ArrayList<>();

  /** Adds one before the first pass; the log calls it so, and it is given the nanoTime. */
  public Chores add(String name, LongConsumer work) {
    all.add(new Chore(name, work));
    return this;
  }

  /** Does them on a timer, with that pause between two passes, until the timer ends. */
  public void begin(ScheduledExecutorService timer, Duration pause) {
    long millis = pause.toMillis();
    var unused =
        timer.scheduleWithFixedDelay(
            () -> pass(System.nanoTime()), millis, millis, TimeUnit.MILLISECONDS);
  }

  public void pass(long now) {
    for (Chore chore : all) run(chore, now);
  }

  private static void run(Chore chore, long now) {
    try {
      chore.work.accept(now);
      if (chore.failing) LOG.info("{} works again", chore.name);
      chore.failing = false;
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      if (!chore.failing)
        LOG.error("{} failed; the rest goes on, and it is tried again:", chore.name, e);
      chore.failing = true;
    }
  }
}
