package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.websocket.FrameWriter;
import wsp.websocket.Opcodes;

/**
 * The data frames that go out on one WebSocket, with a text message that is held back until what
 * belongs to it can leave in the same write. The owner's lock guards it.
 */
final class OutFrames {
  private final FrameWriter frames = FrameWriter.ofClient(Masks::next);
  private byte @Nullable [] heldText;

  /** True if a text message is held back. */
  boolean holdsText() {
    return heldText != null;
  }

  /** Holds this one back; there must be none. */
  void hold(String message) {
    heldText = message.getBytes(StandardCharsets.UTF_8);
  }

  /** The text message that is held back, in a buffer of the pool. */
  ByteBuffer held() {
    ByteBuffer out = OutQueue.POOL.take(heldBytes());
    putHeld(out);
    return out.flip();
  }

  /** The same and a piece of a binary message, copied. */
  ByteBuffer binary(ByteBuffer piece, boolean last) {
    ByteBuffer out = OutQueue.POOL.take(heldBytes() + FrameWriter.MAX_HEADER + piece.remaining());
    putHeld(out);
    frames.binary(out, piece, last);
    return out.flip();
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
}
