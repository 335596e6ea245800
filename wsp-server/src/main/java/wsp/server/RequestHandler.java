package wsp.server;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.observe.ExchangeRecord;
import wsp.observe.Outcomes;
import wsp.observe.RequestId;
import wsp.rules.AccessRules;
import wsp.rules.Verdict;
import wsp.runtime.LogText;
import wsp.server.listener.Caller;
import wsp.server.listener.RequestHead;

/** {@code /request}, {@code /status} and nothing else: where a request goes, and whether it may. */
final class RequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final String DESTINATION = "X-PROXY-DESTINATION";
  private static final int LOGGED_CHARS = 500;

  /**
   * Patterns times input, in characters, beyond which the rules are judged off the I/O thread: some
   * milliseconds.
   */
  private static final long COSTLY = 1_000_000;

  private final Supplier<ServerConfig> config;
  private final ClientPools pools;
  private final LeaseClock clock;
  private final Executor workers;
  private final Outcomes<ProxyError> outcomes;
  private volatile boolean going;
  private volatile boolean draining;

  /**
   * @param config asked once for each request
   */
  RequestHandler(
      Supplier<ServerConfig> config,
      ClientPools pools,
      LeaseClock clock,
      Executor workers,
      Outcomes<ProxyError> outcomes) {
    this.config = config;
    this.pools = pools;
    this.clock = clock;
    this.workers = workers;
    this.outcomes = outcomes;
  }

  /** From now on whoever asks for the status is told that this server is going. */
  void giveNotice() {
    going = true;
  }

  /** From now on requests are refused. */
  void drain() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }

  /** The whole story of a request, up to its exchange. Never blocks. */
  void handle(Caller caller) {
    RequestHead head = caller.head();
    switch (head.path()) {
      case "/request" -> proxy(caller);
      case "/status" -> {
        // Whoever looks after this server is told, but no request has failed.
        if (going || draining) respond(caller, ProxyError.DRAINING, "");
        else caller.respond(200, Headers.EMPTY, "ok");
      }
      default -> caller.respond(404, Headers.EMPTY, "404 page not found\n");
    }
  }

  /** A request beyond the cap: only whoever looks after this server is answered. */
  void overload(Caller caller) {
    if (caller.head().path().equals("/status")) handle(caller);
    else refuse(caller, begin(caller, config.get()), ProxyError.TOO_MANY_CALLERS);
  }

  /** From here on it is known to whoever observes, and has to end. */
  private ExchangeRecord begin(Caller caller, ServerConfig now) {
    Headers fields = caller.head().headers();
    List<String> trace = fields.all("traceparent");
    ExchangeRecord exchange =
        new ExchangeRecord(
            RequestId.of(fields),
            trace.size() == 1 ? trace.get(0) : "",
            caller.head().method(),
            now.forwarding().caller(caller.remote(), fields));
    outcomes.begun(exchange);
    return exchange;
  }

  private void proxy(Caller caller) {
    ServerConfig now = config.get();
    ExchangeRecord exchange = begin(caller, now);
    if (draining) {
      refuse(caller, exchange, ProxyError.DRAINING);
      return;
    }
    Headers fields = caller.head().headers();
    CallerKeys.Identity who = now.callers().admit(fields);
    if (who == null) {
      LOG.warn("refused a request from {}: no valid key", exchange.from());
      refuse(caller, exchange, ProxyError.UNAUTHORIZED);
      return;
    }
    exchange.caller(who.name());
    List<String> destinations = fields.all(DESTINATION);
    if (destinations.size() != 1 || destinations.get(0).isEmpty()) {
      refuse(
          caller,
          exchange,
          destinations.size() > 1
              ? ProxyError.REPEATED_DESTINATION
              : ProxyError.MISSING_DESTINATION);
      return;
    }
    try {
      Destination destination = Destination.parse(destinations.get(0));
      exchange.destination(destination.withoutQuery());
      Headers passed = now.forwarding().passedOn(fields, caller.remote());
      judge(new ProxyRequest(caller, passed, who, destination, exchange), now);
    } catch (InvalidDestinationException e) {
      LOG.warn(
          "{}: {} from {}{}",
          ProxyError.INVALID_DESTINATION.text(),
          LogText.escape(e.getMessage(), LOGGED_CHARS),
          exchange.from(),
          who.shown());
      refuse(caller, exchange, ProxyError.INVALID_DESTINATION, ": " + e.getMessage());
    }
  }

  private void judge(ProxyRequest request, ServerConfig now) {
    if (LOG.isInfoEnabled()) LOG.info("[{}] {}", request.methodShown(), request.shown());
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
  private void decide(ProxyRequest request, ServerConfig now) {
    Verdict verdict = verdict(now.rules(), request);
    if (verdict == Verdict.ALLOWED) verdict = verdict(request.who().rules(), request);
    switch (verdict) {
      case ALLOWED -> exchange(request, now);
      case FORBIDDEN -> deny(request, ProxyError.FORBIDDEN);
      case NOT_ALLOWED -> deny(request, ProxyError.NOT_ALLOWED);
    }
  }

  private static Verdict verdict(AccessRules rules, ProxyRequest r) {
    return rules.judge(r.method(), r.destination(), r.headers());
  }

  private void deny(ProxyRequest r, ProxyError error) {
    LOG.warn("{}: [{}] {} from {}", error.text(), r.methodShown(), r.shown(), r.from());
    refuse(r.caller(), r.exchange(), error);
  }

  private void exchange(ProxyRequest request, ServerConfig now) {
    new Exchange(request, pools, clock, now.maxEnvelope(), outcomes).start();
  }

  private void refuse(Caller caller, ExchangeRecord exchange, ProxyError error) {
    refuse(caller, exchange, error, "");
  }

  private void refuse(Caller caller, ExchangeRecord exchange, ProxyError error, String detail) {
    outcomes.failed(exchange, error, detail, error.status());
    respond(caller, error, detail);
  }

  private static void respond(Caller caller, ProxyError error, String detail) {
    caller.respond(error.status(), error.headers(), error.text() + detail + "\n");
  }
}
