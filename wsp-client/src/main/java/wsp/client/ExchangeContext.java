package wsp.client;

import java.util.concurrent.Executor;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginEngine;
import wsp.client.tunnel.ClientStream;
import wsp.config.ErrorCodes;
import wsp.config.TunnelPorts;
import wsp.envelope.Headers;
import wsp.limit.Budget;
import wsp.observe.AccessLog;
import wsp.observe.ExchangeRecord;
import wsp.observe.Outcomes;
import wsp.observe.Traceparent;
import wsp.rules.AccessRules;

/** The parts of the client that every exchange needs. Safe for all threads. */
final class ExchangeContext {
  private final OriginEngine engine;
  private final Executor workers;
  private final Outcomes<Failure> outcomes;
  private final String id;

  /** Whether the access log has fields in which callers tell of themselves. */
  private final boolean combined;

  private final Budget envelopes;
  private volatile AccessRules rules;
  private volatile TunnelPorts tunnelPorts;
  private volatile ErrorCodes errorCodes;

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
    this.rules = config.rules();
    this.tunnelPorts = config.tunnelPorts();
    this.errorCodes = config.errorCodes();
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

  /** Which destinations may be requested now. */
  AccessRules rules() {
    return rules;
  }

  /** Where tunnels may lead now. */
  TunnelPorts tunnelPorts() {
    return tunnelPorts;
  }

  /** How callers are told of errors now. */
  ErrorCodes errorCodes() {
    return errorCodes;
  }

  /** From now on, requests are judged, and errors told, as this says. */
  void use(ClientConfig next) {
    rules = next.rules();
    tunnelPorts = next.tunnelPorts();
    errorCodes = next.errorCodes();
  }

  /** A share of the memory for requests that run. */
  Budget.Share memory() {
    return envelopes.share();
  }

  /** Performs the requests. */
  OriginEngine engine() {
    return engine;
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
