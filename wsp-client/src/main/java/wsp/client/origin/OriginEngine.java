package wsp.client.origin;

import wsp.address.AddressGuard;
import wsp.destination.Destination;
import wsp.envelope.RequestEnvelope;

/**
 * Performs requests at their origins: no redirects, no cookies, no decompression, nothing repeated
 * that may have been executed. Safe for all threads.
 */
public interface OriginEngine extends AutoCloseable {
  /** A replay of a request, not yet started; its response goes to the sink. */
  OriginStream prepare(RequestEnvelope request, Destination destination, ResponseSink sink);

  /** From now on, requests go to these addresses only, on kept connections too. */
  void guard(AddressGuard guard);

  /** From now on, this port of this machine may not be an origin's. */
  void reserve(int port);

  /** The certificates have changed: from now on, no connection is used that knew other ones. */
  void trustChanged();

  /** One pass of maintenance, to be made about once a second; nanoTime. */
  void sweep(long now);

  /** Closes the idle connections; replays that still run have to be cancelled one by one. */
  @Override
  void close();
}
