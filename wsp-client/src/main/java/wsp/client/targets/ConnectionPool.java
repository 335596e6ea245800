package wsp.client.targets;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import wsp.client.tunnel.ClientLink;
import wsp.client.tunnel.Ending;
import wsp.client.tunnel.LinkOwner;
import wsp.client.websocket.Endpoint;
import wsp.process.Safely;

/**
 * The links to one target: opens as many as {@link PoolSizes} asks for, or {@link LinkSizes} where
 * the last one spoke version 2, at once when one becomes busy or is lost, and on a tick. Closing
 * what is too many on version 1 is the server's sweep.
 *
 * <p>Decides under its lock, dials outside it. Safe for all threads.
 */
final class ConnectionPool implements LinkOwner {
  private static final Duration HALF_A_TICK = Duration.ofMillis(250);

  /** How a connection is dialled: what opens it, and who hears that it failed. */
  interface Dial {
    /** Dials; may block. A link that opens tells its owner so. */
    void dial(Endpoint target, LinkOwner owner, Consumer<Dialer.Failure> failed);
  }

  private final Endpoint target;
  private final Dial dial;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final PoolLines lines;

  @GuardedBy("this")
  private final OpenLinks open = new OpenLinks();

  @GuardedBy("this")
  private final Demand demand;

  @GuardedBy("this")
  private final Attempts attempts;

  @GuardedBy("this")
  private boolean draining;

  ConnectionPool(
      Endpoint target,
      Supplier<Sizes> sizes,
      Dial dial,
      Backoff backoff,
      Executor workers,
      ScheduledExecutorService timer) {
    this.target = target;
    this.demand = new Demand(sizes, open);
    this.attempts = new Attempts(backoff);
    this.lines = new PoolLines(target);
    this.dial = dial;
    this.workers = workers;
    this.timer = timer;
  }

  void refill() {
    int n;
    synchronized (this) {
      if (draining) return;
      n = attempts.begin(demand.missing(attempts.connecting()), System.nanoTime());
    }
    for (int i = 0; i < n; i++) open();
  }

  private void open() {
    try {
      workers.execute(this::dial);
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        attempts.takeBack();
      }
    }
  }

  private void dial() {
    lines.dialling();
    try {
      dial.dial(target, this, this::failed);
    } catch (RuntimeException e) {
      lines.failed(e);
      failed(new Dialer.Failure(false, "internal error"));
    }
  }

  private void failed(Dialer.Failure failure) {
    Duration delay;
    boolean news;
    synchronized (this) {
      attempts.failed();
      // One of a burst that failed together: the first has set the delay.
      if (attempts.waiting() || draining) return;
      news = attempts.isNews(failure);
      delay = attempts.pause(failure.permanent(), System.nanoTime());
    }
    lines.failed(failure.words(), news);
    later(this::refill, delay);
  }

  private void later(Runnable action, Duration delay) {
    try {
      var unused = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The client is stopping.
    }
  }

  @Override
  public String target() {
    return target.toString();
  }

  @Override
  public void opened(ClientLink connection) {
    boolean first;
    synchronized (this) {
      first = open.isEmpty();
      open.add(connection);
      demand.speaks(connection.wire());
      first &= attempts.opened(connection, first);
      if (draining) connection.drain();
    }
    if (first) lines.connected(connection.wire());
    refill();
  }

  @Override
  public boolean busy(ClientLink connection) {
    boolean low;
    synchronized (this) {
      if (!open.begun(connection)) return true;
      if (demand.exceeded(connection)) return false;
      if (attempts.served(connection)) lines.connected(demand.wire());
      demand.used();
      low = demand.missing(attempts.connecting()) > 0;
    }
    if (low) refill();
    return true;
  }

  @Override
  public synchronized void idle(ClientLink connection) {
    open.ended(connection);
  }

  @Override
  public void draining(ClientLink connection) {
    synchronized (this) {
      open.draining(connection);
    }
    lines.draining();
    refill();
  }

  @Override
  public void closed(ClientLink connection, Ending ending) {
    Duration delay = Duration.ZERO;
    boolean early;
    synchronized (this) {
      if (!open.remove(connection)) return;
      // While it drains, no end says anything about the server.
      early = attempts.ended(connection, ending) && !draining && !ending.equals(Ending.OURS);
      if (early) attempts.refused(ending.why());
      // The server does not want it, or is gone, and its thousand clients have all just noticed.
      if ((early || open.isEmpty()) && !attempts.waiting() && !draining)
        delay = attempts.pause(early, System.nanoTime());
      notifyAll();
    }
    if (early || ending.lost()) lines.lost(early, ending.why());
    if (delay.isZero()) refill();
    else later(this::refill, delay);
  }

  void tick() {
    List<ClientLink> all;
    ClientLink surplus;
    synchronized (this) {
      all = open.all();
      surplus = demand.tick();
    }
    // One of which that fails is not looked after any more.
    for (ClientLink link : all) if (!Safely.run(link::tick)) Safely.run(link::abort);
    if (surplus != null) surplus.drain();
    synchronized (this) {
      if (attempts.tick()) lines.connected(demand.wire());
      demand.calm();
    }
    refill();
    lines.counts(counts());
    later(this::betweenTicks, HALF_A_TICK);
  }

  /** So that exchanges of a second last in any case, wherever the ticks fall. */
  private void betweenTicks() {
    synchronized (this) {
      demand.measure();
    }
    refill();
  }

  synchronized PoolCounts counts() {
    return attempts.counts(target(), open, demand.wire());
  }

  /** Opens no more, and closes each connection as soon as it is idle. */
  void drain() {
    Safely.each(stop(), ClientLink::drain);
  }

  private synchronized List<ClientLink> stop() {
    draining = true;
    return open.all();
  }

  /** Takes up work again after {@link #drain}, from the next {@link #refill} on. */
  synchronized void resume() {
    draining = false;
  }

  /** True once it has drained: nothing is open, and nothing will be. */
  synchronized boolean isOver() {
    return draining && open.isEmpty() && attempts.connecting() == 0;
  }

  /** Waits until all connections are closed, up to an instant of nanoTime; true if they are. */
  synchronized boolean awaitEmpty(long deadline) throws InterruptedException {
    while (!open.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) return false;
      wait(left);
    }
    return true;
  }

  void abort() {
    Safely.each(stop(), ClientLink::abort);
  }
}
