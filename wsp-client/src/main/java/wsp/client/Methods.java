package wsp.client;

import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.config.TunnelPorts;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.RequestEnvelope;
import wsp.text.Ascii;

/** What a method makes of a request: one for a URL, a tunnel, or nothing. Stateless. */
final class Methods {
  private Methods() {}

  /** Where it is to go: for a CONNECT, {@code tcp://host:port} (docs/wire.md), else a URL. */
  static Destination destination(RequestEnvelope request) throws InvalidDestinationException {
    String url = request.url();
    boolean tunnel = request.method().equals("CONNECT") && Destination.isTunnel(url);
    return tunnel ? Destination.ofTunnel(url) : Destination.parse(url);
  }

  /**
   * Why that method is not for that destination here; null if it is.
   *
   * @param raw whether the wire carries bytes that are no HTTP
   */
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
