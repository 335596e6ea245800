package wsp.websocket;

import java.nio.ByteBuffer;

/**
 * The WebSocket of either daemon under a link of version 2, which makes its frames itself. Nothing
 * blocks. The link calls {@link #sendFrames}, {@link #congested} and {@link #whenWritten} by one
 * thread at a time and holds no lock meanwhile.
 */
public interface FrameCarrier {
  /** An empty buffer of at least so many bytes for {@link #sendFrames}, to be its last use. */
  ByteBuffer buffer(int bytes);

  /**
   * Sends whole WebSocket frames, with their headers and masked where they have to be; the buffer
   * is the carrier's from now on. Small ones may leave at the end of a round of events.
   */
  void sendFrames(ByteBuffer frames);

  /** True while bytes wait for the socket, and not just for the end of a round. */
  boolean congested();

  /** Runs the action once nothing waits for the socket any more, perhaps at once. */
  void whenWritten(Runnable action);

  /** Closes behind what was written, with a code of RFC 6455 §7.4.1 and an ASCII reason. */
  void close(int code, String reason);
}
