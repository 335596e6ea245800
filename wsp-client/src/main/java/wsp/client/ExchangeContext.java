package wsp.client;

import java.util.concurrent.Executor;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginEngine;
import wsp.client.tunnel.ClientStream;
import wsp.envelope.Headers;
import wsp.limit.Budget;
import wsp.observe.AccessLog;
import wsp.observe.ExchangeRecord;
import wsp.observe.Outcomes;
import wsp.observe.Traceparent;

/** The parts of the client that every exchange needs. Safe for all threads. */
final class ExchangeContext {
  private final OriginEngine engine;
  private final Executor workers;
  private final Outcomes<Failure> outcomes;
  private final String id;

  /** Whether the access log has fields in which callers tell of themselves. */
  private final boolean combined;

  private final Budget envelopes;
  private volatile Terms terms;

  /**
   * With what there is at the start.
   *
   * @param workers for what may take long
   * @param outcomes notes how each ends
   * @param envelopes the memory for those of all requests that run
   */
  ExchangeContext(
      ClientConfig config,
      OriginEngine engine,
      Executor workers,
      Outcomes<Failure> outcomes,
      Budget envelopes) {
    this.id = config.id();
    this.terms = Terms.of(config, engine);
    this.combined = config.observe().combined();
    this.engine = engine;
    this.workers = workers;
    this.outcomes = outcomes;
    this.envelopes = envelopes;
  }

  /** The id of this client. */
  String id() {
    return id;
  }

  /**
   * The record of an exchange that begins.
   *
   * @param fields of its request
   */
  ExchangeRecord noted(ClientStream stream, String method, Headers fields, String requestId) {
    ExchangeRecord noted = new ExchangeRecord(requestId, Traceparent.of(fields), method, "");
    if (combined) {
      AccessLog.note(noted, fields);
      noted.via(stream.remote());
    }
    noted.peer(stream.target());
    return noted;
  }

  /** What a request that comes now is judged by, to its end. */
  Terms terms() {
    return terms;
  }

  /** From now on, requests that come are judged, and errors told, as this says. */
  void use(ClientConfig next) {
    terms = Terms.of(next, engine);
  }

  /** A share of the memory for requests that run. */
  Budget.Share memory() {
    return envelopes.share();
  }

  /** Counts what fails. */
  Outcomes<Failure> outcomes() {
    return outcomes;
  }

  /** For what may take long. */
  Executor workers() {
    return workers;
  }
}
