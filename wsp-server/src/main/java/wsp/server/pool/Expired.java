package wsp.server.pool;

import java.util.ArrayList;
import java.util.List;
import wsp.server.failure.ProxyError;

/**
 * Waiters at their deadline, by what they are told.
 *
 * @param late no connection was idle in time
 * @param alone the clients were expected back and have not come
 * @param left the clients are being stopped
 * @param old the clients that have come cannot carry it
 */
record Expired(List<Waiting> late, List<Waiting> alone, List<Waiting> left, List<Waiting> old) {
  /** Under the lock of the pools. */
  static Expired of(List<Waiting> all) {
    Expired e =
        new Expired(new ArrayList<>(0), new ArrayList<>(0), new ArrayList<>(0), new ArrayList<>(0));
    for (Waiting w : all) {
      if (w.group().isTooOld()) e.old.add(w);
      else if (!w.group().isHere()) e.alone.add(w);
      else if (w.group().isLeaving()) e.left.add(w);
      else e.late.add(w);
    }
    return e;
  }

  /** Without it. */
  void tell() {
    Waiting.refuse(late, ProxyError.NO_CONNECTION);
    Waiting.refuse(alone, ProxyError.NO_CLIENT);
    Waiting.refuse(left, ProxyError.CLIENT_STOPPING);
    Waiting.refuse(old, ProxyError.CLIENT_TOO_OLD);
  }
}
