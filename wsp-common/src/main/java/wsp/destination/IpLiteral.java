package wsp.destination;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Tells addresses from names without ever looking one up: four decimal numbers, or an IPv6 address
 * (RFC 4291 §2.2). {@code InetAddress.getByName} also takes {@code 1.2.3}, {@code 010.0.0.1} and
 * {@code 167772161} for addresses, and asks the DNS about the rest.
 */
public final class IpLiteral {
  private IpLiteral() {}

  /**
   * The address that a text stands for, without brackets and zone; null if it is none. An IPv6
   * address that maps an IPv4 address is that one.
   */
  public static @Nullable InetAddress of(String text) {
    byte[] bytes = bytes(text);
    return bytes == null ? null : address(bytes);
  }

  /** The address of these 4 or 16 bytes. */
  public static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** True for a text that stands for an address, without brackets and zone. */
  public static boolean is(String text) {
    return text.indexOf(':') >= 0 ? Ipv6.bytes(text) != null : Ipv4.parse(text) >= 0;
  }

  private static byte @Nullable [] bytes(String text) {
    if (text.indexOf(':') >= 0) return Ipv6.bytes(text);
    long quad = Ipv4.parse(text);
    return quad < 0
        ? null
        : new byte[] {
          (byte) (quad >> 24), (byte) (quad >> 16), (byte) (quad >> 8), (byte) quad,
        };
  }
}
