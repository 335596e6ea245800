package wsp.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How addresses are written, those of IPv6 as RFC 5952 has it. Stateless; safe for all threads. */
public final class AddressText {
  private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");

  private AddressText() {}

  /**
   * The address for a log: one of IPv6 with its longest run of zeros left out, as {@code
   * 2001:db8::1}, and with its zone if it has one, {@code fe80::1%eth0}.
   */
  public static String of(InetAddress address) {
    String text = address.getHostAddress();
    if (text.indexOf(':') < 0) return text;
    int zone = text.indexOf('%');
    return zone < 0 ? shortened(text) : shortened(text.substring(0, zone)) + text.substring(zone);
  }

  /**
   * The address for another machine, to which the zone would mean nothing, or another one: there is
   * no place for a zone in fields of HTTP (RFC 7239 §6, RFC 3986 §3.2.2).
   */
  public static String withoutZone(InetAddress address) {
    String text = of(address);
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** Of runs of the same length the first one goes. */
  private static String shortened(String text) {
    int from = 0;
    int to = 0;
    for (Matcher run = ZEROS.matcher(text); run.find(); ) {
      if (run.group().length() <= to - from) continue;
      from = run.start();
      to = run.end();
    }
    return to == 0 ? text : text.substring(0, from) + "::" + text.substring(to);
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
