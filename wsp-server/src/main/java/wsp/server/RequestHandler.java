package wsp.server;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
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
  private volatile boolean draining;

  /**
   * @param config asked once for each request
   */
  RequestHandler(
      Supplier<ServerConfig> config, ClientPools pools, LeaseClock clock, Executor workers) {
    this.config = config;
    this.pools = pools;
    this.clock = clock;
    this.workers = workers;
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
        if (draining) refuse(caller, ProxyError.DRAINING);
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
    ServerConfig now = config.get();
    CallerKeys.Identity who = now.callers().admit(caller.head().headers());
    if (who == null) {
      LOG.warn("refused a request from {}: no valid key", caller.remote());
      refuse(caller, ProxyError.UNAUTHORIZED);
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
      new Judged(now, caller, who, Destination.parse(destinations.get(0))).judge();
    } catch (InvalidDestinationException e) {
      LOG.warn(
          "{}: {} from {}{}",
          ProxyError.INVALID_DESTINATION.text(),
          LogText.escape(e.getMessage(), LOGGED_CHARS),
          caller.remote(),
          who.shown());
      refuse(caller, ProxyError.INVALID_DESTINATION, ": " + e.getMessage());
    }
  }

  /** A request with a destination, under the configuration of when it came. */
  private final class Judged {
    private final ServerConfig config;
    private final Caller caller;
    private final RequestHead head;
    private final CallerKeys.Identity who;
    private final Destination destination;

    Judged(ServerConfig config, Caller caller, CallerKeys.Identity who, Destination destination) {
      this.config = config;
      this.caller = caller;
      this.head = caller.head();
      this.who = who;
      this.destination = destination;
    }

    void judge() {
      if (LOG.isInfoEnabled()) LOG.info("[{}] {}{}", head.method(), where(), who.shown());
      if (config.rules().isEmpty() && who.rules().isEmpty()) exchange();
      else if (cost(config.rules()) + cost(who.rules()) < COSTLY) decide();
      else workers.execute(this::decide);
    }

    private long cost(AccessRules rules) {
      return rules.cost(head.method(), destination, head.headers());
    }

    /** The server's rules first, then the caller's own: each of them may deny. */
    private void decide() {
      Verdict verdict = verdict(config.rules());
      if (verdict == Verdict.ALLOWED) verdict = verdict(who.rules());
      switch (verdict) {
        case ALLOWED -> exchange();
        case FORBIDDEN -> deny(ProxyError.FORBIDDEN);
        case NOT_ALLOWED -> deny(ProxyError.NOT_ALLOWED);
      }
    }

    private Verdict verdict(AccessRules rules) {
      return rules.judge(head.method(), destination, head.headers());
    }

    private void deny(ProxyError error) {
      LOG.warn(
          "{}: [{}] {} from {}{}",
          error.text(),
          head.method(),
          where(),
          caller.remote(),
          who.shown());
      refuse(caller, error);
    }

    private void exchange() {
      new Exchange(caller, who, destination, pools, clock, config.maxEnvelope()).start();
    }

    private String where() {
      return LogText.escape(destination.withoutQuery(), LOGGED_CHARS);
    }
  }

  private static void refuse(Caller caller, ProxyError error) {
    refuse(caller, error, "");
  }

  private static void refuse(Caller caller, ProxyError error, String detail) {
    caller.respond(error.status(), error.headers(), error.text() + detail + "\n");
  }
}
