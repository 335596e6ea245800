package wsp.http1;

import static wsp.http1.MessageException.bad;

import java.util.Arrays;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Headers;

/**
 * The trailer section of a body in chunks while it comes (RFC 9112 §7.1.2), within the limits of
 * its {@link Policy}. For one body and one thread.
 */
final class TrailerReader {
  private enum State {
    LINE,
    NAME,
    VALUE,
    LF
  }

  private final Policy policy;
  private State state = State.LINE;
  private int counted;
  private byte[] bytes = new byte[64];
  private int length;

  TrailerReader(Policy policy) {
    this.policy = policy;
  }

  /** Takes a byte; true if it begins the end of the empty line behind the last field. */
  boolean endsWith(byte b) throws MessageException {
    switch (state) {
      case LINE -> {
        if (b == '\r') return true;
        state = policy.lenient ? State.VALUE : State.NAME;
        if (policy.lenient) value(b);
        else name(b);
      }
      case NAME -> {
        if (b == ':') state = State.VALUE;
        else name(b);
      }
      case VALUE -> {
        if (b == '\r') state = State.LF;
        else value(b);
      }
      case LF -> {
        Lexer.checkLineEnd(b, '\n');
        state = State.LINE;
      }
    }
    add(b);
    return false;
  }

  int held() {
    return bytes.length;
  }

  private void name(byte b) throws MessageException {
    if (!FieldSyntax.isTokenChar(b)) throw bad("a trailer field name is not a token");
    Lexer.checkLength(++counted, policy.trailerBytes);
  }

  private void value(byte b) throws MessageException {
    Lexer.checkChunkText(b, ++counted, policy.trailerBytes);
  }

  private void add(int b) {
    if (length == bytes.length) bytes = Arrays.copyOf(bytes, length * 2);
    bytes[length++] = (byte) b;
  }

  /**
   * The fields, once the last line is whole. A section of a response that has a line which is no
   * field is left out altogether, as a recipient may (RFC 9110 §6.5.1): the body is whole without
   * it.
   */
  Headers fields() throws MessageException {
    add('\r');
    add('\n');
    try {
      return new Lexer(Arrays.copyOf(bytes, length), policy).fields(policy.trailerFields);
    } catch (MessageException e) {
      if (policy.lenient) return Headers.EMPTY;
      throw e;
    }
  }
}
