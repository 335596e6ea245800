package wsp.tls;

import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;
import wsp.destination.IpLiteral;

/**
 * The name in a ClientHello (RFC 6066 §3): that of the host, in any form, without a trailing dot.
 * The JDK sends none for a name without a dot, and its {@code SNIHostName} refuses underscores; RFC
 * 6066 forbids addresses only.
 */
final class RequestedName extends SNIServerName {
  private RequestedName(String host) {
    super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
  }

  /** The names to send for a host: none for an address. */
  static List<SNIServerName> of(String host) {
    return IpLiteral.of(host) != null
        ? List.of()
        : List.of(new RequestedName(CertificateNames.withoutDot(host)));
  }
}
