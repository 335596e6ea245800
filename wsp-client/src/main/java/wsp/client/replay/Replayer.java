package wsp.client.replay;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.address.NameLookup;
import wsp.address.SystemNames;
import wsp.client.net.DescriptorShares;
import wsp.client.net.Racing;
import wsp.client.net.Reactor;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.Names;
import wsp.client.origin.OriginEngine;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.Origins;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Resolver;
import wsp.client.origin.Route;
import wsp.tls.TlsFiles;

/**
 * Replays requests at their origins over HTTP/1.1: no redirects, no cookies, no decompression,
 * nothing repeated that may have been executed.
 *
 * <pre>
 *   seek  ─ idle connection? ───────────────────────────────┐
 *     │ no                                                  │
 *   Names ─ known or literal? ──────────┐                │
 *     │ no: Lookups                        │                │
 *     └── addresses ── Connector ── TCP ── TLS ── Replay.attach ── head, body parts ──&gt; origin
 *                                                 ResponseSink &lt;── head, body pieces ──┘
 * </pre>
 *
 * <p>The reactor of HttpCore does connecting, TLS and readiness here. Its HTTP layer above that is
 * not used: it ends a chunked upload properly, as if it were whole, when the answer is 300 or
 * above, and it wakes its selector several times for each request.
 *
 * <p>Safe for all threads.
 */
public final class Replayer implements OriginEngine {
  /** How long an origin that has answered may take nothing of the rest of the request. */
  private static final long UPLOAD_STALL_SECONDS = 10;

  private static final long TRY_AGAIN_SECONDS = 1;

  /** How long an origin may take to say whether it wants a body; many never do. As with curl. */
  static final long CONTINUE_MILLIS = 1_000;

  /** Of as many as may be idle, one in so many may be one caller's alone beside them. */
  private static final int BOUND_SHARE = 8;

  private final OriginLimits limits;
  private final HeadMemory heads;
  private final ScheduledExecutorService timer;
  private final DescriptorShares shares = DescriptorShares.ofProcess(1);
  private final OriginPool pool = new OriginPool(shares.idleOrigins());

  /** Those that are authenticated for one caller's connection, out of a share of their own. */
  private final OriginPool authenticated =
      new OriginPool(Math.max(1, shares.idleOrigins() / BOUND_SHARE));

  /** As many that are in the middle of that: those that are done never take their places. */
  private final OriginPool handshakes =
      new OriginPool(Math.max(1, shares.idleOrigins() / BOUND_SHARE));

  private final List<OriginPool> pools = List.of(pool, authenticated, handshakes);
  private final Names names;
  private final Connector connector;

  public Replayer(
      OriginLimits limits,
      HeadMemory heads,
      TlsFiles tls,
      Reactor reactor,
      ScheduledExecutorService timer) {
    this(limits, heads, tls, reactor, timer, SystemNames::all);
  }

  Replayer(
      OriginLimits limits,
      HeadMemory heads,
      TlsFiles tls,
      Reactor reactor,
      ScheduledExecutorService timer,
      NameLookup lookup) {
    this.limits = limits;
    this.heads = heads;
    this.timer = timer;
    this.names = new Names(lookup);
    Racing racing = new Racing(reactor, timer, shares.attempts());
    this.connector = new Connector(limits, heads, tls, pool, racing);
  }

  @Override
  public Origins guard(AddressGuard guard) {
    names.guard(guard);
    return (request, destination, sink) ->
        new Replay(this, Asked.of(request, destination, guard), sink);
  }

  @Override
  public void reserve(int port) {
    names.reserve(port);
  }

  /** Finds a connection for a replay; nothing but it is called back before this returns. */
  void seek(Replay replay) {
    Asked asked = replay.asked;
    OriginConnection kept = asked.connects() ? null : lease(asked);
    if (kept != null) kept.lend(replay);
    else connect(replay);
  }

  /** A kept connection, to an address that is allowed still; one of the caller's own first. */
  private @Nullable OriginConnection lease(Asked asked) {
    Route route = asked.route();
    String bond = asked.bond();
    OriginConnection own = null;
    if (bond != null) {
      Route bound = route.boundTo(bond);
      own = lease(handshakes, bound, asked.guard());
      if (own == null) own = lease(authenticated, bound, asked.guard());
    }
    return own == null ? lease(pool, route, asked.guard()) : own;
  }

  private @Nullable OriginConnection lease(OriginPool from, Route route, AddressGuard guard) {
    while (from.lease(route, System.nanoTime()) instanceof OriginConnection connection) {
      if (names.permits(guard, connection.address)) return connection;
      connection.close();
    }
    return null;
  }

  /** From now on it serves the requests of one caller's connection alone. */
  void bind(OriginConnection connection, @Nullable String bond, Keeping keeping) {
    OriginPool keeper = keeping == Keeping.HANDSHAKE ? handshakes : authenticated;
    if (bond != null) connection.bindTo(connection.route().boundTo(bond), keeper);
  }

  /** Opens a connection for a replay; nothing is called back before this returns. */
  void connect(Replay replay) {
    long deadline = System.nanoTime() + limits.connectTimeout().toNanos();
    try {
      List<InetAddress> known = names.atOnce(replay.asked.guard(), replay.asked.route());
      if (known != null) connector.open(replay, known, deadline);
      else lookUp(replay, deadline);
    } catch (ReplayException e) {
      soon(() -> replay.failed(e));
    }
  }

  private void lookUp(Replay replay, long deadline) {
    Route route = replay.asked.route();
    Future<?> late =
        timer.schedule(
            () -> replay.failed(Resolver.unanswered(route.host())),
            limits.connectTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
    CompletableFuture<List<InetAddress>> lookup = names.begin(route);
    // Before its end is told, which goes on with a connection that is opened.
    replay.opening(
        () -> {
          late.cancel(false);
          lookup.cancel(false);
        });
    names.end(
        lookup,
        replay.asked.guard(),
        route,
        (found, why) -> {
          // Once only: one that was too late has been told already.
          if (!late.cancel(false) || !replay.wanted()) return;
          if (found != null) connector.open(replay, found, deadline);
          else soon(() -> replay.failed(Names.why(route, why)));
        });
  }

  /** Runs something short after this, outside all locks. */
  void soon(Runnable task) {
    timer.execute(task);
  }

  /** Starts the limit for an origin that is asked whether it wants the body. */
  Future<?> awaitContinue(Replay replay, OriginConnection asked) {
    return timer.schedule(
        () -> asked.loan.unsaid(replay, asked.session), CONTINUE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Starts the limit for the head of a response; null if there is none. */
  @Nullable Future<?> awaitHead(Replay replay) {
    if (limits.responseTimeout().isZero()) return null;
    return timer.schedule(
        replay::timedOut, limits.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Tries later whether a socket that took nothing takes something. */
  void tryAgain(Replay replay) {
    var unused =
        timer.schedule(
            () -> replay.tell(replay.has(Transmission::tryAgain)),
            TRY_AGAIN_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Looks again later whether an origin that has answered takes more than so many bytes. */
  Future<?> watchUpload(Replay replay, long written) {
    return timer.schedule(
        () -> replay.tell(replay.has(t -> t.isStuck(written) && t.giveUp())),
        UPLOAD_STALL_SECONDS,
        TimeUnit.SECONDS);
  }

  @Override
  public void trustChanged() {
    pools.forEach(OriginPool::clear);
  }

  @Override
  public void sweep(long now) {
    heads.sweep(now);
    for (OriginPool each : pools) each.sweep(now);
  }

  /** Closes the idle connections; those in use are the reactor's to cut. */
  @Override
  public void close() {
    pools.forEach(OriginPool::close);
    names.close();
  }
}
