package wsp.server.pool;

import org.jspecify.annotations.Nullable;
import wsp.server.failure.ProxyError;

/** Wants a stream to a client; told exactly once. */
public interface Waiter {
  /**
   * Takes the lease.
   *
   * @return false if it wants none any more; the place is then the next one's
   */
  boolean leased(Lease lease);

  void refused(ProxyError error);

  /** The id, or else a label, of the client that it has to be; null: any. */
  default @Nullable String wanted() {
    return null;
  }
}
