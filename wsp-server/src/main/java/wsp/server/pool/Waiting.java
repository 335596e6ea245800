package wsp.server.pool;

import java.util.List;
import wsp.process.Safely;
import wsp.server.failure.ProxyError;

/**
 * A waiter in its place in the queue. Served in the order of deadlines, which is that of arrival
 * but for those that come a second time.
 *
 * @param deadline in nanoTime
 * @param number of its arrival
 * @param group the clients that it waits for
 */
record Waiting(Waiter waiter, long deadline, long number, ClientGroup group)
    implements Comparable<Waiting> {
  @Override
  public int compareTo(Waiting other) {
    int order = Long.signum(deadline - other.deadline);
    return order != 0 ? order : Long.compare(number, other.number);
  }

  /** What it is told at its deadline, when no connection was idle in time. */
  ProxyError error() {
    if (group.isTooOld()) return ProxyError.CLIENT_TOO_OLD;
    // Its clients were expected back, and have not come.
    if (!group.isHere()) return ProxyError.NO_CLIENT;
    return group.isLeaving() ? ProxyError.CLIENT_STOPPING : ProxyError.NO_CONNECTION;
  }

  /** Tells them that they wait in vain; without the lock of the pools. */
  static void refuse(List<Waiting> some, ProxyError error) {
    Safely.each(some, w -> w.waiter().refused(error));
  }
}
