package wsp.admin;

import java.util.function.Predicate;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;

/**
 * A page for a browser that shows what the daemon is doing, by itself and all the time: pools,
 * requests in flight, the last exchanges and the last failures with what went wrong. {@code /} is
 * the page, {@code /events} what it is told.
 *
 * <p>Observes on the threads that serve, which costs them one small object for each exchange and no
 * lock; all the rest is done on the threads of the {@link AdminPort} while a reader is connected.
 * Safe for all threads.
 */
public final class LivePage implements AutoCloseable {
  private final RecentExchanges exchanges;
  private final long startedMillis = System.currentTimeMillis();
  private volatile Runnable end = () -> {};

  /** Observes; a stranger's failure is one that a caller without a name can cause. */
  public LivePage(Predicate<ExchangeRecord> stranger) {
    exchanges = new RecentExchanges(stranger);
  }

  public ExchangeObserver observer() {
    return exchanges;
  }

  /** Puts the page there; once, before the port's start. */
  public void serve(AdminPort port, LiveSource source) {
    EventStreams streams = new EventStreams(() -> new Feed(source, exchanges, startedMillis));
    end = streams::close;
    port.handle("/", new PageHandler());
    port.handle("/events", streams);
  }

  @Override
  public void close() {
    end.run();
  }
}
