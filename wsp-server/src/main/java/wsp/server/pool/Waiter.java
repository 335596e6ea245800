package wsp.server.pool;

import org.jspecify.annotations.Nullable;
import wsp.server.failure.ProxyError;

/** Wants a stream to a client; told exactly once. */
public interface Waiter {
  /** Takes the lease; false if it wants none any more: the place is then the next one's. */
  boolean leased(Lease lease);

  void refused(ProxyError error);

  /** Only a client of version 1 is there, which cannot carry it: the id of one. */
  default void tooOld(String clientId) {
    refused(ProxyError.CLIENT_TOO_OLD);
  }

  /** True if it needs a lease that {@link Lease#carriesBytes}. */
  default boolean needsBytes() {
    return false;
  }

  /** The id, or else a label, of the client that it has to be; null: any. */
  default @Nullable String wanted() {
    return null;
  }
}
