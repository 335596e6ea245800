package wsp.client.tunnel.v1;

import java.nio.ByteBuffer;

/** An exchange that is served: hears of its request by the link's events, one after the other. */
public interface Served {
  /** Begins; called once, before all else. */
  void start();

  /**
   * Takes the next part of the body.
   *
   * @param part valid until this returns
   * @return true if it was taken; false if {@link ClientStream#taken} is going to be called
   */
  boolean body(ByteBuffer part, boolean last);

  /** The link is gone: the response is not wanted any more. From any thread. */
  void cancel();
}
