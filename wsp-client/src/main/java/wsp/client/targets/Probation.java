package wsp.client.targets;

import java.util.HashMap;
import java.util.Map;
import wsp.client.tunnel.ClientLink;

/**
 * The connections that their server may yet close: it can judge a greeting only after the
 * handshake. Guarded by the lock of its pool.
 */
final class Probation {
  /** A connection that lives for so many ticks is wanted. */
  private static final int TICKS = 2;

  /** With the ticks that each has lived. */
  private final Map<ClientLink, Integer> unproven = new HashMap<>();

  private boolean failed;

  /** The connection has greeted. */
  void begin(ClientLink connection) {
    unproven.put(connection, 0);
  }

  /** The connection has served, or is over; true if it was unproven until now. */
  boolean end(ClientLink connection) {
    return unproven.remove(connection) != null;
  }

  /** The server has closed one before it served: from here on, one at a time. */
  void fail() {
    failed = true;
  }

  /** True from {@link #fail} until {@link #passed}. */
  boolean failed() {
    return failed;
  }

  /** The server wants a connection; true if it did not before. */
  boolean passed() {
    boolean before = failed;
    failed = false;
    return before;
  }

  int size() {
    return unproven.size();
  }

  /** One pass of maintenance; true if a connection has proven itself by living. */
  boolean tick() {
    if (unproven.isEmpty()) return false;
    unproven.replaceAll((c, ticks) -> ticks + 1);
    return unproven.values().removeIf(ticks -> ticks > TICKS);
  }
}
