package wsp.server.pool;

import org.jspecify.annotations.Nullable;
import wsp.server.failure.ProxyError;

/** Wants a connection; told exactly once. */
public interface Waiter {
  /**
   * Takes the connection.
   *
   * @return false if it wants none any more; the connection is then the next one's
   */
  boolean leased(PooledConnection connection);

  void refused(ProxyError error);

  /** The id, or else a label, of the client that it has to be; null: any. */
  default @Nullable String wanted() {
    return null;
  }
}
