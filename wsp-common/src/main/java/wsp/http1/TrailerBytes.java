package wsp.http1;

import java.util.Arrays;
import wsp.envelope.Headers;

/**
 * The trailer section of a body in chunks while it comes (RFC 9112 §7.1.2), within the limits of
 * its {@link Policy}. For one body and one thread.
 */
final class TrailerBytes {
  private byte[] bytes = new byte[64];
  private int length;

  /** Keeps a byte of a field line, or of the end of one. */
  void add(byte b) {
    if (length == bytes.length) bytes = Arrays.copyOf(bytes, length * 2);
    bytes[length++] = b;
  }

  /**
   * The fields, once the last line is whole. A section of a response that has a line which is no
   * field is left out altogether, as a recipient may (RFC 9110 §6.5.1): the body is whole without
   * it.
   */
  Headers fields(Policy policy) throws MessageException {
    add((byte) '\r');
    add((byte) '\n');
    try {
      return new Lexer(Arrays.copyOf(bytes, length), policy).fields(policy.trailerFields);
    } catch (MessageException e) {
      if (policy.lenient) return Headers.EMPTY;
      throw e;
    }
  }
}
