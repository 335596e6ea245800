package wsp.server.forward;

import java.util.List;
import java.util.concurrent.Executor;
import wsp.config.ErrorCodes;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.FieldNames;
import wsp.envelope.Greeting;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.observe.AccessLog;
import wsp.observe.ExchangeRecord;
import wsp.observe.Outcomes;
import wsp.observe.RequestId;
import wsp.observe.Traceparent;
import wsp.rules.AccessRules;
import wsp.rules.Decision;
import wsp.rules.Verdict;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;
import wsp.server.listener.Caller;
import wsp.server.pool.ClientPools;
import wsp.server.pool.LeaseClock;

/** {@code /request}, {@code /status} and nothing else: where a request goes, and whether it may. */
public final class RequestHandler {
  private static final String DESTINATION = "X-PROXY-DESTINATION";
  private static final String CLIENT = "X-PROXY-CLIENT";
  private static final FieldNames CLIENT_FIELD = FieldNames.of(CLIENT);

  /**
   * Patterns times input, in characters, beyond which the rules are judged off the I/O thread: some
   * milliseconds.
   */
  private static final long COSTLY = 1_000_000;

  private final ClientPools pools;
  private final LeaseClock clock;
  private final Executor workers;
  private final Outcomes<ProxyError> outcomes;
  private final BehindProxies behindProxies;
  private volatile Terms terms;
  private volatile boolean going;
  private volatile boolean draining;

  /**
   * @param behindProxies counts the requests of each that a trusted proxy names
   */
  public RequestHandler(
      Terms terms,
      ClientPools pools,
      LeaseClock clock,
      Executor workers,
      Outcomes<ProxyError> outcomes,
      BehindProxies behindProxies) {
    this.terms = terms;
    this.pools = pools;
    this.clock = clock;
    this.workers = workers;
    this.outcomes = outcomes;
    this.behindProxies = behindProxies;
  }

  /** From now on requests that come are judged by these. */
  public void change(Terms next) {
    terms = next;
  }

  /** From now on {@code /status} says that this server is going. */
  public void giveNotice() {
    going = true;
  }

  /** From now on requests are refused. */
  public void drain() {
    going = true;
    draining = true;
  }

  /** True from the beginning of the end, when requests may still be taken. */
  public boolean going() {
    return going;
  }

  public boolean draining() {
    return draining;
  }

  /** The whole story of a request, up to its exchange. Never blocks. */
  public void handle(Caller caller) {
    RequestHead head = caller.head();
    switch (head.path()) {
      case "/request" -> proxy(caller);
      case "/status" -> {
        // The operator is told, but no request has failed.
        if (going) refuseStatus(caller);
        else caller.respond(200, Headers.EMPTY, "ok");
      }
      case "*" -> FinalRecipient.options(caller, Headers.EMPTY);
      default -> unknown(caller);
    }
  }

  private void unknown(Caller caller) {
    Terms now = terms;
    ExchangeRecord exchange = begin(caller, now);
    RequestHead head = caller.head();
    exchange.destination(head.path());
    String detail =
        head.target().startsWith("/")
            ? ""
            : "a request in absolute form, as programs send it to a forward proxy, is not served";
    refuse(caller, exchange, now.errorCodes(), ProxyError.UNKNOWN_PATH, detail);
  }

  /** A request beyond the cap: only {@code /status} is answered. */
  public void overload(Caller caller) {
    if (caller.head().path().equals("/status")) handle(caller);
    else {
      Terms now = terms;
      tooMany(caller, begin(caller, now), now);
    }
  }

  private void tooMany(Caller caller, ExchangeRecord exchange, Terms now) {
    refuse(caller, exchange, now.errorCodes(), ProxyError.TOO_MANY_CALLERS);
  }

  private void refuseStatus(Caller caller) {
    ProxyError error = ProxyError.DRAINING;
    ErrorCodes codes = terms.errorCodes();
    caller.respond(error.status(codes), error.headers(codes, ""), error.text() + "\n");
  }

  /** From here on the observers know it, and it has to end. */
  private ExchangeRecord begin(Caller caller, Terms now) {
    Headers fields = caller.head().headers();
    ExchangeRecord exchange =
        new ExchangeRecord(
            RequestId.of(fields),
            Traceparent.of(fields),
            caller.head().method(),
            now.forwarding().caller(caller.remote(), fields));
    if (now.noteFields()) AccessLog.note(exchange, fields);
    outcomes.begun(exchange);
    return exchange;
  }

  private void proxy(Caller caller) {
    Terms now = terms;
    ExchangeRecord exchange = begin(caller, now);
    if (draining) {
      refuse(caller, exchange, now.errorCodes(), ProxyError.DRAINING);
      return;
    }
    Headers fields = caller.head().headers();
    Object named = now.forwarding().named(caller.remote(), fields);
    if (named != null && !behindProxies.enter(exchange, named, now.perAddress())) {
      tooMany(caller, exchange, now);
      return;
    }
    CallerKeys.Identity who = now.callers().admit(fields);
    if (who == null) {
      refuse(caller, exchange, now.errorCodes(), ProxyError.UNAUTHORIZED);
      return;
    }
    exchange.caller(who.name());
    List<String> destinations = fields.all(DESTINATION);
    if (destinations.size() != 1 || destinations.get(0).isEmpty()) {
      refuse(
          caller,
          exchange,
          now.errorCodes(),
          destinations.size() > 1
              ? ProxyError.REPEATED_DESTINATION
              : ProxyError.MISSING_DESTINATION);
      return;
    }
    List<String> clients = fields.all(CLIENT);
    if (clients.size() > 1 || (!clients.isEmpty() && !Greeting.isId(clients.get(0)))) {
      refuse(
          caller,
          exchange,
          now.errorCodes(),
          clients.size() > 1 ? ProxyError.REPEATED_CLIENT : ProxyError.INVALID_CLIENT);
      return;
    }
    String client = clients.isEmpty() ? null : clients.get(0);
    try {
      Destination destination = Destination.parse(destinations.get(0));
      exchange.destination(destination.withoutQuery());
      Headers passed = now.forwarding().passedOn(withoutClient(fields), caller.remote());
      judge(
          new ProxyRequest(
              caller,
              passed,
              who,
              destination,
              client,
              exchange,
              now.errorCodes(),
              now.forwarding()),
          now);
    } catch (InvalidDestinationException e) {
      exchange.unusable(destinations.get(0));
      refuse(
          caller,
          exchange,
          now.errorCodes(),
          ProxyError.INVALID_DESTINATION,
          String.valueOf(e.getMessage()));
    }
  }

  /** Rules judge what is requested, not who is to do it. */
  private static Headers withoutClient(Headers fields) {
    return fields.without(CLIENT_FIELD);
  }

  private void judge(ProxyRequest request, Terms now) {
    AccessRules all = now.rules();
    AccessRules own = request.who().rules();
    if (all.isEmpty() && own.isEmpty()) exchange(request, now);
    else if (cost(all, request) + cost(own, request) < COSTLY) decide(request, now);
    else workers.execute(() -> decide(request, now));
  }

  private static long cost(AccessRules rules, ProxyRequest r) {
    return rules.cost(r.method(), r.destination(), r.headers());
  }

  /** The server's rules first, then the caller's own: each of them may deny. */
  private void decide(ProxyRequest request, Terms now) {
    Decision decision = decision(now.rules(), request);
    String whose = "";
    if (decision.verdict() == Verdict.ALLOWED) {
      decision = decision(request.who().rules(), request);
      whose = "caller " + request.who().name() + ": ";
    }
    switch (decision.verdict()) {
      case ALLOWED -> exchange(request, now);
      case FORBIDDEN -> deny(request, ProxyError.FORBIDDEN, whose + decision.why());
      case NOT_ALLOWED -> deny(request, ProxyError.NOT_ALLOWED, whose + decision.why());
      case UNCLEAR ->
          refuse(
              request.caller(),
              request.exchange(),
              request.errorCodes(),
              ProxyError.INVALID_DESTINATION,
              decision.why());
    }
  }

  private static Decision decision(AccessRules rules, ProxyRequest r) {
    return rules.decide(r.method(), r.destination(), r.headers());
  }

  private void deny(ProxyRequest r, ProxyError error, String rule) {
    r.exchange().rule(rule);
    refuse(r.caller(), r.exchange(), r.errorCodes(), error);
  }

  private void exchange(ProxyRequest request, Terms now) {
    if (FinalRecipient.isMeant(request.caller().head())) {
      answer(request.caller(), request.exchange());
      return;
    }
    new Exchange(request, pools, clock, now.maxEnvelope(), outcomes).start();
  }

  private void answer(Caller caller, ExchangeRecord exchange) {
    exchange.head(200);
    Headers fields = Headers.of(RequestId.FIELD, exchange.requestId());
    exchange.responseBytes(FinalRecipient.answer(caller, fields));
    outcomes.completed(exchange);
  }

  private void refuse(Caller caller, ExchangeRecord exchange, ErrorCodes codes, ProxyError error) {
    refuse(caller, exchange, codes, error, "");
  }

  private void refuse(
      Caller caller, ExchangeRecord exchange, ErrorCodes codes, ProxyError error, String detail) {
    outcomes.failed(exchange, error, detail, error.status(codes));
    ProxyRequest.tell(caller, exchange, codes, error, detail.isEmpty() ? "" : ": " + detail);
  }
}
