package wsp.server.pool;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Greeting;
import wsp.http1.RequestHead;
import wsp.log.LogText;
import wsp.process.Safely;
import wsp.server.listener.RequestListener.Judgement;
import wsp.server.listener.RequestListener.Welcome;

/**
 * {@code /register}: the secret before the handshake, the greeting after it, then the connection is
 * the pools'.
 */
public final class RegisterEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(RegisterEndpoint.class);
  private static final int LOGGED_CHARS = 200;
  private static final int TOLD_CHARS = 110;

  final ClientPools pools;
  private final RefusedRegistrations refused;
  private final Ungreeted greeting = new Ungreeted();
  private volatile RegisterTerms terms;

  public RegisterEndpoint(RegisterTerms terms, ClientPools pools, RefusedRegistrations refused) {
    this.terms = terms;
    this.pools = pools;
    this.refused = refused;
  }

  /**
   * From now on these count. A client that was admitted by a key that is not among them, or without
   * the certificate that they ask for, has to go: at once, or after the exchange that is running.
   */
  public void change(RegisterTerms next) {
    terms = next;
    for (PooledConnection c : greeting.all()) {
      if (!next.admit(c)) refuseGreeting(c, 1008, "it may not register any more");
    }
    pools.withdraw(c -> !next.admit(c));
  }

  /** Judges an asker; refused before the handshake, so that a stranger never holds a WebSocket. */
  public Judgement judge(RequestHead head, String remote, boolean verified) {
    RegisterTerms.Verdict verdict = terms.judge(head.headers(), verified, greeting.size());
    if (verdict instanceof Admitted admitted)
      return new Welcome(
          socket -> connected(new PooledConnection(socket, admitted, this)), admitted.fields());
    RegisterTerms.Refused no = (RegisterTerms.Refused) verdict;
    refused.warn(
        LOG, remote, "refused a connection from {}", remote, no.why(), no.values().toArray());
    return no.answer();
  }

  private PooledConnection connected(PooledConnection c) {
    greeting.add(c);
    if (pools.isCrowded(greeting.size())) makeRoom();
    return c;
  }

  /** None that greets at once goes, unless its own party has several that do not. */
  private void makeRoom() {
    PooledConnection first = greeting.surplus();
    if (first == null || !greeting.remove(first)) return;
    warn(
        first,
        "closing a connection from {}",
        first.socket().remote(),
        "there are others of its party that have not greeted, and no room for more");
    first.socket().abort();
  }

  void greeted(PooledConnection c, String text) {
    try {
      greeted(c, Greeting.parse(text));
    } catch (EnvelopeException e) {
      refuseGreeting(c, 1008, e.getMessage());
    }
  }

  void refuseGreeting(PooledConnection c, int code, @Nullable String why) {
    greeting.remove(c);
    warn(c, "refused the greeting of {}", c.socket().remote(), why);
    c.socket().close(code, told("invalid greeting: " + why));
  }

  /** The reason of a close frame: at most 123 bytes (RFC 6455 §5.5.1). */
  private static String told(String why) {
    String text = LogText.escape(why, TOLD_CHARS).replaceAll("[^ -~]", "?");
    return text.substring(0, Math.min(TOLD_CHARS, text.length()));
  }

  /**
   * Whether it may still register, by the terms of the moment. Under the lock of the pools: when
   * {@link #change} withdraws connections, each is in, or is asked for by the new terms.
   */
  boolean admits(PooledConnection c) {
    return terms.admit(c);
  }

  private void greeted(PooledConnection c, Greeting g) {
    c.named(g.clientId());
    if (!c.admitted.key().scope().hasId(g.clientId())) {
      refuseGreeting(c, 1008, "its key may not register as " + g.clientId());
      return;
    }
    greeting.remove(c);
    String full = pools.register(c, g.clientId(), g.idleSize(), System.nanoTime());
    if (full == null) {
      LOG.info("Registering a connection from {}{}", g.clientId(), c.admitted.shown());
    } else {
      warn(c, "refused the connection of {}", c, full);
      if (admits(c)) c.socket().close(1013, told("try again later: " + full));
      else c.socket().close(1008, told(full));
    }
  }

  /** A message while none is due costs the connection. */
  void outOfTurn(PooledConnection c) {
    refused.warn(
        LOG, c.socket().remote(), "closing the connection of {}", c, "a message out of turn");
    pools.remove(c);
    c.socket().close(1002, "message out of turn");
  }

  /** A client of version 2 broke its rules. */
  void violated(PooledConnection c, String why) {
    warn(c, "closing the connection of {}", c, why);
  }

  private void warn(PooledConnection c, String what, Object whom, @Nullable String why) {
    refused.warn(LOG, c.socket().remote(), what, whom, "{}", LogText.escape(why, LOGGED_CHARS));
  }

  void closed(PooledConnection c, String reason) {
    if (greeting.remove(c))
      warn(c, "a connection from {} ended before its greeting", c.socket().remote(), reason);
    else LOG.debug("connection of {}: {}", c, LogText.escape(reason, LOGGED_CHARS));
    pools.remove(c);
  }

  public void sweep(long now) {
    Safely.each(
        greeting.all(),
        c -> {
          if (now - c.openedAt > terms.greetingTimeout().toNanos())
            refuseGreeting(c, 1008, "none came in time");
        });
  }
}
