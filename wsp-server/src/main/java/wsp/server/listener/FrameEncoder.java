package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The server's data frames and pongs, which are not masked (RFC 6455 §5.2): a header and the bytes,
 * in one buffer, copied once. The engine would copy them three times. For one connection; one
 * sender at a time.
 */
final class FrameEncoder {
  private static final int FIN = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CONTINUATION = 0;
  private static final int PONG = 10;
  private static final int MAX_HEADER = 10;

  private boolean withinMessage;

  /** A whole text message and the first piece of a binary one. */
  ByteBuffer textAndBinary(String text, ByteBuffer piece, boolean last) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = Wire.buffer(2 * MAX_HEADER + bytes.length + piece.remaining());
    header(out, FIN | TEXT, bytes.length);
    out.put(bytes);
    binary(out, piece, last);
    return out.flip();
  }

  /** A piece of a binary message, as a fragment of its own. */
  ByteBuffer binary(ByteBuffer piece, boolean last) {
    ByteBuffer out = Wire.buffer(MAX_HEADER + piece.remaining());
    binary(out, piece, last);
    return out.flip();
  }

  /** Answers a ping with its payload, at most 125 bytes. */
  static ByteBuffer pong(ByteBuffer payload) {
    ByteBuffer out = ByteBuffer.allocate(2 + payload.remaining());
    header(out, FIN | PONG, payload.remaining());
    return out.put(payload).flip();
  }

  private void binary(ByteBuffer out, ByteBuffer piece, boolean last) {
    header(out, (last ? FIN : 0) | (withinMessage ? CONTINUATION : BINARY), piece.remaining());
    out.put(piece.duplicate());
    withinMessage = !last;
  }

  private static void header(ByteBuffer out, int first, int length) {
    out.put((byte) first);
    if (length < 126) out.put((byte) length);
    else if (length < 65536) out.put((byte) 126).putShort((short) length);
    else out.put((byte) 127).putLong(length);
  }
}
