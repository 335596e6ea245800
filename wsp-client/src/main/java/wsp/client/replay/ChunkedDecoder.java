package wsp.client.replay;

import java.nio.ByteBuffer;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.text.Ascii;

/**
 * The chunked coding (RFC 9112 §7.1), strictly. The chunks of one read are moved together, so that
 * they go on as one piece. Extensions and trailers are dropped.
 */
final class ChunkedDecoder extends BodyDecoder {
  /** Bytes of all lines between two pieces of content. */
  private static final int MAX_LINES = 64 * 1024;

  /** The largest chunk: 15 hexadecimal digits behind any zeros. */
  private static final long MAX_CHUNK = (1L << 60) - 1;

  private enum State {
    SIZE,
    BLANK,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER_START,
    TRAILER,
    TRAILER_LF,
    END_LF,
    END
  }

  private State state = State.SIZE;
  private long size;
  private boolean sized;
  private int lineBytes;

  @Override
  ByteBuffer decode(ByteBuffer in) throws ReplayException {
    byte[] bytes = in.array();
    int base = in.arrayOffset();
    int start = in.position();
    int out = start;
    while (in.hasRemaining() && state != State.END) {
      if (state == State.DATA) {
        int n = (int) Math.min(size, in.remaining());
        if (out != in.position())
          System.arraycopy(bytes, base + in.position(), bytes, base + out, n);
        out += n;
        in.position(in.position() + n);
        size -= n;
        if (size == 0) state = State.DATA_CR;
      } else {
        state = framing(in.get());
      }
    }
    return in.duplicate().position(start).limit(out).slice();
  }

  private State framing(byte b) throws ReplayException {
    if (++lineBytes > MAX_LINES) throw broken("its lines are too long");
    return switch (state) {
      case SIZE -> size(b);
      case BLANK -> afterDigits(b);
      case EXTENSION -> b == '\r' ? State.SIZE_LF : notLf(b, State.EXTENSION);
      case SIZE_LF -> expect(b, '\n', afterSize());
      case DATA_CR -> expect(b, '\r', State.DATA_LF);
      case DATA_LF -> expect(b, '\n', State.SIZE);
      case TRAILER_START -> b == '\r' ? State.END_LF : notLf(b, State.TRAILER);
      case TRAILER -> b == '\r' ? State.TRAILER_LF : notLf(b, State.TRAILER);
      case TRAILER_LF -> expect(b, '\n', State.TRAILER_START);
      case END_LF -> expect(b, '\n', State.END);
      case DATA, END -> throw new IllegalStateException();
    };
  }

  /** What is limited is the size, not its digits: zeros may lead it (RFC 9112 §7.1). */
  private State size(byte b) throws ReplayException {
    int digit = Ascii.hex(b);
    if (digit >= 0) {
      if (size > MAX_CHUNK >> 4) throw broken("a chunk is too large");
      size = size << 4 | digit;
      sized = true;
      return State.SIZE;
    }
    if (!sized) throw broken("a chunk has no size");
    return afterDigits(b);
  }

  /** Some pad a size with blanks; a second number behind them could be read as the size. */
  private static State afterDigits(byte b) throws ReplayException {
    if (b == '\r') return State.SIZE_LF;
    if (b == ';') return State.EXTENSION;
    if (Ascii.isBlank(b)) return State.BLANK;
    throw broken("a chunk's size is no number");
  }

  private State afterSize() {
    sized = false;
    if (size == 0) return State.TRAILER_START;
    lineBytes = 0;
    return State.DATA;
  }

  private static State expect(byte b, char expected, State next) throws ReplayException {
    if (b != expected) throw broken("a line end is missing");
    return next;
  }

  private static State notLf(byte b, State next) throws ReplayException {
    if (b == '\n') throw broken("a line ends without CR");
    return next;
  }

  private static ReplayException broken(String why) {
    return new ReplayException(Failure.CUT_BODY, "the response's chunks are broken: " + why);
  }

  @Override
  boolean complete() {
    return state == State.END;
  }
}
