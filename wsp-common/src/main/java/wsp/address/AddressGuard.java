package wsp.address;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

/**
 * Decides which addresses may be connected to, by any name. A denied address stays denied; beyond
 * that, if any are allowed, only those are. An IPv6 address that carries an IPv4 address is denied
 * if either of them is.
 *
 * @param allowed if empty: all
 * @param denied goes before what is allowed
 * @param self whether this machine's own addresses of the moment are denied too
 */
public record AddressGuard(List<AddressRange> allowed, List<AddressRange> denied, boolean self) {
  /** The word for this machine's own addresses in a list. */
  public static final String SELF = "self";

  /**
   * The addresses that are denied by default: link-local ones and other places of cloud metadata,
   * where machines have secrets and no APIs; and unspecified, multicast and broadcast ones, which
   * are no machine's. An address of metadata that is missing here is a way to the keys of a
   * machine.
   */
  public static final List<AddressRange> DEFAULT_DENIED =
      Stream.of(
              "0.0.0.0/8",
              "224.0.0.0/4",
              "255.255.255.255",
              "::",
              "ff00::/8",
              // Link-local, and with it the metadata of nearly all clouds at 169.254.169.254:
              // Amazon, Google, Azure, Oracle, IBM, DigitalOcean, Hetzner, Huawei, Linode,
              // OpenStack, Vultr; ECS and EKS at 169.254.170.2 and .23, Tencent at 169.254.0.23,
              // Scaleway at 169.254.42.42; OpenStack at fe80::a9fe:a9fe (RFC 3927, RFC 4291).
              "169.254.0.0/16",
              "fe80::/10",
              // Metadata at other addresses; each with its source, looked up in November 2026.
              // Amazon, what its services on the instance have: metadata ::254, EKS ::23, DNS, time
              // (EC2 User Guide, "Retrieve instance metadata"; EKS User Guide, "Pod Identity").
              "fd00:ec2::/32",
              // Google (Compute Engine, "About VM metadata", of instances with IPv6 only).
              "fd20:ce::254",
              // Azure, the host's own agent (Azure, "What is IP address 168.63.129.16?").
              "168.63.129.16",
              // Oracle: IPv6 (oci-python-sdk, instance principals), Classic (its User Guide).
              "fd00:c1::a9fe:a9fe",
              "192.0.0.192",
              // Alibaba (ECS, "View instance metadata"; cloud-init, DataSourceAliYun).
              "100.100.100.200",
              "fd00:100::100:200",
              // Scaleway (cloud-init, DataSourceScaleway).
              "fd00:42::42",
              // Akamai, Linode (cloud-init, "Akamai").
              "fd00:a9fe:a9fe::1",
              // Volcano Engine, BytePlus (volcengine/cello, its credentials).
              "100.96.0.96")
          .map(AddressRange::parse)
          .toList();

  /** The guard without any configuration. */
  public static final AddressGuard DEFAULT = new AddressGuard(List.of(), DEFAULT_DENIED);

  /** One that lets this machine's own addresses be, unless a list has them. */
  public AddressGuard(List<AddressRange> allowed, List<AddressRange> denied) {
    this(allowed, denied, false);
  }

  /** What {@code allowaddresses} and {@code denyaddresses} say. */
  public static AddressGuard of(ConfigFile file) throws ConfigException {
    boolean self = file.has("denyaddresses") && file.strings("denyaddresses").contains(SELF);
    return new AddressGuard(
        AddressRange.list(file, "AllowAddresses", List.of()),
        AddressRange.list(file, "DenyAddresses", DEFAULT_DENIED, List.of(SELF)),
        self);
  }

  public boolean permits(InetAddress address) {
    if (!allowed.isEmpty() && !isIn(allowed, address)) return false;
    if (isDenied(address)) return false;
    for (InetAddress inner : EmbeddedIpv4.in(address)) if (isDenied(inner)) return false;
    return true;
  }

  public String why(InetAddress address) {
    if (!allowed.isEmpty() && !isIn(allowed, address)) return "allowaddresses does not have it";
    for (AddressRange range : denied) {
      if (range.contains(address)) return "denyaddresses has " + range;
      for (InetAddress inner : EmbeddedIpv4.in(address))
        if (range.contains(inner))
          return "it carries an address of which denyaddresses has " + range;
    }
    if (self && OwnAddresses.have(address))
      return "denyaddresses has self, and this is an address of this machine";
    for (InetAddress inner : EmbeddedIpv4.in(address))
      if (self && OwnAddresses.have(inner))
        return "denyaddresses has self, and it carries an address of this machine";
    return allowed.isEmpty() ? "denyaddresses does not have it" : "allowaddresses has it";
  }

  private boolean isDenied(InetAddress address) {
    return isIn(denied, address) || (self && OwnAddresses.have(address));
  }

  private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < ranges.size(); i++) if (ranges.get(i).contains(bytes)) return true;
    return false;
  }
}
