package wsp.http1;

import static wsp.http1.MessageException.bad;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * Takes the framing off the bytes of a body: a known number of bytes, chunks (RFC 9112 §7.1), or
 * all that comes until the connection is closed. Chunk extensions are checked, as {@link Policy}
 * says, and dropped; trailer fields are kept for {@link #trailers}, and no other bytes. For one
 * body and one thread.
 */
public final class BodyReader {
  public static final long CHUNKED = -1;
  public static final long UNTIL_CLOSE = -2;

  /** The longest line of a chunk size with its extensions. */
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
    END_LF,
    END
  }

  private final Policy policy;
  private final long length;
  private State state;
  private long remaining;
  private boolean sized;
  private int lineBytes;
  private @Nullable TrailerReader section;
  private Headers trailers = Headers.EMPTY;

  /** Of a byte behind data that was to go on first. */
  private @Nullable MessageException refusal;

  private BodyReader(Policy policy, long length) {
    this.policy = policy;
    this.length = length;
    remaining = length == CHUNKED ? 0 : length == UNTIL_CLOSE ? Long.MAX_VALUE : length;
    state = length == CHUNKED ? State.SIZE : length == 0 ? State.END : State.DATA;
  }

  /** A reader of a request's body of so many bytes, or {@link #CHUNKED}. */
  public static BodyReader ofRequest(long length) {
    return new BodyReader(Policy.REQUEST, length);
  }

  /** A reader of a response's body of so many bytes, {@link #CHUNKED} or {@link #UNTIL_CLOSE}. */
  public static BodyReader ofResponse(long length) {
    return new BodyReader(Policy.RESPONSE, length);
  }

  public boolean ended() {
    return state == State.END;
  }

  /** The trailer fields as they came, once the body has ended; nearly always none. */
  public Headers trailers() {
    return trailers;
  }

  /** How many bytes of memory unfinished trailer fields take. */
  public int held() {
    return section == null ? 0 : section.held();
  }

  /** True if the end of the connection is the regular end of the body. */
  public boolean endsWithConnection() {
    return length == UNTIL_CLOSE;
  }

  /**
   * The next bytes of the body: those of all chunks that the input has, moved together so that they
   * go on as one piece. A view of the input that is valid until the input changes; null: more is
   * needed. Bytes before a fault are returned first, and the next call throws.
   */
  public @Nullable ByteBuffer read(ByteBuffer in) throws MessageException {
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

  /** Reads the next bytes like {@link #read}, for one whom the body itself does not concern. */
  public void skip(ByteBuffer in) throws MessageException {
    if (refusal != null) throw refusal;
    while (in.hasRemaining() && state != State.END) {
      if (state == State.DATA) data(in, in.position());
      else if (!takesUsualFraming(in)) framing(in.get());
    }
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
  private boolean frames(ByteBuffer in, boolean after) throws MessageException {
    try {
      framing(in.get());
      return true;
    } catch (MessageException e) {
      if (!after) throw e;
      refusal = e;
      in.position(in.position() - 1);
      return false;
    }
  }

  /** Takes what there is of a chunk, which is to begin there; where it ends then. */
  private int data(ByteBuffer in, int to) {
    int from = in.position();
    int n = (int) Math.min(remaining, in.remaining());
    if (to != from && n <= FEW) for (int i = 0; i < n; i++) in.put(to + i, in.get(from + i));
    else if (to != from) in.put(to, in, from, n);
    in.position(from + n);
    remaining -= n;
    if (remaining == 0) state = length == CHUNKED ? State.DATA_CR : State.END;
    return to + n;
  }

  private void framing(byte b) throws MessageException {
    switch (state) {
      case SIZE -> size(b);
      case BLANK -> blank(b);
      case EXTENSION -> {
        if (b == '\r') state = State.SIZE_LF;
        else Lexer.checkChunkText(b, ++lineBytes, MAX_LINE);
      }
      case SIZE_LF -> {
        state = expect(b, '\n', remaining == 0 ? State.TRAILER : State.DATA);
        lineBytes = 0;
        sized = false;
      }
      case DATA_CR -> state = expect(b, '\r', State.DATA_LF);
      case DATA_LF -> state = expect(b, '\n', State.SIZE);
      case TRAILER -> {
        if (section == null && b != '\r') section = new TrailerReader(policy);
        if (section == null || section.endsWith(b)) state = State.END_LF;
      }
      case END_LF -> end(b);
      case DATA, END -> throw new IllegalStateException(state.name());
    }
  }

  private void end(byte b) throws MessageException {
    State end = expect(b, '\n', State.END);
    if (section != null) trailers = section.fields();
    section = null;
    state = end;
  }

  /** The size is limited, not its digits: zeros may lead it (RFC 9112 §7.1). */
  private void size(byte b) throws MessageException {
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

  /**
   * Blanks may stand before an extension (RFC 9112 §7.1.1); a second number behind them could be
   * read as the size.
   */
  private void blank(byte b) throws MessageException {
    if (b == ';') state = State.EXTENSION;
    else if (Ascii.isBlank(b)) state = State.BLANK;
    else if (b == '\r' && policy.lenient) state = State.SIZE_LF;
    else throw bad("a chunk size is not hexadecimal");
    count();
  }

  private void count() throws MessageException {
    Lexer.checkLength(++lineBytes, MAX_LINE);
  }

  private static State expect(byte b, char c, State next) throws MessageException {
    Lexer.checkLineEnd(b, c);
    return next;
  }
}
