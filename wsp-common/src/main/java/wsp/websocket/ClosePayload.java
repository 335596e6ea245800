package wsp.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The payload of a close frame: a code, and a reason of at most 123 bytes (RFC 6455 §5.5.1).
 *
 * @param code one that may be sent, or {@value #NO_CODE} for an empty payload
 * @param reason empty if there is none
 */
public record ClosePayload(int code, String reason) {
  /** Stands for a payload that is empty; never sent itself (RFC 6455 §7.4.1). */
  public static final int NO_CODE = 1005;

  private static final int MAX_REASON = 123;

  private static final int FIRST_OF_LIBRARIES = 3000;
  private static final int LAST = 4999;

  /** Encodes both; the reason is ASCII, and cut off where it is too long. */
  public static ByteBuffer of(int code, String reason) {
    if (code == NO_CODE) return ByteBuffer.allocate(0);
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(text.length, MAX_REASON);
    return ByteBuffer.allocate(2 + length).putShort((short) code).put(text, 0, length).flip();
  }

  /**
   * Decodes a payload, all of it.
   *
   * @throws ProtocolViolationException if it is one that no peer may send (RFC 6455 §5.5.1, §7.4)
   */
  public static ClosePayload read(ByteBuffer payload) throws ProtocolViolationException {
    if (!payload.hasRemaining()) return new ClosePayload(NO_CODE, "");
    if (payload.remaining() == 1)
      throw new ProtocolViolationException(1002, "a close code of one byte");
    int code = payload.getShort() & 0xffff;
    if (!maySend(code)) throw new ProtocolViolationException(1002, "the close code " + code);
    try {
      return new ClosePayload(code, StandardCharsets.UTF_8.newDecoder().decode(payload).toString());
    } catch (CharacterCodingException e) {
      throw new ProtocolViolationException(1007, "the reason of a close frame is not UTF-8");
    }
  }

  /** Those that RFC 6455 and its registry name for close frames, and those of applications. */
  private static boolean maySend(int code) {
    return switch (code) {
      case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
      default -> code >= FIRST_OF_LIBRARIES && code <= LAST;
    };
  }
}
