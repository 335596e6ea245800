package wsp.server.pool;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.Safely;

/**
 * Finds the dead among the connections: frozen processes, cut networks, forgotten NAT entries.
 * Anything that arrives is a sign of life; a connection that has been silent for a third of the
 * limit is asked for one. Streams of version 2 that are stuck are found in the same pass.
 */
public final class Liveness {
  private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

  /** In this part of the limit a link has to answer to get streams. */
  private static final int SOON = 15;

  private final ClientPools pools;
  private volatile long limitNanos;

  public Liveness(ClientPools pools, Duration deadPeer) {
    this.pools = pools;
    this.limitNanos = deadPeer.toNanos();
  }

  public void limit(Duration deadPeer) {
    limitNanos = deadPeer.toNanos();
  }

  public void sweep(long now) {
    // One of which that fails is not looked after any more.
    for (PooledConnection c : pools.all())
      if (!Safely.run(() -> sweep(c, now))) Safely.run(c.socket()::abort);
  }

  private void sweep(PooledConnection c, long now) {
    c.tick();
    // While we do not read, silence is our own; but the other end judges ours all the same.
    if (!c.socket().readingPaused()) look(c, now);
    else if (isPingDue(c, now)) c.ping(now);
  }

  private boolean isPingDue(PooledConnection c, long now) {
    return now - c.lastPing() > limitNanos / 3;
  }

  /** Drops none that was not asked: if this process was frozen, all others seem silent. */
  private void look(PooledConnection c, long now) {
    long silent = now - c.socket().lastHeard();
    long unanswered = c.unanswered(now);
    if (silent > limit(c) && unanswered >= limitNanos / 3) {
      LOG.warn("dropping the connection of {}: no sign of life for {} ms", c, silent / 1_000_000);
      // It has not been here for that long, and is not expected back.
      pools.remove(c, false, now);
      c.socket().abort();
    } else if (silent > limitNanos / 3 && isPingDue(c, now)) {
      c.ping(now);
    }
    SharedLink link = c.shared;
    if (link != null) look(link, silent, now);
  }

  /** One that carries streams is asked soon: it draws others as long as it seems to have room. */
  private void look(SharedLink link, long silent, long now) {
    PooledConnection c = link.connection;
    long soon = limitNanos / SOON;
    if (silent > soon && now - c.lastPing() > soon && link.carriesSome()) c.ping(now);
    link.silent(c.unanswered(now) >= soon);
  }

  /** An original client does not answer while it works; its own pings come every 30 s. */
  private long limit(PooledConnection c) {
    return c.busy() ? limitNanos / 2 * 3 : limitNanos;
  }
}
