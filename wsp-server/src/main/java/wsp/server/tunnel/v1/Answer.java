package wsp.server.tunnel.v1;

import static wsp.websocket.ProtocolViolationException.violation;

import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.limit.Budget;
import wsp.server.tunnel.CheckedAnswer;
import wsp.websocket.ProtocolViolationException;
import wsp.websocket.TextMessage;

/**
 * The answer of the origin, as a client tells it: an envelope, then a body that has to be as long
 * as the envelope announces. Judged here, before any of it goes on, because the framing for the
 * caller is made of it. For one exchange, on the thread of its link.
 */
final class Answer {
  private final TextMessage envelope;
  private final String method;
  private @Nullable CheckedAnswer head;
  private volatile boolean complete;

  /**
   * @param maxEnvelope the longest envelope, in characters
   * @param method of the request that it answers
   * @param memory for all envelopes of the client that are not whole
   */
  Answer(int maxEnvelope, String method, Budget memory) {
    this.envelope = new TextMessage(maxEnvelope, memory);
    this.method = method;
  }

  /** Its exchange is over: what has come of the envelope is not needed. On any thread. */
  void drop() {
    envelope.drop();
  }

  void text(String part, boolean last) throws ProtocolViolationException {
    if (head != null) throw outOfTurn();
    String whole = envelope.add(part, last);
    if (whole == null) return;
    try {
      head = new CheckedAnswer(EnvelopeCodec.decodeResponse(whole), method);
    } catch (EnvelopeException e) {
      throw violation(String.valueOf(e.getMessage()));
    }
  }

  /** So many bytes of the body have come; before they go on. */
  void body(int bytes, boolean last) throws ProtocolViolationException {
    CheckedAnswer h = head;
    if (h == null || complete) throw outOfTurn();
    if (!h.body(bytes, last)) throw violation("a body of another length than announced");
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
    return head == null && envelope.isEmpty();
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

  private static ProtocolViolationException outOfTurn() {
    return violation("a message out of turn");
  }
}
