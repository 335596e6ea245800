package wsp.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.tunnel.ClientLink;
import wsp.client.tunnel.Ending;
import wsp.client.tunnel.LinkOwner;
import wsp.client.websocket.Endpoint;

/**
 * The links to one target: opens as many as {@link PoolSizes} asks for, or {@link LinkSizes} where
 * the last one spoke version 2, at once when one becomes busy or is lost, and on a tick. Closing
 * what is too many on version 1 is the server's sweep.
 *
 * <p>Decides under its lock, dials outside it. Safe for all threads.
 */
final class ConnectionPool implements LinkOwner {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);

  /** A server that comes back is found within this. */
  static final Duration LONGEST_DELAY = Duration.ofMillis(2500);

  /** A server that does not want us is asked again after this. */
  static final Duration LONGEST_DELAY_REFUSED = Duration.ofSeconds(30);

  /**
   * How far a {@link #surge} goes, in connections that are being opened at a time; the server
   * closes those that were too many after its {@code idletimeout}.
   */
  private static final int MOST_AT_ONCE = 128;

  /** How a connection is dialled: what opens it, and who hears that it failed. */
  interface Dial {
    /** Dials; may block. A link that opens tells its owner so. */
    void dial(Endpoint target, LinkOwner owner, Consumer<Dialer.Failure> failed);
  }

  private final Endpoint target;
  private final PoolSizes sizes;
  private final LinkSizes shared;
  private final Dial dial;
  private final Backoff backoff;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final PoolLines lines;

  // Guarded by this.
  private final OpenLinks open = new OpenLinks();
  private final Probation probation = new Probation();

  private int connecting;

  /** The version that the latest link speaks; 0 before there was one. */
  private int wire;

  /** Beyond what the sizes ask for: requests come faster than connections open. */
  private int surge;

  /** Requests that have been under way from one tick to the next. */
  private int lasting;

  private boolean draining;

  /** No dialling before this, in nanoTime; only while {@code waiting}. */
  private long notBefore;

  private boolean waiting;

  private @Nullable String lastFailure;

  private long dials;
  private long failedDials;
  private long reconnects;
  private long lost;
  private boolean connectedBefore;

  ConnectionPool(
      Endpoint target,
      PoolSizes sizes,
      LinkSizes shared,
      Dial dial,
      Backoff backoff,
      Executor workers,
      ScheduledExecutorService timer) {
    this.target = target;
    this.sizes = sizes;
    this.shared = shared;
    this.lines = new PoolLines(target);
    this.dial = dial;
    this.backoff = backoff;
    this.workers = workers;
    this.timer = timer;
  }

  /** Opens what is missing. */
  void refill() {
    int n;
    synchronized (this) {
      if (draining || (waiting && notBefore - System.nanoTime() > 0)) return;
      waiting = false;
      n = missing();
      if (probation.failed()) n = Math.min(n, connecting + probation.size() == 0 ? 1 : 0);
      connecting += n;
      dials += n;
    }
    for (int i = 0; i < n; i++) open();
  }

  private int missing() {
    return wire < 2
        ? sizes.toOpen(connecting, open.idle(), open.busy(), surge)
        : shared.toOpen(connecting, open, lasting);
  }

  private void open() {
    try {
      workers.execute(this::dial);
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        connecting--;
        dials--;
      }
    }
  }

  private void dial() {
    LOG.debug("Connecting to {}", target);
    try {
      dial.dial(target, this, this::failed);
    } catch (RuntimeException e) {
      LOG.error("dialling {} failed:", target, e);
      failed(new Dialer.Failure(false, "internal error"));
    }
  }

  private void failed(Dialer.Failure failure) {
    Duration delay;
    boolean news;
    synchronized (this) {
      connecting--;
      failedDials++;
      // One of a burst that failed together: the first has set the delay.
      if (waiting || draining) return;
      delay = delay(failure.permanent() ? LONGEST_DELAY_REFUSED : LONGEST_DELAY);
      news = !failure.reason().equals(lastFailure);
      lastFailure = failure.reason();
    }
    lines.failed(failure.reason(), news);
    refillAfter(delay);
  }

  private Duration delay(Duration cap) {
    Duration delay = backoff.next(cap);
    notBefore = System.nanoTime() + delay.toNanos();
    waiting = true;
    return delay;
  }

  private void refillAfter(Duration delay) {
    try {
      var unused = timer.schedule(this::refill, delay.toNanos(), TimeUnit.NANOSECONDS);
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
      connecting--;
      first = open.isEmpty();
      if (first && connectedBefore) reconnects++;
      connectedBefore = true;
      open.add(connection);
      wire = connection.wire();
      probation.begin(connection);
      // A server that has closed the last ones at once may well close this one, too.
      first &= !probation.failed();
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
      if (connection.wire() == 2 && open.exchanges() > shared.exchanges()) return false;
      if (probation.end(connection)) proven();
      // A pool that has just begun to fill is not one that has run dry.
      if (open.idle() == 0 && open.busy() >= sizes.minIdle())
        surge = Math.min(MOST_AT_ONCE, Math.max(1, 2 * surge));
      low = missing() > 0;
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
    LOG.debug("{} takes no more work on a link", target);
    refill();
  }

  @Override
  public void closed(ClientLink connection, Ending ending) {
    Duration delay = Duration.ZERO;
    boolean early;
    synchronized (this) {
      if (!open.remove(connection)) return;
      if (ending.lost()) lost++;
      // While it drains, no end says anything about the server.
      early = probation.end(connection) && !draining && !ending.equals(Ending.OURS);
      if (early) {
        probation.fail();
        failedDials++;
        lastFailure = ending.why();
      }
      // The server does not want it, or is gone, and its thousand clients have all just noticed.
      if ((early || open.isEmpty()) && !waiting && !draining)
        delay = delay(early ? LONGEST_DELAY_REFUSED : LONGEST_DELAY);
      notifyAll();
    }
    if (early || ending.lost()) lines.lost(early, ending.why());
    if (delay.isZero()) refill();
    else refillAfter(delay);
  }

  /** A connection that has come to something: the next failure is the first one again. */
  private void proven() {
    if (probation.passed()) lines.connected(wire);
    backoff.reset();
    waiting = false;
    lastFailure = null;
  }

  private synchronized void prove() {
    if (probation.tick()) proven();
  }

  /** One pass of maintenance. */
  void tick() {
    List<ClientLink> all;
    ClientLink surplus;
    synchronized (this) {
      all = open.all();
      lasting = open.lasting();
      surplus = wire < 2 ? null : open.surplus(shared.links());
    }
    all.forEach(ClientLink::tick);
    if (surplus != null) surplus.drain();
    prove();
    calm();
    refill();
    lines.counts(counts());
  }

  /** The connections that are idle now were enough. */
  private synchronized void calm() {
    if (open.idle() > 0) surge = 0;
  }

  /** All of it at one moment. */
  synchronized PoolCounts counts() {
    return new PoolCounts(
        target(),
        connecting,
        open.idle(),
        open.busy(),
        open.exchanges(),
        wire,
        dials,
        failedDials,
        reconnects,
        lost,
        lastFailure == null ? "" : lastFailure);
  }

  /** Opens no more, and closes each connection as soon as it is idle. */
  void drain() {
    List<ClientLink> all;
    synchronized (this) {
      draining = true;
      all = open.all();
    }
    all.forEach(ClientLink::drain);
  }

  /** Takes up work again after {@link #drain}, from the next {@link #refill} on. */
  synchronized void resume() {
    draining = false;
  }

  /** True once it has drained: nothing is open, and nothing will be. */
  synchronized boolean isOver() {
    return draining && open.isEmpty() && connecting == 0;
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

  /** Breaks off all that is left. */
  void abort() {
    List<ClientLink> all;
    synchronized (this) {
      draining = true;
      all = open.all();
    }
    all.forEach(ClientLink::abort);
  }
}
