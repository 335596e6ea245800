package wsp.client.serve;

import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.config.TunnelPorts;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.UpgradeField;
import wsp.observe.ExchangeRecord;
import wsp.observe.Kind;
import wsp.rules.AccessRules;
import wsp.rules.Decision;
import wsp.text.Ascii;

/**
 * Decides whether a request may be performed here: by its destination, its method and the rules.
 * Each failure is a {@link ReplayException}. Stateless.
 */
final class Judging {
  /** Steps of matching that may be made on the thread that serves other connections too. */
  private static final long CHEAP = 2_000_000;

  private Judging() {}

  /** Where it is to go, which the record learns: for a CONNECT {@code tcp://}, else a URL. */
  static Destination destination(
      RequestEnvelope request, TunnelPorts ports, boolean raw, ExchangeRecord noted)
      throws ReplayException {
    Destination destination;
    String url = request.url();
    boolean tunnel = Destination.isTunnel(url);
    try {
      destination =
          tunnel && request.method().equals("CONNECT")
              ? Destination.ofTunnel(url)
              : Destination.parse(url);
    } catch (InvalidDestinationException e) {
      noted.unusable(url);
      throw new ReplayException(Failure.INVALID_DESTINATION, String.valueOf(e.getMessage()));
    }
    noted.destination(destination.withoutQuery());
    if (tunnel) noted.kind(Kind.CONNECT);
    ReplayException refusal = refusal(request.method(), destination, ports, raw);
    if (refusal != null) throw refusal;
    if (UpgradeField.isUnusable(request))
      throw new ReplayException(
          Failure.UPGRADE, "Upgrade names no protocol that the client asks an origin for");
    return destination;
  }

  /** True if {@link #judge} takes too long for an I/O thread at that {@link AccessRules#cost}. */
  static boolean isCostly(long cost) {
    return cost > CHEAP;
  }

  /** Judges by the rules; the record learns which one denies it. */
  static void judge(
      AccessRules rules, String method, Destination destination, Headers seen, ExchangeRecord noted)
      throws ReplayException {
    Decision decision = rules.decide(method, destination, seen);
    Failure how =
        switch (decision.verdict()) {
          case ALLOWED -> null;
          case FORBIDDEN -> Failure.FORBIDDEN;
          case NOT_ALLOWED -> Failure.NOT_ALLOWED;
          case UNCLEAR -> Failure.INVALID_DESTINATION;
        };
    if (how == null) return;
    if (how == Failure.INVALID_DESTINATION) throw new ReplayException(how, decision.why());
    noted.rule(decision.why());
    throw new ReplayException(how, decision.verdict().text());
  }

  /** Why that method is not for that destination here; null if it is. */
  static @Nullable ReplayException refusal(
      String method, Destination to, TunnelPorts ports, boolean raw) {
    if (!changeMeaning(method)) return null;
    boolean tunnel = Destination.isTunnel(to.url());
    if (tunnel && !ports.has(to.port()))
      return new ReplayException(
          Failure.TUNNEL_PORT, "No tunnel to that port: " + ports.denial(to.port(), "wsp-client"));
    if (tunnel && raw) return null;
    return new ReplayException(
        Failure.METHOD,
        "the method "
            + method
            + (tunnel
                ? " needs version 2 of the wire between server and client"
                : " is not for a URL"));
  }

  /**
   * True for a method with which the target of a request line is no path, or the line is no
   * request: CONNECT (RFC 9110 §9.3.6), in any case, since there are origins that do not tell them
   * apart, and PRI, which begins HTTP/2 (RFC 9113 §3.4).
   */
  static boolean changeMeaning(String method) {
    return Ascii.equalsIgnoreCase("CONNECT", method) || Ascii.equalsIgnoreCase("PRI", method);
  }
}
