package wsp.http1;

import static wsp.http1.MessageException.bad;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeLength;

/**
 * Puts the heads of a connection's messages together, however their bytes come, and reads each once
 * it is whole (RFC 9112 §2 to §6). {@link Policy} has what is refused. A head never takes more
 * memory than its limit, and none once it is read. For one connection and one thread.
 *
 * @param <H> the head of a request, or of a response
 */
public final class HeadReader<H> {
  private interface Parser<H> {
    H parse(Lexer lines, int maxFields) throws MessageException;
  }

  /** Most heads are shorter. */
  private static final int STEP = 1024;

  private static final byte[] NONE = {};

  /**
   * The array for a head that comes at once, as nearly all do: a connection keeps bytes only while
   * it has an unfinished head.
   */
  private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[8192]);

  private final Policy policy;
  private final Parser<H> parser;
  private final int maxBytes;
  private final int maxFields;
  private byte[] head = NONE;
  private int length;
  private int emptyLines;
  private int passedOver;
  private int lastBytes;

  private HeadReader(Policy policy, Parser<H> parser, int maxBytes, int maxFields) {
    this.policy = policy;
    this.parser = parser;
    this.maxBytes = maxBytes;
    this.maxFields = maxFields;
  }

  /** A reader of requests, strictly, of so many bytes with their line ends, and fields. */
  public static HeadReader<RequestHead> ofRequests(int maxBytes, int maxFields) {
    return new HeadReader<>(Policy.REQUEST, RequestHead::parse, maxBytes, maxFields);
  }

  /** A reader of responses, leniently, of so many bytes with their line ends, and fields. */
  public static HeadReader<ResponseHead> ofResponses(int maxBytes, int maxFields) {
    return new HeadReader<>(Policy.RESPONSE, ResponseHead::parse, maxBytes, maxFields);
  }

  /** True once the first byte of a head is here and the last is not; empty lines are none. */
  public boolean begun() {
    return length > 0 && head[0] != '\r';
  }

  public int lastBytes() {
    return lastBytes;
  }

  /** Forgets an unfinished head, and the empty lines before it. */
  public void reset() {
    head = NONE;
    length = 0;
    emptyLines = 0;
    passedOver = 0;
  }

  /** How many bytes of memory an unfinished head takes. */
  public int held() {
    return head.length;
  }

  /** Takes what belongs to the head; the head once it is whole, else null. */
  public @Nullable H read(ByteBuffer in) throws MessageException {
    byte[] scratch = SCRATCH.get();
    if (head.length == 0) head = scratch;
    boolean bad = true;
    try {
      H whole = next(in);
      bad = false;
      return whole;
    } catch (MessageException e) {
      String other = policy.lenient ? null : OtherProtocol.named(head, length);
      throw other == null ? e : new MessageException(e.status(), other);
    } finally {
      if (bad) reset();
      else if (length == 0) head = NONE;
      else if (head == scratch) head = Arrays.copyOf(scratch, length);
    }
  }

  private @Nullable H next(ByteBuffer in) throws MessageException {
    while (in.hasRemaining()) {
      int end = endOfHead(take(in));
      if (end < 0) continue;
      // The bytes after the head belong to the body.
      in.position(in.position() - (length - end));
      length = end;
      if (isEmptyLine()) continue;
      H whole = parser.parse(new Lexer(head, policy), maxFields);
      if (whole instanceof RequestHead request) checkEnvelope(request);
      lastBytes = length;
      length = 0;
      emptyLines = 0;
      passedOver = 0;
      return whole;
    }
    return null;
  }

  /** A head that no client takes costs its caller the 431, and no client its connection. */
  private void checkEnvelope(RequestHead request) throws MessageException {
    int most = EnvelopeLength.most(maxBytes);
    if (EnvelopeLength.isDoubtful(length, most)
        && EnvelopeLength.of(request.headers()) + request.target().length() > most)
      throw new MessageException(
          MessageException.TOO_LARGE,
          "the request head is longer than clients take it as JSON, where each byte that is no"
              + " UTF-8 has six characters");
  }

  /** Copies some bytes, not all that may come after the head; how many there were before. */
  private int take(ByteBuffer in) throws MessageException {
    int room = maxBytes - passedOver - length;
    if (room <= 0)
      throw new MessageException(
          MessageException.TOO_LARGE,
          "the " + policy.message + " head is over " + maxBytes + " bytes");
    int n = Math.min(Math.min(in.remaining(), STEP), room);
    if (length + n > head.length)
      head = Arrays.copyOf(head, Math.min(maxBytes, Math.max(length + n, head.length * 2)));
    in.get(head, length, n);
    int before = length;
    length += n;
    return before;
  }

  /** The place after the empty line; -1 as long as there is none. */
  private int endOfHead(int from) throws MessageException {
    byte last = from == 0 ? 0 : head[from - 1];
    for (int i = from; i < length; i++) {
      byte b = head[i];
      if (b == '\n') {
        if (last != '\r' && !policy.lenient) throw bad("a line ends with a bare LF");
        int end = last == '\r' ? i - 1 : i;
        if (end == 0 || head[end - 1] == '\n') return i + 1;
      } else if (last == '\r') {
        throw bad("a CR is not followed by LF");
      }
      last = b;
    }
    return -1;
  }

  /** An empty line before a head is passed over (RFC 9112 §2.2). */
  private boolean isEmptyLine() throws MessageException {
    if (length > 2) return false;
    if (++emptyLines > policy.emptyLines) throw bad("empty lines instead of a " + policy.message);
    passedOver += length;
    length = 0;
    return true;
  }
}
