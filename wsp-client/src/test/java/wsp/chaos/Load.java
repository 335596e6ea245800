package wsp.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import wsp.testing.Await;

/** Many callers at once, each on its own thread, until they are told to stop. */
final class Load implements AutoCloseable {
  /** Which servers a caller may choose from. */
  interface Choice {
    int server(Random random);
  }

  private static final long WATCH_MILLIS = 500;
  private static final Duration STOPS = Duration.ofSeconds(60);

  private final AtomicLong ids;
  private final long lastId;
  private final List<LoadCaller> callers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  /**
   * @param ids where the next number of a request comes from
   * @param lastId where the load ends by itself
   */
  Load(AtomicLong ids, long lastId) {
    this.ids = ids;
    this.lastId = lastId;
  }

  /** One more caller. */
  void start(
      LoadCaller caller,
      Random random,
      Choice choice,
      Function<Random, Kind> kinds,
      boolean small) {
    callers.add(caller);
    threads.add(
        Threads.start(
            "caller",
            () -> {
              while (!stopping) {
                long id = ids.getAndIncrement();
                if (id >= lastId) break;
                caller.call(
                    Task.random(id, kinds.apply(random), random, small), choice.server(random));
              }
              caller.close();
            }));
  }

  /** Looks for callers that hang, as long as there are any at work. */
  void watch() {
    Threads.start(
        "watch",
        () -> {
          while (running()) {
            callers.forEach(LoadCaller::checkHang);
            Await.pace(WATCH_MILLIS * 1_000_000);
          }
        });
  }

  boolean running() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  /** Lets what runs finish. */
  @Override
  public void close() {
    stopping = true;
    Await.until("all callers are done", STOPS, () -> !running());
  }
}
