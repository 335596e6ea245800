package wsp.server.tunnel.v1;

import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.server.tunnel.CheckedAnswer;

/**
 * The answer of the origin, as a client tells it: an envelope, then a body that has to be as long
 * as the envelope announces. Judged here, before any of it goes on, because the framing for the
 * caller is made of it. For one exchange, on the thread of its link.
 */
final class Answer {
  private final int maxEnvelope;
  private final String method;

  /** Of an envelope that comes in pieces, and what these take of the client's memory. */
  private @Nullable StringBuilder pieces;

  private volatile Budget.@Nullable Share share;
  private final Budget memory;

  private @Nullable CheckedAnswer head;
  private volatile boolean complete;

  /**
   * @param maxEnvelope the longest envelope, in characters
   * @param method of the request that it answers
   * @param memory for all envelopes of the client that are not whole
   */
  Answer(int maxEnvelope, String method, Budget memory) {
    this.memory = memory;
    this.maxEnvelope = maxEnvelope;
    this.method = method;
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
      head = new CheckedAnswer(decoded, method);
    } catch (EnvelopeException e) {
      throw new InvalidAnswerException(1002, String.valueOf(e.getMessage()));
    } finally {
      pieces = null;
      drop();
    }
  }

  /** So many bytes of the body have come; before they go on. */
  void body(int bytes, boolean last) throws InvalidAnswerException {
    CheckedAnswer h = head;
    if (h == null || complete) throw outOfTurn();
    if (!h.body(bytes, last))
      throw new InvalidAnswerException(1002, "a body of another length than announced");
  }

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

  boolean begun() {
    return head != null;
  }

  /** What has come of it, once the envelope is whole. */
  CheckedAnswer checked() {
    CheckedAnswer h = head;
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

    int closeCode() {
      return closeCode;
    }
  }
}
