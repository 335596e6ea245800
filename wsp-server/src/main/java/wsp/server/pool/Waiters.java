package wsp.server.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wsp.process.Safely;
import wsp.server.failure.ProxyError;
import wsp.tunnel.Reset;

/**
 * Gives room on connections to those who ask for it: at once, or in their order, each until its own
 * deadline. {@link ClientPools} has the lock, which is not held while a waiter is told.
 */
public final class Waiters {
  private final ClientPools pools;
  private final ClientGroups groups;
  private final KnownClients clients;
  private final Allotment allotment;
  private final Roster roster;

  Waiters(
      ClientPools pools,
      ClientGroups groups,
      KnownClients clients,
      Allotment allotment,
      Roster roster) {
    this.pools = pools;
    this.groups = groups;
    this.clients = clients;
    this.allotment = allotment;
    this.roster = roster;
  }

  /** A connection now, or once there is one, or an error at the deadline; true if it waits. */
  boolean lease(Waiter waiter, long deadline) {
    Lease leased = null;
    ProxyError error = null;
    String tooOld = "";
    synchronized (pools) {
      ClientGroup named = clients.group(waiter.wanted());
      ClientGroup group = waiter.needsBytes() ? named.bytes() : named;
      if (roster.draining) error = ProxyError.DRAINING;
      else if (!named.isOpen()) error = ProxyError.NO_CLIENT;
      else {
        leased = allotment.take(group);
        if (group.isTooOld() && !group.isOpen()) tooOld = clients.anyOf(named);
        else if (leased == null && groups.waiting() >= roster.terms.maxWaiting())
          error = ProxyError.TOO_MANY_WAITING;
        else if (leased == null) groups.await(group, waiter, deadline);
      }
    }
    if (leased != null && !waiter.leased(leased)) deliver(unwanted(leased));
    else if (!tooOld.isEmpty()) waiter.tooOld(tooOld);
    else if (error != null) waiter.refused(error);
    return leased == null && error == null && tooOld.isEmpty();
  }

  /** It wants no connection any more, and is told nothing; its place is the next one's. */
  public void giveUp(Waiter waiter) {
    synchronized (pools) {
      groups.giveUp(waiter);
    }
  }

  /** Hands connections to waiters; one that a waiter does not want goes to the next. */
  void deliver(List<Allotment.Match> matches) {
    for (List<Allotment.Match> due = matches; !due.isEmpty(); ) {
      List<Allotment.Match> next = new ArrayList<>(0);
      for (Allotment.Match m : due) {
        boolean told =
            Safely.run(
                () -> {
                  if (!m.waiter().leased(m.lease())) next.addAll(unwanted(m.lease()));
                });
        // How far it is used nobody knows.
        if (!told) Safely.run(() -> m.lease().discard(Reset.CANCELLED));
      }
      due = next;
    }
  }

  /** One that was not used has been idle since before. */
  private List<Allotment.Match> unwanted(Lease lease) {
    if (lease instanceof PooledConnection c) return pools.free(c, c.idleSince);
    lease.discard(Reset.CANCELLED);
    return List.of();
  }

  /**
   * Tells the waiters that are at their deadline.
   *
   * @return how long until the next one's, in nanoseconds; {@link Long#MAX_VALUE} without any
   */
  long expire(long now) {
    Map<Waiting, ProxyError> expired = new LinkedHashMap<>();
    long next;
    synchronized (pools) {
      for (Waiting w : groups.takeExpired(now)) expired.put(w, w.error());
      next = groups.untilNext(now);
    }
    Safely.each(expired.entrySet(), e -> e.getKey().waiter().refused(e.getValue()));
    return next;
  }
}
