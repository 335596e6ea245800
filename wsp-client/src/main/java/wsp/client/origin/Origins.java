package wsp.client.origin;

import wsp.destination.Destination;
import wsp.envelope.RequestEnvelope;

/**
 * Performs requests at origins whose addresses one guard permits, on kept connections too, whatever
 * guard comes after it: no redirects, no cookies, no decompression, nothing repeated that may have
 * been executed. Safe for all threads.
 */
public interface Origins {
  /** A replay of a request, not yet started; its response goes to the sink. */
  OriginStream prepare(RequestEnvelope request, Destination destination, ResponseSink sink);
}
