package wsp.server.pool;

import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.Reset;
import wsp.tunnel.StreamListener;

/**
 * Room for one stream on a link of a client, from {@link Waiter#leased} to {@link #release} or
 * {@link #discard}. For any thread, none of which holds a lock.
 */
public interface Lease {
  /** The id of the client. */
  String clientId();

  /**
   * Opens the stream, once.
   *
   * @param maxEnvelope the longest head of a response, in characters
   */
  void open(StreamListener<RequestEnvelope, ResponseEnvelope> listener, int maxEnvelope);

  /** The stream is over and the link healthy: gives the room back. */
  void release();

  /** The stream is over, or is not wanted any more, and is reset. */
  void discard(Reset why);
}
