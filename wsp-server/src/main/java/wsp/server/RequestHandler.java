package wsp.server;

import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.rules.AccessRules;
import wsp.rules.Verdict;
import wsp.runtime.Failures;
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

  private final ServerConfig config;
  private final ClientPools pools;
  private final LeaseClock clock;
  private final Executor workers;
  private final Failures<ProxyError> failures;
  private volatile boolean draining;

  RequestHandler(
      ServerConfig config,
      ClientPools pools,
      LeaseClock clock,
      Executor workers,
      Failures<ProxyError> failures) {
    this.config = config;
    this.pools = pools;
    this.clock = clock;
    this.workers = workers;
    this.failures = failures;
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
        if (draining) respond(caller, ProxyError.DRAINING, "");
        else caller.respond(200, Headers.EMPTY, "ok");
      }
      default -> caller.respond(404, Headers.EMPTY, "404 page not found\n");
    }
  }

  /** A request beyond the cap: only whoever looks after this server is answered. */
  void overload(Caller caller) {
    if (caller.head().path().equals("/status")) handle(caller);
    else refuse(caller, ProxyError.TOO_MANY_CALLERS);
  }

  private void proxy(Caller caller) {
    if (draining) {
      refuse(caller, ProxyError.DRAINING);
      return;
    }
    List<String> destinations = caller.head().headers().all(DESTINATION);
    if (destinations.size() != 1 || destinations.get(0).isEmpty()) {
      refuse(
          caller,
          destinations.size() > 1
              ? ProxyError.REPEATED_DESTINATION
              : ProxyError.MISSING_DESTINATION);
      return;
    }
    try {
      judge(caller, Destination.parse(destinations.get(0)));
    } catch (InvalidDestinationException e) {
      LOG.warn(
          "{}: {} from {}",
          ProxyError.INVALID_DESTINATION.text(),
          LogText.escape(e.getMessage(), LOGGED_CHARS),
          caller.remote());
      refuse(caller, ProxyError.INVALID_DESTINATION, ": " + e.getMessage());
    }
  }

  private void judge(Caller caller, Destination destination) {
    AccessRules rules = config.rules();
    RequestHead head = caller.head();
    if (LOG.isInfoEnabled())
      LOG.info("[{}] {}", head.method(), LogText.escape(destination.withoutQuery(), LOGGED_CHARS));
    if (rules.isEmpty()) exchange(caller, destination);
    else if (rules.cost(head.method(), destination, head.headers()) < COSTLY)
      decide(caller, destination);
    else workers.execute(() -> decide(caller, destination));
  }

  private void decide(Caller caller, Destination destination) {
    RequestHead head = caller.head();
    Verdict verdict = config.rules().judge(head.method(), destination, head.headers());
    switch (verdict) {
      case ALLOWED -> exchange(caller, destination);
      case FORBIDDEN -> refuse(caller, ProxyError.FORBIDDEN);
      case NOT_ALLOWED -> refuse(caller, ProxyError.NOT_ALLOWED);
    }
  }

  private void exchange(Caller caller, Destination destination) {
    new Exchange(caller, destination, pools, clock, config.maxEnvelope(), failures).start();
  }

  private void refuse(Caller caller, ProxyError error) {
    refuse(caller, error, "");
  }

  private void refuse(Caller caller, ProxyError error, String detail) {
    failures.count(error);
    respond(caller, error, detail);
  }

  private static void respond(Caller caller, ProxyError error, String detail) {
    caller.respond(error.status(), error.headers(), error.text() + detail + "\n");
  }
}
