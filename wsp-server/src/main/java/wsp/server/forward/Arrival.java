package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.observe.AccessLog;
import wsp.observe.ExchangeRecord;
import wsp.observe.Outcomes;
import wsp.observe.RequestId;
import wsp.observe.Traceparent;
import wsp.server.failure.ErrorAnswer;
import wsp.server.failure.ProxyError;
import wsp.server.listener.Caller;

/**
 * A request that has come, and has to end.
 *
 * @param noted the record of its exchange
 * @param terms that were in force when it came
 * @param way on which it came
 */
record Arrival(Caller caller, ExchangeRecord noted, Terms terms, Way way) {
  static Arrival of(Caller caller, Terms terms, Way way) {
    Headers fields = caller.head().headers();
    ExchangeRecord noted =
        new ExchangeRecord(
            RequestId.of(fields),
            Traceparent.of(fields),
            caller.head().method(),
            terms.forwarding().caller(caller.remote(), fields));
    noted.kind(way.kind());
    if (terms.noteFields()) AccessLog.note(noted, fields, "", caller.head().http11());
    return new Arrival(caller, noted, terms, way);
  }

  /** The same as if it came now, under these; what is noted of it is nowhere. */
  Arrival again(Terms now) {
    ExchangeRecord unseen = new ExchangeRecord("", "", noted.method(), "");
    return new Arrival(caller, unseen, now, Way.of(caller.head(), now.entrances()));
  }

  /** The fields that go on, and that rules judge, of what has come; null: without an upgrade. */
  Headers judged(Headers received, @Nullable String upgrade) {
    return terms.judged(received, caller.remote(), upgrade);
  }

  /** Notes that it has failed, and tells its caller: the one place for that before an answer. */
  void refuse(Refused why, Outcomes<ProxyError> outcomes) {
    ProxyError error = why.error();
    int status = why.isOver() ? why.over() : error.status(terms.errorCodes());
    if (!why.rule().isEmpty()) noted.rule(why.rule());
    // Where it was to go is not known before it is parsed: what it asked this server for is.
    if (noted.destination().isEmpty()) noted.unusable(caller.head().target());
    outcomes.failed(noted, error, why.detail(), status);
    if (why.isOver()) return;
    String id = noted.requestId();
    ErrorAnswer answer = new ErrorAnswer(error, why.told(), noted.peer());
    Headers fields = RequestId.on(answer.headers(terms.errorCodes()), id);
    caller.respond(status, fields.and(why.fields()), answer.body(id));
  }
}
