package wsp.server.pool;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Greeting;
import wsp.envelope.Headers;
import wsp.envelope.Labels;
import wsp.http1.RequestHead;
import wsp.log.LogText;
import wsp.server.keys.ClientKeys;
import wsp.server.keys.NamedKey;
import wsp.server.listener.RequestListener.Judgement;
import wsp.server.listener.RequestListener.Refusal;
import wsp.server.listener.RequestListener.Welcome;
import wsp.server.tunnel.v2.LinkOffer;
import wsp.server.tunnel.v2.LinkSettings;
import wsp.text.Ascii;
import wsp.tunnel.v2.LinkTerms;

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
  private final Set<PooledConnection> greeting = ConcurrentHashMap.newKeySet();
  private volatile Terms terms;

  /**
   * The terms on which a client may register.
   *
   * @param keys which may register
   * @param certificate whether it needs a certificate that this server trusts, too
   * @param greetingTimeout how long a connection may take to greet
   * @param maxGreeting connections that have not greeted, at a time
   * @param links what links of version 2 have in common; null: version 1 is spoken with all
   */
  public record Terms(
      ClientKeys keys,
      boolean certificate,
      Duration greetingTimeout,
      int maxGreeting,
      @Nullable LinkSettings links) {
    /** Whether these admit who was admitted by others. */
    boolean admit(PooledConnection c) {
      return keys.holds(c.key(), c.clientId(), c.labels()) && (!certificate || c.verified());
    }
  }

  /**
   * @param refused is told of each registration that is refused
   */
  public RegisterEndpoint(Terms terms, ClientPools pools, RefusedRegistrations refused) {
    this.terms = terms;
    this.pools = pools;
    this.refused = refused;
  }

  /**
   * From now on these count. A client that was admitted by a key that is not among them, or without
   * the certificate that they ask for, has to go: at once, or after the exchange that is running.
   */
  public void change(Terms next) {
    terms = next;
    for (PooledConnection c : greeting) {
      if (!next.admit(c)) refuseGreeting(c, 1008, "it may not register any more");
    }
    pools.withdraw(c -> !next.admit(c));
  }

  /** Judges an asker; refused before the handshake, so that a stranger never holds a WebSocket. */
  public Judgement judge(RequestHead head, String remote, boolean verified) {
    Terms terms = this.terms;
    NamedKey key = terms.keys.admit(head.headers().all("X-SECRET-KEY"));
    if (key == null) {
      refuse(remote, "invalid X-SECRET-KEY");
      return new Refusal(526, Headers.EMPTY, "Invalid X-SECRET-KEY");
    }
    if (terms.certificate && !verified) {
      refuse(remote, "it has shown no certificate");
      return new Refusal(526, Headers.EMPTY, "A client certificate is required");
    }
    if (head.headers().has("Origin")) {
      // Daemons send none: this is a page in a browser (RFC 6455 §10.2).
      refuse(remote, "it comes from a web page");
      return new Refusal(403, Headers.EMPTY, "Origin is not allowed");
    }
    List<String> labels;
    LinkOffer offer;
    try {
      labels = labels(head.headers());
      offer = offer(head.headers(), terms.links);
    } catch (EnvelopeException e) {
      refuse(remote, "{}", e.getMessage());
      return new Refusal(400, Headers.EMPTY, String.valueOf(e.getMessage()));
    }
    if (!key.scope().hasLabels(labels)) {
      refuse(
          remote,
          "the key of {} may not have all of these labels: {}",
          key.name(),
          Labels.format(labels));
      return new Refusal(403, Headers.EMPTY, "This key may not have all of these labels");
    }
    if (greeting.size() >= terms.maxGreeting) {
      refuse(remote, "{} others have not greeted yet", greeting.size());
      return new Refusal(
          503, Headers.of("Retry-After", "1"), "Too many connections have not greeted yet");
    }
    return new Welcome(
        socket -> connected(new PooledConnection(socket, key, verified, labels, offer, this)),
        offer != null ? LinkTerms.SUBPROTOCOL : labels.isEmpty() ? null : Labels.SUBPROTOCOL,
        offer == null ? Headers.EMPTY : offer.settings().terms().fields());
  }

  /** Version 2, where both sides speak it; null for version 1. */
  private static @Nullable LinkOffer offer(Headers fields, @Nullable LinkSettings links)
      throws EnvelopeException {
    return links != null && offers(fields.all("Sec-WebSocket-Protocol"), LinkTerms.SUBPROTOCOL)
        ? new LinkOffer(links, LinkTerms.of(fields))
        : null;
  }

  private void refuse(String remote, String why, @Nullable Object... values) {
    refused.warn(LOG, remote, "refused a connection from {}", remote, why, values);
  }

  /** The labels that are offered with their subprotocol; the field alone means nothing. */
  private static List<String> labels(Headers fields) throws EnvelopeException {
    if (!offers(fields.all("Sec-WebSocket-Protocol"), Labels.SUBPROTOCOL)) return List.of();
    List<String> lists = fields.all(Labels.FIELD);
    return Labels.parse(lists.size() == 1 ? lists.get(0) : "");
  }

  private static boolean offers(List<String> lists, String name) {
    for (String list : lists) {
      for (String offered : list.split(",", -1)) {
        if (Ascii.trim(offered).equals(name)) return true;
      }
    }
    return false;
  }

  private PooledConnection connected(PooledConnection c) {
    greeting.add(c);
    return c;
  }

  @Nullable Greeting parseGreeting(PooledConnection c, String text) {
    try {
      return Greeting.parse(text);
    } catch (EnvelopeException e) {
      refuseGreeting(c, 1008, e.getMessage());
      return null;
    }
  }

  void refuseGreeting(PooledConnection c, int code, @Nullable String why) {
    greeting.remove(c);
    String from = c.socket().remote();
    refused.warn(
        LOG, from, "refused the greeting of {}", from, "{}", LogText.escape(why, LOGGED_CHARS));
    c.socket().close(code, told("invalid greeting: " + why));
  }

  /** The reason of a close frame: at most 123 bytes (RFC 6455 §5.5.1). */
  private static String told(String why) {
    String text = LogText.escape(why, TOLD_CHARS).replaceAll("[^ -~]", "?");
    return text.substring(0, Math.min(TOLD_CHARS, text.length()));
  }

  void greeted(PooledConnection c, Greeting g) {
    if (!c.key().scope().hasId(g.clientId())) {
      refuseGreeting(c, 1008, "its key may not register as " + g.clientId());
      return;
    }
    greeting.remove(c);
    String full = pools.register(c, g.clientId(), g.idleSize(), System.nanoTime());
    if (full == null) {
      c.socket().known();
      LOG.info("Registering a connection from {}{}{}", g.clientId(), c.keyShown(), c.wireShown());
      // The key may have been withdrawn while this connection was in neither of the two places.
      if (!terms.admit(c)) pools.withdraw(other -> !terms.admit(other));
    } else {
      refused.warn(LOG, c.socket().remote(), "refused the connection of {}", c, "{}", full);
      c.socket().close(1013, told("try again later: " + full));
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
    refused.warn(
        LOG,
        c.socket().remote(),
        "closing the connection of {}",
        c,
        "{}",
        LogText.escape(why, LOGGED_CHARS));
  }

  void closed(PooledConnection c, String reason) {
    boolean wasGreeting = greeting.remove(c);
    if (wasGreeting)
      refused.warn(
          LOG,
          c.socket().remote(),
          "a connection from {} ended before its greeting",
          c.socket().remote(),
          "{}",
          LogText.escape(reason, LOGGED_CHARS));
    else LOG.debug("connection of {}: {}", c, LogText.escape(reason, LOGGED_CHARS));
    pools.remove(c);
  }

  /** Ends what has not greeted in time. */
  public void sweep(long now) {
    for (PooledConnection c : greeting) {
      if (now - c.openedAt() > terms.greetingTimeout.toNanos())
        refuseGreeting(c, 1008, "none came in time");
    }
  }

  /** From n to one of 0 … n-1. */
  public static int random(int n) {
    return ThreadLocalRandom.current().nextInt(n);
  }
}
