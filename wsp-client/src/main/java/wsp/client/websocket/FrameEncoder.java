package wsp.client.websocket;

import java.nio.ByteBuffer;
import wsp.websocket.Masking;

/**
 * A client's frames (RFC 6455 §5.2): each is masked, which is the one copy that is made of its
 * bytes. For one WebSocket; one sender at a time.
 */
final class FrameEncoder {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** The most that a header takes. */
  static final int MAX_HEADER = 14;

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;

  private boolean withinBinary;

  /** Whole messages and control frames. */
  static void frame(ByteBuffer out, int opcode, ByteBuffer payload) {
    encode(out, FIN | opcode, payload);
  }

  /** A piece of a binary message, as a fragment of its own. */
  void binary(ByteBuffer out, ByteBuffer piece, boolean last) {
    encode(out, (last ? FIN : 0) | (withinBinary ? CONTINUATION : BINARY), piece);
    withinBinary = !last;
  }

  private static void encode(ByteBuffer out, int first, ByteBuffer payload) {
    int length = payload.remaining();
    int mask = Masks.next();
    out.put((byte) first);
    if (length < 126) out.put((byte) (MASKED | length));
    else if (length < 65536) out.put((byte) (MASKED | 126)).putShort((short) length);
    else out.put((byte) (MASKED | 127)).putLong(length);
    out.putInt(mask);
    out.put(payload.duplicate());
    Masking.apply(out, out.position() - length, length, mask);
  }
}
