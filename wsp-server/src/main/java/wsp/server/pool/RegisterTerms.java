package wsp.server.pool;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.envelope.Labels;
import wsp.server.keys.ClientKeys;
import wsp.server.keys.NamedKey;
import wsp.server.listener.RequestListener.Refusal;
import wsp.server.tunnel.v2.LinkOffer;
import wsp.server.tunnel.v2.LinkSettings;
import wsp.tunnel.v2.LinkTerms;

/**
 * The terms on which a client may register.
 *
 * @param keys which may register
 * @param certificate whether it needs a certificate that this server trusts, too
 * @param greetingTimeout how long a connection may take to greet
 * @param maxGreeting connections that have not greeted, at a time
 * @param links what links of version 2 have in common; null: version 1 is spoken with all
 */
public record RegisterTerms(
    ClientKeys keys,
    boolean certificate,
    Duration greetingTimeout,
    int maxGreeting,
    @Nullable LinkSettings links) {

  sealed interface Verdict permits Admitted, Refused {}

  /**
   * It may not register.
   *
   * @param answer what it is told
   * @param why what the log says, with a place for each value
   */
  record Refused(Refusal answer, String why, List<Object> values) implements Verdict {}

  /** Whether these admit who was admitted by others. */
  boolean admit(PooledConnection c) {
    Admitted by = c.admitted;
    return keys.holds(by.key(), c.clientId(), by.labels()) && (!certificate || by.verified());
  }

  /**
   * Judges a handshake.
   *
   * @param verified whether a certificate that is trusted was shown
   * @param greeting how many connections have not greeted
   */
  Verdict judge(Headers fields, boolean verified, int greeting) {
    NamedKey key = keys.admit(fields.all("X-SECRET-KEY"));
    if (key == null) return refused(526, "Invalid X-SECRET-KEY", "invalid X-SECRET-KEY");
    if (certificate && !verified)
      return refused(526, "A client certificate is required", "it has shown no certificate");
    // Daemons send none: this is a page in a browser (RFC 6455 §10.2).
    if (fields.has("Origin"))
      return refused(403, "Origin is not allowed", "it comes from a web page");
    try {
      return judge(new Admitted(key, verified, labels(fields), offer(fields)), greeting);
    } catch (EnvelopeException e) {
      String what = String.valueOf(e.getMessage());
      return refused(400, what, "{}", what);
    }
  }

  private Verdict judge(Admitted asker, int greeting) {
    NamedKey key = asker.key();
    if (!keys.mayOffer(key, asker.labels()))
      return refused(
          403,
          "This key may not have all of these labels",
          "the key of {} may not have all of these labels: {}",
          key.name(),
          Labels.format(asker.labels()));
    if (greeting < maxGreeting) return asker;
    Headers later = Headers.of("Retry-After", "1");
    return new Refused(
        new Refusal(503, later, "Too many connections have not greeted yet"),
        "{} others have not greeted yet",
        List.of(greeting));
  }

  private static Refused refused(int status, String told, String why, Object... values) {
    return new Refused(new Refusal(status, Headers.EMPTY, told), why, List.of(values));
  }

  /** Version 2, where both sides speak it; null for version 1. */
  private @Nullable LinkOffer offer(Headers fields) throws EnvelopeException {
    return links != null && offered(fields).contains(LinkTerms.SUBPROTOCOL)
        ? new LinkOffer(links, LinkTerms.of(fields))
        : null;
  }

  /** The labels that are offered with their subprotocol; the field alone means nothing. */
  private static List<String> labels(Headers fields) throws EnvelopeException {
    if (!offered(fields).contains(Labels.SUBPROTOCOL)) return List.of();
    List<String> lists = fields.all(Labels.FIELD);
    return Labels.parse(lists.size() == 1 ? lists.get(0) : "");
  }

  private static List<String> offered(Headers fields) {
    return fields.elements("Sec-WebSocket-Protocol");
  }
}
