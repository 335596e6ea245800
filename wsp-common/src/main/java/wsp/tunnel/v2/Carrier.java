package wsp.tunnel.v2;

import java.nio.ByteBuffer;

/**
 * The WebSocket under a {@link Link}, as either daemon has it. Nothing blocks. The link calls
 * {@link #write}, {@link #congested} and {@link #whenWritten} by one thread at a time and holds no
 * lock meanwhile.
 */
public interface Carrier {
  /** A buffer of at least so many bytes for {@link #write}. */
  ByteBuffer buffer(int bytes);

  /**
   * Sends whole WebSocket frames, with their headers and masked where they have to be; the buffer
   * is the carrier's from now on. Small ones may leave at the end of a round of events.
   */
  void write(ByteBuffer frames);

  /** True while bytes wait for the socket: no more should be written now. */
  boolean congested();

  /** Runs once nothing waits for the socket any more, perhaps at once. */
  void whenWritten(Runnable action);

  /** Closes behind what was written, with a code of RFC 6455 §7.4.1. */
  void close(int code, String reason);
}
