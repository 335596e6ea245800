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
  String clientId();

  /**
   * True if a stream may go on as bytes both ways that are no HTTP, after a 101 or a tunnel's 2xx.
   * Version 1 has no such streams.
   */
  default boolean carriesBytes() {
    return false;
  }

  /**
   * Opens the stream, once.
   *
   * @param reader what the one who takes the answer is told from others by
   * @param maxEnvelope how many characters the head of a response may have
   */
  void open(
      StreamListener<RequestEnvelope, ResponseEnvelope> listener, Object reader, int maxEnvelope);

  /** The stream is over and the link healthy: gives the room back. */
  void release();

  /** The stream is over, or is not wanted any more, and is reset. */
  void discard(Reset why);
}
