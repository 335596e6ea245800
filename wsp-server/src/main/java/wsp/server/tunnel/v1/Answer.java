package wsp.server.tunnel.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.FieldLists;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.text.Ascii;

/**
 * The answer of the origin, as a client tells it: an envelope, then a body that has to be as long
 * as the envelope announces. Judged here, before any of it goes on, because the framing for the
 * caller is made of it. For one exchange, on the thread of its link.
 */
final class Answer {
  private static final int LENGTH_DIGITS = 18;

  private final int maxEnvelope;
  private final boolean toHead;

  /** Of an envelope that comes in pieces, and what these take of the client's memory. */
  private @Nullable StringBuilder pieces;

  private volatile Budget.@Nullable Share share;
  private final Budget memory;

  private @Nullable ResponseEnvelope head;
  private long length;
  private long received;
  private volatile boolean complete;

  /**
   * @param maxEnvelope the longest envelope, in characters
   * @param toHead true if it answers a HEAD
   * @param memory for all envelopes of the client that are not whole
   */
  Answer(int maxEnvelope, boolean toHead, Budget memory) {
    this.memory = memory;
    this.maxEnvelope = maxEnvelope;
    this.toHead = toHead;
  }

  /** Its exchange is over: what has come of the envelope is not needed. On any thread. */
  void drop() {
    Budget.Share held = share;
    if (held != null) held.close();
  }

  private void keep(String part) throws InvalidAnswerException {
    StringBuilder all = pieces;
    if (all == null) {
      all = new StringBuilder();
      pieces = all;
      share = memory.share();
    }
    int before = all.capacity();
    all.append(part);
    Budget.Share held = share;
    if (held != null && !held.add(Character.BYTES * (long) (all.capacity() - before)))
      throw new InvalidAnswerException(
          1009, "too many long envelopes have begun: see envelopememory");
  }

  /** A piece of the envelope. */
  void text(String part, boolean last) throws InvalidAnswerException {
    if (head != null) throw outOfTurn();
    int before = pieces == null ? 0 : pieces.length();
    if (before + part.length() > maxEnvelope) {
      throw new InvalidAnswerException(1009, "an envelope over " + maxEnvelope + " characters");
    }
    if (!last || pieces != null) keep(part);
    if (!last) return;
    try {
      ResponseEnvelope decoded =
          EnvelopeCodec.decodeResponse(pieces == null ? part : pieces.toString());
      length = length(decoded);
      head = decoded;
    } catch (EnvelopeException e) {
      throw new InvalidAnswerException(1002, String.valueOf(e.getMessage()));
    } finally {
      pieces = null;
      drop();
    }
  }

  /** The length in the fields and the one in the envelope must agree. */
  private long length(ResponseEnvelope decoded) throws EnvelopeException {
    List<String> fields = decoded.headers().all("Content-Length");
    if (fields.isEmpty()) return decoded.contentLength();
    for (String field : fields) {
      if (Ascii.number(field, LENGTH_DIGITS) < 0 || !field.equals(fields.get(0)))
        throw new EnvelopeException("the envelope's Content-Length is not one length");
    }
    long field = Ascii.number(fields.get(0), LENGTH_DIGITS);
    long announced = decoded.contentLength();
    if (hasBody(decoded.status()) && announced >= 0 && announced != field) {
      throw new EnvelopeException("the envelope's two lengths differ");
    }
    return field;
  }

  /** So many bytes of the body have come; before they go on. */
  void body(int bytes, boolean last) throws InvalidAnswerException {
    ResponseEnvelope h = head;
    if (h == null || complete) throw outOfTurn();
    received += bytes;
    boolean checked = length >= 0 && hasBody(h.status());
    if (checked && (received > length || (last && received < length))) {
      throw new InvalidAnswerException(1002, "a body of another length than announced");
    }
  }

  /** After the last piece went on. */
  void end() {
    complete = true;
  }

  /** True once its last piece has come; from any thread. */
  boolean complete() {
    return complete;
  }

  /** True as long as nothing of it has come. */
  boolean awaited() {
    return head == null && (pieces == null || pieces.isEmpty());
  }

  /** True once the envelope is whole. */
  boolean begun() {
    return head != null;
  }

  /** True if bytes came where an answer has no body (RFC 9112 §6.3). */
  boolean hasSurplus() {
    return received > 0 && !hasBody();
  }

  /** What goes on to the caller, with the length that it is told: -1 where it is told none. */
  ResponseEnvelope forCaller() {
    return new ResponseEnvelope(status(), headers(), callerLength());
  }

  int status() {
    return begunHead().status();
  }

  /** The fields that go on to the caller. */
  Headers headers() {
    return begunHead().headers().endToEnd().without(FieldLists.NOT_FOR_CALLERS);
  }

  boolean hasBody() {
    return hasBody(status());
  }

  /** True if the caller knows from the length that it has all. */
  boolean hasLength() {
    return length >= 0;
  }

  /** For the caller: one without a body keeps the length that its fields tell, and gains none. */
  long callerLength() {
    return hasBody() || begunHead().headers().has("Content-Length") ? length : -1;
  }

  private boolean hasBody(int status) {
    return status != 204 && status != 304 && !toHead;
  }

  private ResponseEnvelope begunHead() {
    ResponseEnvelope h = head;
    if (h == null) throw new IllegalStateException("the envelope is not there yet");
    return h;
  }

  private static InvalidAnswerException outOfTurn() {
    return new InvalidAnswerException(1002, "a message out of turn");
  }

  /** The client broke the protocol; its connection is closed with this code. */
  static final class InvalidAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    private final int closeCode;

    InvalidAnswerException(int closeCode, String message) {
      super(message, null, false, false);
      this.closeCode = closeCode;
    }

    /** Of RFC 6455 §7.4.1. */
    int closeCode() {
      return closeCode;
    }
  }
}
