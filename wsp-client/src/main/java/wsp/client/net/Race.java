package wsp.client.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * One race of {@link Racing}. Decides under its lock and acts outside it; is itself the future by
 * which it is cancelled. Safe for all threads.
 */
abstract class Race extends CompletableFuture<Void> {
  /** What RFC 8305 §5 recommends. */
  private static final long NEXT_NANOS = 250_000_000;

  private final Reactor reactor;
  private final ScheduledExecutorService timer;
  private final Racing.Place place;
  private final List<InetAddress> addresses;
  private final long deadline;
  private final Object lock = new Object();

  // Guarded by the lock.
  private final List<Attempt> running = new ArrayList<>();
  private final List<Exception> causes = new ArrayList<>();
  private int started;
  private boolean decided;
  private @Nullable Attempt winner;
  private @Nullable Future<?> alarm;

  Race(
      Reactor reactor,
      ScheduledExecutorService timer,
      Racing.Place place,
      List<InetAddress> addresses,
      long deadline) {
    this.reactor = reactor;
    this.timer = timer;
    this.place = place;
    this.addresses = addresses;
    this.deadline = deadline;
  }

  /** It is connected. */
  abstract void won(IOSession session, InetAddress address);

  /** Nothing has answered. */
  abstract void lost(List<Exception> all);

  /** Tries the next address, if there is one and it is still needed. */
  void next() {
    Attempt attempt;
    synchronized (lock) {
      if (decided || started == addresses.size()) return;
      attempt = new Attempt(addresses.get(started++));
      running.add(attempt);
      long left = deadline - System.nanoTime();
      int others = addresses.size() - started;
      // Where there is little time, each gets its share.
      if (others > 0) alarm = after(Math.min(NEXT_NANOS, left / (others + 1)));
    }
    attempt.begin();
  }

  private @Nullable Future<?> after(long nanos) {
    try {
      return timer.schedule(this::next, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The client is stopping.
      return null;
    }
  }

  private void failed(Attempt attempt, Exception cause) {
    boolean over;
    synchronized (lock) {
      if (decided) return;
      causes.add(cause);
      running.remove(attempt);
      boolean more = started < addresses.size() && deadline - System.nanoTime() > 0;
      over = !more && running.isEmpty();
      decided = over;
      if (alarm != null) alarm.cancel(false);
    }
    if (over) lost(List.copyOf(causes));
    else next();
  }

  private void connected(Attempt attempt, IOSession session) {
    // HttpCore does so only after this: TLS would take the event over, for as long as it lives, and
    // a connection that is there is ready for it without end.
    session.clearEvent(SelectionKey.OP_CONNECT);
    boolean first = end(attempt);
    if (first) won(session, attempt.address);
    else session.close(CloseMode.IMMEDIATE);
  }

  /** True if this is the end of it; all but one are broken off. */
  private boolean end(@Nullable Attempt but) {
    List<Attempt> others;
    synchronized (lock) {
      if (decided) return false;
      decided = true;
      winner = but;
      others = new ArrayList<>(running);
      others.remove(but);
      if (alarm != null) alarm.cancel(false);
    }
    others.forEach(Attempt::end);
    return true;
  }

  private boolean isLost(Attempt attempt) {
    synchronized (lock) {
      return decided && attempt != winner;
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return end(null);
  }

  /** One address. */
  private final class Attempt implements FutureCallback<IOSession> {
    private final InetAddress address;
    private volatile @Nullable Future<IOSession> connecting;

    Attempt(InetAddress address) {
      this.address = address;
    }

    void begin() {
      Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
      connecting =
          reactor.connect(
              place.host(), new InetSocketAddress(address, place.port()), left, new Unused(), this);
      // It may have been decided before there was anything to cancel.
      if (isLost(this)) end();
    }

    void end() {
      Future<IOSession> begun = connecting;
      if (begun != null) begun.cancel(true);
    }

    @Override
    public void completed(IOSession session) {
      Race.this.connected(this, session);
    }

    @Override
    public void failed(Exception cause) {
      Race.this.failed(this, cause);
    }

    @Override
    public void cancelled() {
      // By the end of the race.
    }
  }
}
