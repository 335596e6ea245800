package wsp.client.origin;

import wsp.address.AddressGuard;

/** Has what it takes to perform requests at their {@link Origins}. Safe for all threads. */
public interface OriginEngine extends AutoCloseable {
  /**
   * From now on, connections are opened to these addresses only, even for a request that came under
   * a guard before.
   *
   * @return the origins for requests that come under this guard
   */
  Origins guard(AddressGuard guard);

  /** From now on, this port of this machine may not be an origin's. */
  void reserve(int port);

  /** The certificates have changed: from now on, no connection is used that knew other ones. */
  void trustChanged();

  /** One pass of maintenance, to be made twice a second; nanoTime. */
  void sweep(long now);

  /** Closes the idle connections; replays that still run have to be cancelled one by one. */
  @Override
  void close();
}
