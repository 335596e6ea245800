package wsp.client.tunnel;

import java.nio.ByteBuffer;
import wsp.envelope.Headers;

/**
 * An exchange that is served: hears of its request, one event after the other. Of the version of
 * the wire it knows nothing.
 */
public interface Served {
  /** Begins; called once, before all else. */
  void start();

  /**
   * Takes the next part of the body.
   *
   * @param part valid until this returns
   * @return true if more is wanted now; false if {@link ClientStream#taken} is going to be called
   */
  boolean body(ByteBuffer part, boolean last);

  /** The trailers of the request, before the last part of its body; only where there are any. */
  default void trailers(Headers fields) {}

  /** The stream is gone: the response is not wanted any more. From any thread. */
  void cancel();
}
