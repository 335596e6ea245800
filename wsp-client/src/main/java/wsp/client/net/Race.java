package wsp.client.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * One race of {@link Racing}. Decides under its lock and acts outside it; is itself the future by
 * which it is cancelled. Safe for all threads.
 */
final class Race extends CompletableFuture<Void> {
  /** What RFC 8305 §5 recommends. */
  private static final long NEXT_NANOS = 250_000_000;

  /** Where there is no place for one more attempt, the eldest has the others' time besides. */
  private static final long GIVE_UP_NANOS = 1_000_000_000;

  /** Attempts at the same time. */
  static final int MOST = 4;

  private final Racing racing;
  private final Racing.Place place;
  private final List<InetAddress> addresses;
  private final long deadline;
  private final Racing.Outcome outcome;
  private final Object lock = new Object();

  // Guarded by the lock.
  private final List<Attempt> running = new ArrayList<>();
  private final List<Exception> causes = new ArrayList<>();
  private int started;

  /** Attempts that may run beside the first one. */
  private int spares;

  private boolean decided;
  private @Nullable Attempt winner;
  private @Nullable Future<?> alarm;

  Race(
      Racing racing,
      Racing.Place place,
      List<InetAddress> addresses,
      long deadline,
      Racing.Outcome outcome) {
    this.racing = racing;
    this.place = place;
    this.addresses = addresses;
    this.deadline = deadline;
    this.outcome = outcome;
  }

  /** Tries the next address, if there is one and it is still needed. */
  void next() {
    Attempt attempt;
    Attempt eldest = null;
    synchronized (lock) {
      if (decided || started == addresses.size()) return;
      if (running.size() > spares) {
        eldest = running.remove(0);
        causes.add(new SocketTimeoutException("timeout"));
      }
      attempt = new Attempt(addresses.get(started++));
      running.add(attempt);
      int others = addresses.size() - started;
      if (others > 0) {
        // Where there is little time, each gets its share.
        long share = (deadline - System.nanoTime()) / (others + 1);
        alarm = after(Math.min(mayHaveOneMore() ? NEXT_NANOS : GIVE_UP_NANOS, share));
      }
    }
    if (eldest != null) eldest.end();
    attempt.begin();
  }

  private boolean mayHaveOneMore() {
    if (running.size() >= MOST) return false;
    if (running.size() > spares && racing.spare.tryAcquire()) spares++;
    return running.size() <= spares;
  }

  private void decide() {
    decided = true;
    racing.spare.release(spares);
    spares = 0;
  }

  private @Nullable Future<?> after(long nanos) {
    try {
      return racing.timer.schedule(this::next, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The client is stopping.
      return null;
    }
  }

  private void failed(Attempt attempt, Exception cause) {
    boolean over;
    synchronized (lock) {
      // One that was given up may have failed at that moment.
      if (decided || !running.remove(attempt)) return;
      causes.add(cause);
      boolean more = started < addresses.size() && deadline - System.nanoTime() > 0;
      over = !more && running.isEmpty();
      if (over) decide();
      if (alarm != null) alarm.cancel(false);
    }
    if (over) outcome.failed(List.copyOf(causes));
    else next();
  }

  private void connected(Attempt attempt, IOSession session) {
    // HttpCore does so only after this: TLS would take the event over, for as long as it lives, and
    // a connection that is there is ready for it without end.
    session.clearEvent(SelectionKey.OP_CONNECT);
    if (!end(attempt)) {
      session.close(CloseMode.IMMEDIATE);
      return;
    }
    // Else the resolver's order is as good the next time, when it may be another one.
    if (!attempt.address.equals(addresses.get(0)))
      racing.order.answered(place.key(), attempt.address, System.nanoTime());
    outcome.connected(session, attempt.address);
  }

  /** True if this is the end of it; all but one are broken off. */
  private boolean end(@Nullable Attempt but) {
    List<Attempt> others;
    synchronized (lock) {
      if (decided || (but != null && !running.contains(but))) return false;
      decide();
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
      return attempt != winner && (decided || !running.contains(attempt));
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return end(null);
  }

  /** One address. */
  private final class Attempt implements FutureCallback<IOSession> {
    private final InetAddress address;
    private volatile @Nullable Future<IOSession> begun;

    Attempt(InetAddress address) {
      this.address = address;
    }

    void begin() {
      Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
      begun =
          racing.connecting.begin(
              place.host(),
              new InetSocketAddress(address, place.port()),
              left,
              new Unused(() -> isLost(this)),
              this);
      // It may have been given up before there was anything to cancel.
      if (isLost(this)) end();
    }

    void end() {
      Future<IOSession> future = begun;
      if (future != null) future.cancel(true);
    }

    @Override
    public void completed(IOSession session) {
      Race.this.connected(this, session);
    }

    @Override
    public void failed(Exception cause) {
      Race.this.failed(this, ConnectFault.at(address, cause));
    }

    @Override
    public void cancelled() {
      // By the end of the race, or by its own.
    }
  }
}
