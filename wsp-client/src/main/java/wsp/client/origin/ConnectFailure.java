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
    ConnectFault fault = ConnectFault.of(cause);
    return new ReplayException(row(fault), what + words(fault));
  }

  private static Failure row(ConnectFault fault) {
    return switch (fault) {
      case REFUSED -> Failure.REFUSED;
      case TIMEOUT -> Failure.CONNECT_TIMEOUT;
      case NO_PORT -> Failure.NO_PORT;
      case NO_DESCRIPTOR -> Failure.NO_DESCRIPTOR;
      case NO_ROUTE, NOT_PERMITTED, OTHER -> Failure.UNREACHABLE;
    };
  }

  private static String words(ConnectFault fault) {
    return switch (fault) {
      case REFUSED -> "refused";
      case TIMEOUT -> "timeout";
      case NO_ROUTE -> "no route";
      case NO_PORT -> "no local port is left here";
      case NOT_PERMITTED -> "not permitted here";
      case NO_DESCRIPTOR -> "no file descriptor is left here";
      case OTHER -> "unreachable";
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
