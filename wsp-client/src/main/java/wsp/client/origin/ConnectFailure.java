package wsp.client.origin;

import javax.net.ssl.SSLException;
import wsp.client.net.ConnectFault;
import wsp.tls.CertificateFault;
import wsp.tls.HandshakeFailure;
import wsp.tls.UntrustedException;

/** Why there is no connection to an origin, as a row of {@link Failure} with its details. */
public final class ConnectFailure {
  private ConnectFailure() {}

  /** The failure that this cause means; both name the route. */
  public static ReplayException of(Route route, Exception cause) {
    String what =
        (route.secure() ? "cannot connect securely to " : "cannot connect to ")
            + route.name()
            + ": ";
    UntrustedException untrusted = HandshakeFailure.untrusted(cause);
    if (untrusted != null)
      return new ReplayException(row(untrusted.fault()), what + untrusted.getMessage());
    if (cause instanceof SSLException tls)
      return new ReplayException(Failure.TLS, what + HandshakeFailure.words(tls));
    return switch (ConnectFault.of(cause)) {
      case REFUSED -> new ReplayException(Failure.REFUSED, what + "refused");
      case TIMEOUT -> new ReplayException(Failure.CONNECT_TIMEOUT, what + "timeout");
      case NO_ROUTE -> new ReplayException(Failure.UNREACHABLE, what + "no route");
      case NO_PORT -> new ReplayException(Failure.NO_PORT, what + "no local port is left here");
      case NOT_PERMITTED -> new ReplayException(Failure.UNREACHABLE, what + "not permitted here");
      case NO_DESCRIPTOR ->
          new ReplayException(Failure.NO_DESCRIPTOR, what + "no file descriptor is left here");
      case OTHER -> new ReplayException(Failure.UNREACHABLE, what + "unreachable");
    };
  }

  private static Failure row(CertificateFault fault) {
    return switch (fault) {
      case EXPIRED -> Failure.CERTIFICATE_EXPIRED;
      case NOT_YET_VALID -> Failure.CERTIFICATE_NOT_YET_VALID;
      case WRONG_NAME -> Failure.CERTIFICATE_WRONG_NAME;
      case SELF_SIGNED -> Failure.CERTIFICATE_SELF_SIGNED;
      case UNKNOWN_AUTHORITY -> Failure.CERTIFICATE_UNKNOWN_AUTHORITY;
      case UNKNOWN_ISSUER -> Failure.CERTIFICATE_UNKNOWN_ISSUER;
      case OTHER -> Failure.CERTIFICATE;
    };
  }
}
