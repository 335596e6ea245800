package wsp.client.origin;

import java.nio.ByteBuffer;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/**
 * Where a response goes: {@code onHead}, then {@code onBody} until the last piece, with {@code
 * onPause} wherever the origin has sent no more for now; or, instead of any of these and of what
 * follows, {@code onFailure}, once. Called by one thread at a time, never one that may be blocked.
 */
public interface ResponseSink {
  /** There is a connection to the origin; perhaps more than once, perhaps late. */
  void onConnected();

  /**
   * A head that is not the final one (RFC 9110 §15.2): end-to-end fields only. Any number of times
   * before the final one, within the engine's limit.
   */
  default void onInterim(ResponseEnvelope head) {}

  /**
   * A request with an expectation ({@link Expectation}) may go on with its body: the origin says
   * so, or has said nothing for long enough. Once at most, from any thread, perhaps late.
   */
  default void onBodyWanted() {}

  /** The head of the final response: end-to-end fields only, and {@code Trailer}. */
  void onHead(ResponseEnvelope head);

  /** Nothing more has come together with what was given: what was held back should leave now. */
  void onPause();

  /**
   * The next piece of the body, perhaps empty.
   *
   * @param last true for the piece that ends the body
   * @return true if the piece was taken; false if it still is in use, and the sink is going to call
   *     {@link OriginStream#resume} when it no longer is
   */
  boolean onBody(ByteBuffer piece, boolean last);

  /** True if a piece that was not taken is copied: its buffer may be used again at once. */
  default boolean copies() {
    return false;
  }

  /**
   * How many bytes of the body the other side would take at once, about: where that is little, a
   * large piece would only wait.
   */
  default int takesAtOnce() {
    return 0;
  }

  /** The trailers of the response, before the last piece of its body; only where there are any. */
  default void onTrailers(Headers fields) {}

  /** A part for which {@link OriginStream#body} gave false has been taken now. */
  void onRequestTaken();

  /** The replay failed, before the head or after it. */
  void onFailure(ReplayException failure);
}
