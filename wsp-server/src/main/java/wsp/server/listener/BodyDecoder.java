package wsp.server.listener;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldSyntax;
import wsp.text.Ascii;

/**
 * The body of a request: a known number of bytes, or chunks (RFC 9112 §7.1), these as strictly as
 * the head. Chunk extensions and trailer fields are checked and dropped. For one request and one
 * thread.
 */
final class BodyDecoder {
  /**
   * The longest line of a chunk size with its extensions, and the most bytes of all trailer fields.
   */
  private static final int MAX_LINE = 4096;

  /** The largest chunk: 15 hexadecimal digits behind any zeros. */
  private static final long MAX_CHUNK = (1L << 60) - 1;

  /** Digits of a chunk size that an int has room for. */
  private static final int USUAL_DIGITS = 7;

  /** So few bytes are moved sooner one by one. */
  private static final int FEW = 16;

  private enum State {
    SIZE,
    BLANK,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    END_LF,
    END
  }

  private final boolean chunked;
  private State state;
  private long remaining;
  private boolean sized;
  private int lineBytes;

  /** Of a byte behind data that was to go on first. */
  private @Nullable BadRequestException refusal;

  /**
   * @param contentLength bytes of the body, -1 for chunks
   */
  BodyDecoder(long contentLength) {
    chunked = contentLength < 0;
    remaining = chunked ? 0 : contentLength;
    state = chunked ? State.SIZE : contentLength == 0 ? State.END : State.DATA;
  }

  /** True once the last byte of the body was decoded. */
  boolean ended() {
    return state == State.END;
  }

  /**
   * The next bytes of the body: those of all chunks that the input has, moved together so that they
   * go on as one piece. A view of the input that is valid until the input changes; null: more is
   * needed.
   */
  @Nullable ByteBuffer decode(ByteBuffer in) throws BadRequestException {
    if (refusal != null) throw refusal;
    int start = -1;
    int end = -1;
    while (in.hasRemaining() && state != State.END) {
      if (state == State.DATA) {
        if (start < 0) start = end = in.position();
        end = data(in, end);
      } else if (!takesUsualFraming(in) && !frames(in, start >= 0)) {
        break;
      }
    }
    return start < 0 ? null : in.slice(start, end - start);
  }

  /**
   * Takes all that stands between two chunks, if it is there and as nearly all senders write it:
   * {@link #framing} takes three times as long for the same, and for anything else.
   */
  private boolean takesUsualFraming(ByteBuffer in) {
    int at = in.position();
    int limit = in.limit();
    if (state != State.DATA_CR || limit - at < 5) return false;
    if (in.get(at) != '\r' || in.get(at + 1) != '\n') return false;
    int size = 0;
    int end = at + 2;
    for (int most = Math.min(limit - 2, end + USUAL_DIGITS); end < most; end++) {
      int digit = Ascii.hex(in.get(end));
      if (digit < 0) break;
      size = size << 4 | digit;
    }
    if (size == 0 || in.get(end) != '\r' || in.get(end + 1) != '\n') return false;
    in.position(end + 2);
    remaining = size;
    state = State.DATA;
    return true;
  }

  /**
   * Takes a byte between data.
   *
   * @param after whether there is data before it, which goes on in any case, wherever the input was
   *     cut: then the byte is refused the next time
   * @return false if the byte is still there
   */
  private boolean frames(ByteBuffer in, boolean after) throws BadRequestException {
    try {
      framing(in.get());
      return true;
    } catch (BadRequestException e) {
      if (!after) throw e;
      refusal = e;
      in.position(in.position() - 1);
      return false;
    }
  }

  /**
   * Takes what there is of a chunk.
   *
   * @param to where it is to begin
   * @return where it ends then
   */
  private int data(ByteBuffer in, int to) {
    int from = in.position();
    int n = (int) Math.min(remaining, in.remaining());
    if (to != from && n <= FEW) for (int i = 0; i < n; i++) in.put(to + i, in.get(from + i));
    else if (to != from) in.put(to, in, from, n);
    in.position(from + n);
    remaining -= n;
    if (remaining == 0) state = chunked ? State.DATA_CR : State.END;
    return to + n;
  }

  private void framing(byte b) throws BadRequestException {
    switch (state) {
      case SIZE -> size(b);
      case BLANK -> blank(b);
      case EXTENSION -> {
        if (b == '\r') state = State.SIZE_LF;
        else text(b);
      }
      case SIZE_LF -> {
        expect(b, '\n');
        state = remaining == 0 ? State.TRAILER : State.DATA;
        lineBytes = 0;
        sized = false;
      }
      case DATA_CR -> {
        expect(b, '\r');
        state = State.DATA_LF;
      }
      case DATA_LF -> {
        expect(b, '\n');
        state = State.SIZE;
      }
      case TRAILER -> {
        if (b == '\r') {
          state = State.END_LF;
        } else {
          state = State.TRAILER_NAME;
          trailerName(b);
        }
      }
      case TRAILER_NAME -> {
        if (b == ':') state = State.TRAILER_VALUE;
        else trailerName(b);
      }
      case TRAILER_VALUE -> {
        if (b == '\r') state = State.TRAILER_LF;
        else text(b);
      }
      case TRAILER_LF -> {
        expect(b, '\n');
        state = State.TRAILER;
      }
      case END_LF -> {
        expect(b, '\n');
        state = State.END;
      }
      case DATA, END -> throw new IllegalStateException(state.name());
    }
  }

  /** What is limited is the size, not its digits: zeros may lead it (RFC 9112 §7.1). */
  private void size(byte b) throws BadRequestException {
    int digit = Ascii.hex(b);
    if (digit >= 0) {
      if (remaining > MAX_CHUNK >> 4) throw bad("a chunk size is too large");
      remaining = remaining << 4 | digit;
      sized = true;
      count();
    } else if (!sized) {
      throw bad("a chunk size is not hexadecimal");
    } else if (b == '\r') {
      state = State.SIZE_LF;
    } else {
      blank(b);
    }
  }

  /** Blanks may stand before an extension, and there alone (RFC 9112 §7.1.1). */
  private void blank(byte b) throws BadRequestException {
    if (b == ';') state = State.EXTENSION;
    else if (Ascii.isBlank(b)) state = State.BLANK;
    else throw bad("a chunk size is not hexadecimal");
    count();
  }

  private void trailerName(byte b) throws BadRequestException {
    if (!FieldSyntax.isTokenChar(b)) throw bad("a trailer field name is not a token");
    count();
  }

  private void text(byte b) throws BadRequestException {
    if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f)
      throw bad("a control character stands in the framing of a chunk");
    count();
  }

  private void count() throws BadRequestException {
    if (++lineBytes > MAX_LINE)
      throw bad("a chunk size line or the trailer is over " + MAX_LINE + " bytes");
  }

  private static void expect(byte b, char c) throws BadRequestException {
    if (b != c) throw bad("a chunk does not end with CRLF");
  }

  private static BadRequestException bad(String message) {
    return new BadRequestException(400, message);
  }
}
