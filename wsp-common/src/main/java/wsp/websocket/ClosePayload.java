package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The payload of a close frame: a code, and a reason of at most 123 bytes (RFC 6455 §5.5.1). */
final class ClosePayload {
  private static final int MAX_REASON = 123;

  private ClosePayload() {}

  /**
   * Encodes both.
   *
   * @param reason ASCII, cut off where it is too long
   */
  static ByteBuffer of(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(text.length, MAX_REASON);
    return ByteBuffer.allocate(2 + length).putShort((short) code).put(text, 0, length).flip();
  }

  /** The reason of a payload that has a code; malformed UTF-8 is replaced. */
  static String reason(ByteBuffer payload) {
    ByteBuffer text = payload.duplicate();
    if (text.remaining() <= 2) return "";
    return StandardCharsets.UTF_8.decode(text.position(text.position() + 2)).toString();
  }
}
