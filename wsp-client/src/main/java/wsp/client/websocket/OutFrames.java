package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameWriter;
import wsp.websocket.Opcodes;

/**
 * The frames that go out on one WebSocket: data, and control frames, none of them behind a close
 * frame (RFC 6455 §5.5), each of whose methods tells whether it has added one to the queue. The
 * owner's lock guards it.
 */
final class OutFrames {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final FrameWriter frames = FrameWriter.ofClient(Masks::next);
  private final OutQueue out;

  /** The payload of a ping that is to be answered. */
  private @Nullable ByteBuffer pinged;

  private boolean closed;

  OutFrames(OutQueue out) {
    this.out = out;
  }

  ByteBuffer text(String message) {
    return frames.frame(Opcodes.TEXT, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
  }

  ByteBuffer data(@Nullable String text, ByteBuffer piece, boolean last) {
    return frames.data(OutQueue.POOL, text, piece, last);
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
    out.add(frames.frame(opcode, payload));
    return true;
  }
}
