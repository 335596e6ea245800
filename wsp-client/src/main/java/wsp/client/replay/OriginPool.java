package wsp.client.replay;

import static java.util.Comparator.comparingInt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.origin.Route;
import wsp.limit.LogLimit;

/**
 * The idle connections to origins, the one used last taken first. Selects under its lock and closes
 * outside it. Safe for all threads.
 */
final class OriginPool {
  /** What it needs to know of a connection. */
  interface Idle {
    Route route();

    /** Since when it is idle, and until when it may be used. */
    KeepAlive keepAlive();

    /** True if the thread that asks is the one that its events come on. */
    boolean isNear();

    void close();
  }

  private static final Logger LOG = LoggerFactory.getLogger(OriginPool.class);

  /** Nearly always one of so many is near: there are a few threads. */
  private static final int LOOK_AT = 16;

  /** Where it is full, one of so many is given up at a time: to find them, it looks at all. */
  private static final int PART = 16;

  private final int most;
  private final Map<Route, Deque<Idle>> idle = new HashMap<>();
  private int size;
  private final LogLimit authLines = new LogLimit(Duration.ofMinutes(1));
  private final UnreadTunnels unread = new UnreadTunnels();
  private boolean closed;

  /**
   * @param most callers name origins, as many as they like: beyond so many, some are given up for
   *     one that comes back. Of those that serve one caller's connection, the caller with most
   *     gives up its eldest; of those that serve all, the eldest go
   */
  OriginPool(int most) {
    this.most = most;
  }

  /**
   * Tells the operator, once a minute at most, that an origin authenticates connections: its
   * callers may wonder why they cannot log in. True if it was told.
   */
  boolean tellOfAuth(Route route, long now) {
    if (!authLines.allows(now)) return false;
    LOG.warn(
        "{} authenticates connections (NTLM or Negotiate): those of callers that cannot be told"
            + " apart are not kept, and a handshake of theirs in several steps fails; let both"
            + " daemons speak version 2 of the wire, or the origin offer another scheme",
        route.name());
    return true;
  }

  /** What has become a tunnel never comes back; it is looked after here. */
  UnreadTunnels unread() {
    return unread;
  }

  /** An idle connection that is good for use now, no longer in the pool; null if there is none. */
  @Nullable Idle lease(Route route, long now) {
    synchronized (idle) {
      Deque<Idle> those = idle.get(route);
      Idle best = those == null ? null : best(those, now);
      if (those == null || best == null) return null;
      those.removeFirstOccurrence(best);
      taken(those, route);
      return best;
    }
  }

  /** Of those used last, one of this thread, if there is one. */
  private static @Nullable Idle best(Deque<Idle> those, long now) {
    Idle best = null;
    int looked = 0;
    for (Idle candidate : those) {
      // Connections of a route expire in the order of their last use, or nearly so.
      if (looked++ == LOOK_AT || expired(candidate, now)) break;
      if (candidate.isNear()) return candidate;
      if (best == null) best = candidate;
    }
    return best;
  }

  /** Gives back a healthy connection. */
  void release(Idle connection) {
    List<Idle> evicted = List.of();
    synchronized (idle) {
      if (closed) evicted = List.of(connection);
      else {
        if (size >= most) evicted = surplus();
        size++;
        idle.computeIfAbsent(connection.route(), r -> new ArrayDeque<>()).addFirst(connection);
      }
    }
    evicted.forEach(Idle::close);
  }

  /** Takes out some, at least one: who holds most gives up what has been idle for longest. */
  private List<Idle> surplus() {
    List<Idle> all = new ArrayList<>(size);
    idle.values().forEach(all::addAll);
    all.sort((a, b) -> Long.signum(a.keepAlive().since() - b.keepAlive().since()));
    // In the order of their eldest, which decides between holders of as many.
    Map<String, Deque<Idle>> byHolder = new LinkedHashMap<>();
    for (Idle one : all) byHolder.computeIfAbsent(holder(one), h -> new ArrayDeque<>()).add(one);
    List<Idle> surplus = new ArrayList<>();
    while (surplus.size() < Math.max(1, most / PART))
      surplus.add(Collections.max(byHolder.values(), comparingInt(Deque::size)).remove());
    surplus.forEach(this::takeOut);
    return surplus;
  }

  /**
   * The caller that it serves, which may have many connections, each with a bond of its own: what
   * the bond begins with; all of it, where an older server does not say whose it is.
   */
  private static String holder(Idle one) {
    String bond = String.valueOf(one.route().bond());
    int dot = bond.indexOf('.');
    return dot < 0 ? bond : bond.substring(0, dot);
  }

  /** One that was used long ago, most likely. */
  private boolean takeOut(Idle one) {
    Deque<Idle> those = idle.get(one.route());
    if (those == null || !those.removeLastOccurrence(one)) return false;
    taken(those, one.route());
    return true;
  }

  private void taken(Deque<Idle> from, Route route) {
    size--;
    if (from.isEmpty()) idle.remove(route);
  }

  /** Takes out a connection that has ended; true if it was in the pool. */
  boolean remove(Idle connection) {
    synchronized (idle) {
      return takeOut(connection);
    }
  }

  /** One pass of maintenance: closes those that have not been used for too long. */
  void sweep(long now) {
    List<Idle> evicted = new ArrayList<>();
    synchronized (idle) {
      for (Deque<Idle> those : idle.values())
        for (Idle one : those) if (expired(one, now)) evicted.add(one);
      evicted.forEach(this::takeOut);
    }
    evicted.forEach(Idle::close);
    unread.look();
  }

  /** Closes all that are idle now. */
  void clear() {
    List<Idle> evicted = new ArrayList<>();
    synchronized (idle) {
      idle.values().forEach(evicted::addAll);
      idle.clear();
      size = 0;
    }
    evicted.forEach(Idle::close);
  }

  /** Closes all, and from now on what is given back. */
  void close() {
    synchronized (idle) {
      closed = true;
    }
    clear();
  }

  private static boolean expired(Idle connection, long now) {
    return now - connection.keepAlive().expiresAt() >= 0;
  }
}
