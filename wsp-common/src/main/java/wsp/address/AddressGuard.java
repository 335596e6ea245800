package wsp.address;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to, whatever name led to them. What is denied is denied; beyond
 * that, if any are allowed, only those are. An IPv6 address that carries an IPv4 address is denied
 * if either of them is.
 *
 * @param allowed if empty: all
 * @param denied goes before what is allowed
 */
public record AddressGuard(List<AddressRange> allowed, List<AddressRange> denied) {
  /**
   * What nobody has an API at, but machines have secrets: link-local addresses and other places of
   * cloud metadata; and what is nobody's address: unspecified, multicast, broadcast.
   */
  public static final List<AddressRange> DEFAULT_DENIED =
      Stream.of(
              "0.0.0.0/8",
              "169.254.0.0/16",
              "224.0.0.0/4",
              "255.255.255.255",
              "::",
              "fe80::/10",
              "ff00::/8",
              // Alibaba, Oracle, Azure; Amazon (two), Google, Scaleway.
              "100.100.100.200",
              "192.0.0.192",
              "168.63.129.16",
              "fd00:ec2::254",
              "fd00:ec2::23",
              "fd20:ce::254",
              "fd00:42::42")
          .map(AddressRange::parse)
          .toList();

  /** What holds without any configuration. */
  public static final AddressGuard DEFAULT = new AddressGuard(List.of(), DEFAULT_DENIED);

  /** True if the address may be connected to. */
  public boolean permits(InetAddress address) {
    if (!allowed.isEmpty() && !isIn(allowed, address)) return false;
    if (isIn(denied, address)) return false;
    for (InetAddress inner : EmbeddedIpv4.in(address)) if (isIn(denied, inner)) return false;
    return true;
  }

  /** Why an address may be connected to or not, in words. */
  public String why(InetAddress address) {
    if (!allowed.isEmpty() && !isIn(allowed, address)) return "allowaddresses does not have it";
    for (AddressRange range : denied) {
      if (range.contains(address)) return "denyaddresses has " + range;
      for (InetAddress inner : EmbeddedIpv4.in(address))
        if (range.contains(inner))
          return "it carries an address of which denyaddresses has " + range;
    }
    return allowed.isEmpty() ? "denyaddresses does not have it" : "allowaddresses has it";
  }

  private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < ranges.size(); i++) if (ranges.get(i).contains(bytes)) return true;
    return false;
  }
}
