package wsp.websocket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Decodes text messages that come in pieces (RFC 6455 §8.1), of which one may end within a
 * character. For one WebSocket and one thread at a time.
 */
final class Utf8Pieces {
  private static final byte[] NONE = {};

  /** The bytes of a character that has begun. */
  private byte[] begun = NONE;

  /** The characters that are whole with these bytes; with the last ones all are. */
  String next(byte[] bytes, int from, int n, boolean last) throws ProtocolViolationException {
    if (begun.length == 0 && last) {
      String text = new String(bytes, from, n, StandardCharsets.UTF_8);
      // What stands for bytes that are no UTF-8 may as well have been sent.
      if (text.indexOf('\ufffd') < 0) return text;
    }
    ByteBuffer all = ByteBuffer.allocate(begun.length + n).put(begun).put(bytes, from, n).flip();
    CharBuffer text = CharBuffer.allocate(all.remaining());
    if (StandardCharsets.UTF_8.newDecoder().decode(all, text, last).isError())
      throw new ProtocolViolationException(1007, "a text message is not UTF-8");
    begun = new byte[all.remaining()];
    all.get(begun);
    return text.flip().toString();
  }
}
