package wsp.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How addresses are written in logs. Stateless; safe for all threads. */
public final class AddressText {
  private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");

  private AddressText() {}

  /** The address, one of IPv6 with its first run of zeros left out, as {@code 2001:db8::1}. */
  public static String of(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : ZEROS.matcher(text).replaceFirst("::");
  }

  /** That of a socket; empty if it has none any more. */
  public static String withPort(@Nullable SocketAddress of) {
    return of instanceof InetSocketAddress a && a.getAddress() != null
        ? withPort(a.getAddress(), a.getPort())
        : "";
  }

  /** The address and a port, one of IPv6 in brackets: {@code [2001:db8::1]:5000}. */
  public static String withPort(InetAddress address, int port) {
    String text = of(address);
    return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
  }
}
