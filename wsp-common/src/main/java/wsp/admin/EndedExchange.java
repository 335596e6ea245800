package wsp.admin;

import wsp.log.LogText;
import wsp.observe.ExchangeRecord;

/**
 * An exchange that is over, as far as the live page keeps it. Texts are cut, so that callers with
 * long ones cannot fill the memory; they are made fit to be shown only for a reader of the page.
 *
 * @param number how many have ended before it
 * @param waitNanos until there was a connection, or until its end without one
 * @param headNanos from there to the head of the answer; -1: there was none
 * @param bodyNanos from there to the end; -1: there was no head
 */
record EndedExchange(
    long number,
    long atMillis,
    String method,
    String destination,
    int status,
    String proxyStatus,
    String failure,
    String detail,
    String rule,
    String peer,
    String caller,
    String from,
    String requestId,
    String traceparent,
    long waitNanos,
    long headNanos,
    long bodyNanos,
    long requestBytes,
    long responseBytes) {
  private static final int SHORT_TEXT = 130;

  static EndedExchange of(long number, ExchangeRecord e) {
    long connected = e.connectedAt();
    long head = e.headAt();
    long firstEnd = connected != 0 ? connected : head != 0 ? head : e.endedAt();
    return new EndedExchange(
        number,
        e.receivedAtMillis(),
        LogText.cut(e.method(), SHORT_TEXT),
        e.destination(),
        e.status(),
        e.proxyStatus(),
        e.failure(),
        e.detail(),
        e.rule(),
        e.peer(),
        LogText.cut(e.caller(), SHORT_TEXT),
        LogText.cut(e.from(), SHORT_TEXT),
        LogText.cut(e.requestId(), SHORT_TEXT),
        LogText.cut(e.traceparent(), SHORT_TEXT),
        firstEnd - e.receivedAt(),
        connected == 0 ? -1 : (head != 0 ? head : e.endedAt()) - connected,
        head == 0 ? -1 : e.endedAt() - head,
        e.requestBytes(),
        e.responseBytes());
  }

  /** Whether it belongs among the failures that the page lists. */
  boolean failed() {
    return !failure.isEmpty()
        || status >= 500
        || (status >= 400 && proxyStatus.startsWith("wsp-client"));
  }
}
