package wsp.client.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameWriter;
import wsp.websocket.Opcodes;

/**
 * The control frames that go out on one WebSocket, none of them behind a close frame (RFC 6455
 * §5.5). Each method tells whether it has added one to the queue. The owner's lock guards it.
 */
final class ControlFrames {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  /** Any thread may write these at any time. */
  private static final FrameWriter WRITER = FrameWriter.ofClient(Masks::next);

  private final OutQueue out;

  /** The payload of a ping that is to be answered. */
  private @Nullable ByteBuffer pinged;

  private boolean closed;

  ControlFrames(OutQueue out) {
    this.out = out;
  }

  /** A ping, unless something waits already. */
  boolean ping() {
    return out.isEmpty() && add(Opcodes.PING, EMPTY);
  }

  /** The answer to a ping, or {@link #latePong} if something waits. */
  boolean pong(ByteBuffer payload) {
    pinged = payload;
    return out.isEmpty() && latePong();
  }

  /** True if a ping has to be answered when nothing waits any more. */
  boolean owesPong() {
    return pinged != null;
  }

  /** The answer to the last ping that has none; nothing waits any more. */
  boolean latePong() {
    ByteBuffer payload = pinged;
    pinged = null;
    return payload != null && add(Opcodes.PONG, payload);
  }

  /** A close frame, once. */
  boolean close(int code, String reason) {
    boolean first = add(Opcodes.CLOSE, ClosePayload.of(code, reason));
    closed = true;
    return first;
  }

  private boolean add(int opcode, ByteBuffer payload) {
    if (closed) return false;
    ByteBuffer bytes = ByteBuffer.allocate(FrameWriter.MAX_HEADER + payload.remaining());
    WRITER.frame(bytes, opcode, payload);
    out.add(bytes.flip());
    return true;
  }
}
