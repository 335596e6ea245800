package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameWriter;
import wsp.websocket.Opcodes;

/**
 * The frames that go out on one WebSocket: data, with a text message that is held back until what
 * belongs to it can leave in the same write, and control frames, none of them behind a close frame
 * (RFC 6455 §5.5), each of whose methods tells whether it has added one to the queue. The owner's
 * lock guards it.
 */
final class OutFrames {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final FrameWriter frames = FrameWriter.ofClient(Masks::next);
  private final OutQueue out;
  private byte @Nullable [] heldText;

  /** The payload of a ping that is to be answered. */
  private @Nullable ByteBuffer pinged;

  private boolean closed;

  OutFrames(OutQueue out) {
    this.out = out;
  }

  boolean holdsText() {
    return heldText != null;
  }

  /** Holds this one back; there must be none. */
  void hold(String message) {
    heldText = message.getBytes(StandardCharsets.UTF_8);
  }

  /** The text message that is held back, in a buffer of the pool. */
  ByteBuffer held() {
    ByteBuffer bytes = OutQueue.POOL.take(heldBytes());
    putHeld(bytes);
    return bytes.flip();
  }

  /** The same and a piece of a binary message, copied. */
  ByteBuffer binary(ByteBuffer piece, boolean last) {
    ByteBuffer bytes = OutQueue.POOL.take(heldBytes() + FrameWriter.MAX_HEADER + piece.remaining());
    putHeld(bytes);
    frames.binary(bytes, piece, last);
    return bytes.flip();
  }

  /** Bytes that are enough for its frame. */
  private int heldBytes() {
    byte[] text = heldText;
    return text == null ? 0 : FrameWriter.MAX_HEADER + text.length;
  }

  private void putHeld(ByteBuffer to) {
    byte[] text = heldText;
    heldText = null;
    if (text != null) frames.frame(to, Opcodes.TEXT, ByteBuffer.wrap(text));
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
    frames.frame(bytes, opcode, payload);
    out.add(bytes.flip());
    return true;
  }
}
