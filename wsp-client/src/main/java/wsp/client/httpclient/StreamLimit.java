package wsp.client.httpclient;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Route;

/**
 * How many requests run at a secure origin at a time: over HTTP/2, {@code HttpClient} fails those
 * beyond what the origin takes on one connection (RFC 9113 §5.1.2) instead of waiting; and before
 * there is one, each request would make its own. What is known of an origin is forgotten when
 * nothing runs there and no connection is left. Safe for all threads; what waits is run by the
 * thread that makes room for it.
 */
final class StreamLimit {
  /** What RFC 9113 §6.5.2 recommends at the least, and most origins take. */
  static final int USUAL = 100;

  private static final class Origin {
    private int most = USUAL;

    /** There is a connection that others than the first request may use. */
    private boolean shared;

    private int running;
    private int connections;

    /** A thread runs what waits, as far as there is room; it sees what others make meanwhile. */
    private boolean going;

    private final Set<Runnable> waiting = new LinkedHashSet<>();

    boolean hasRoom() {
      return running < (shared ? most : 1);
    }

    void disconnected() {
      if (--connections > 0) return;
      shared = false;
      most = USUAL;
    }
  }

  /** Guarded by itself. */
  private final Map<Route, Origin> origins = new HashMap<>();

  /** Runs this, which waits only once, when there is room; {@link #leave} makes room again. */
  void enter(Route route, Runnable go) {
    synchronized (origins) {
      Origin origin = origins.computeIfAbsent(route, r -> new Origin());
      if (!origin.hasRoom()) {
        origin.waiting.add(go);
        return;
      }
      origin.running++;
    }
    go.run();
  }

  /** This one waits no longer; without effect if it has been run. */
  void withdraw(Route route, Runnable go) {
    at(route, origin -> origin.waiting.remove(go));
  }

  private void at(Route route, Consumer<Origin> change) {
    synchronized (origins) {
      Origin origin = origins.get(route);
      if (origin != null) change.accept(origin);
    }
  }

  /** One that was run is over. */
  void leave(Route route) {
    at(
        route,
        origin -> {
          origin.running--;
          forget(route, origin);
        });
    go(route);
  }

  /** Nothing runs or waits there, and there is no connection. */
  private void forget(Route route, Origin origin) {
    boolean idle = origin.running == 0 && origin.waiting.isEmpty() && !origin.going;
    if (idle && origin.connections == 0) origins.remove(route);
  }

  void connected(Route route) {
    synchronized (origins) {
      origins.computeIfAbsent(route, r -> new Origin()).connections++;
    }
  }

  /** More than the first request may use the connection now. */
  void share(Route route) {
    synchronized (origins) {
      Origin origin = origins.get(route);
      if (origin == null || origin.shared) return;
      origin.shared = true;
    }
    go(route);
  }

  boolean isConnected(Route route) {
    synchronized (origins) {
      Origin origin = origins.get(route);
      return origin != null && origin.connections > 0;
    }
  }

  void disconnected(Route route) {
    at(
        route,
        origin -> {
          origin.disconnected();
          forget(route, origin);
        });
  }

  /** The origin speaks HTTP/1.1: each request has a connection of its own. */
  void lift(Route route) {
    at(
        route,
        origin -> {
          origin.most = Integer.MAX_VALUE;
          origin.shared = true;
        });
    go(route);
  }

  /**
   * What waits goes on as far as there is room, one after the other: one that fails at once, and so
   * leaves at once, does not run the next one within itself.
   */
  private void go(Route route) {
    synchronized (origins) {
      Origin origin = origins.get(route);
      if (origin == null || origin.going) return;
      origin.going = true;
    }
    boolean through = false;
    try {
      for (Runnable next; (next = next(route)) != null; ) next.run();
      through = true;
    } finally {
      if (!through) stop(route);
    }
  }

  /** What this thread has run has thrown: the next one that leaves goes on. */
  private void stop(Route route) {
    at(route, origin -> origin.going = false);
  }

  /** What goes next; null if nothing does, and then this thread goes on no more. */
  private @Nullable Runnable next(Route route) {
    synchronized (origins) {
      Origin origin = origins.get(route);
      if (origin == null) return null;
      if (origin.hasRoom() && !origin.waiting.isEmpty()) {
        Runnable next = origin.waiting.iterator().next();
        origin.waiting.remove(next);
        origin.running++;
        return next;
      }
      origin.going = false;
      forget(route, origin);
      return null;
    }
  }

  boolean isAlone(Route route) {
    synchronized (origins) {
      Origin origin = origins.get(route);
      return origin == null || origin.running <= 1;
    }
  }

  /** One that was run was too many: it waits until another is over. */
  void refused(Route route, Runnable again) {
    synchronized (origins) {
      Origin origin = origins.computeIfAbsent(route, r -> new Origin());
      origin.running--;
      if (origin.running > 0) {
        origin.most = Math.max(1, Math.min(origin.most, origin.running));
        origin.waiting.add(again);
        return;
      }
      origin.running++;
    }
    again.run();
  }
}
