package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.config.ErrorCodes;
import wsp.destination.Destination;
import wsp.envelope.FieldLists;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.observe.ExchangeRecord;
import wsp.observe.RequestId;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;
import wsp.server.listener.Caller;

/**
 * A request with a known caller and destination.
 *
 * @param headers what is judged and goes on of its fields
 * @param who the caller is
 * @param client the id, or else a label, of the client that it has to go to; null: any
 * @param exchange what is noted of it
 * @param errorCodes how its caller is told of errors
 * @param forwarding what is told of this server on the way of it
 */
record ProxyRequest(
    Caller caller,
    Headers headers,
    CallerKeys.Identity who,
    Destination destination,
    @Nullable String client,
    ExchangeRecord exchange,
    ErrorCodes errorCodes,
    Forwarding forwarding) {

  String method() {
    return caller.head().method();
  }

  /** The envelope for the client. */
  RequestEnvelope envelope() {
    Headers forOrigin = headers.without(FieldLists.NOT_FOR_ORIGINS).spelledOnly("Content-Length");
    Headers counted = FinalRecipient.countedDown(caller.head(), forOrigin);
    Headers named = forwarding.withVia(counted, caller.head().http11());
    Headers passed = RequestId.on(named, exchange.requestId());
    return new RequestEnvelope(method(), destination.url(), passed, caller.head().contentLength());
  }

  /** The fields of an origin that its caller gets; clients and origins speak HTTP/1.1. */
  Headers answer(Headers fields) {
    return RequestId.on(forwarding.withVia(fields, true), exchange.requestId());
  }

  /** Answers it with an error; nothing has been answered so far. */
  void refuse(ProxyError error) {
    tell(caller, exchange, errorCodes, error, unavailable(error));
  }

  /** Which client it was that could not be had; empty where none was asked for. */
  private String unavailable(ProxyError error) {
    if (client == null) return "";
    return switch (error) {
      case NO_CLIENT -> ": no client has the id or label " + client;
      case NO_CONNECTION -> ": all connections of " + client + " are busy";
      default -> "";
    };
  }

  /** The status that its caller gets with an error, or would have got. */
  int told(ProxyError error) {
    return error == ProxyError.CALLER_LEFT
        ? ExchangeRecord.CALLER_LEFT_STATUS
        : error.status(errorCodes);
  }

  /** The answer to a request that has failed before anything was answered. */
  static void tell(
      Caller caller, ExchangeRecord exchange, ErrorCodes codes, ProxyError error, String detail) {
    String id = exchange.requestId();
    caller.respond(
        error.status(codes),
        error.headers(codes, exchange.peer(), id),
        error.body(detail, exchange.peer(), id));
  }
}
