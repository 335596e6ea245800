package wsp.address;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigFile;
import wsp.destination.IpLiteral;
import wsp.text.Ascii;

/**
 * The names by which a port is asked for that only this machine reaches. A web page can make its
 * own name resolve to 127.0.0.1 (DNS rebinding), after which its browser lets it read what answers
 * there, but that browser sends the name of the page as Host. Such a name is one of the public DNS:
 * it is neither an address, nor without a dot, nor below a domain that is never there, nor does
 * this machine's hosts file have it. Where the port is reachable from elsewhere, under names that
 * are not known here, any name is good. Immutable; safe for all threads.
 */
public final class LocalNames {
  public static final LocalNames ANY = new LocalNames(true, Set.of());

  /**
   * Domains that no one can have in the public DNS: RFC 6761 (localhost, test), RFC 6762 (local),
   * RFC 8375 (home.arpa), and ICANN's resolution 2024.07.29.06 (internal).
   */
  private static final List<String> RESERVED =
      List.of("localhost", "local", "internal", "home.arpa", "test");

  private final boolean any;
  private final Set<String> names;

  private LocalNames(boolean any, Set<String> names) {
    this.any = any;
    this.names = names;
  }

  /** Those of a port that only this machine reaches; these, in lower case, count besides. */
  static LocalNames of(Set<String> names) {
    return new LocalNames(false, Set.copyOf(names));
  }

  /** Those of a port on this address or name, with those of the hosts file as it is now. */
  public static LocalNames of(String host, ConfigFile file) {
    if (!ListenHost.isLoopback(host)) return ANY;
    Set<String> names = HostsFile.loopback(file.source());
    names.add(Ascii.lower(host));
    return of(names);
  }

  /** True for a Host field with such a name, and any port; without the field, which is no page. */
  public boolean has(@Nullable String host) {
    if (any || host == null || host.isEmpty()) return true;
    String name = named(host);
    if (name.startsWith("[") && name.endsWith("]"))
      return IpLiteral.is(name.substring(1, name.length() - 1));
    if (IpLiteral.is(name)) return true;
    // A name that ends with a dot is one of the DNS alone.
    if (name.indexOf('.') < 0) return !name.isEmpty();
    String absolute = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return names.contains(absolute) || isReserved(absolute);
  }

  /** True if such a name or address is this machine's alone, as {@link #named} has it. */
  public boolean isOwn(String name) {
    if (any || names.contains(name) || name.equals("localhost") || name.endsWith(".localhost"))
      return true;
    boolean v6 = name.startsWith("[") && name.endsWith("]");
    InetAddress address = IpLiteral.of(v6 ? name.substring(1, name.length() - 1) : name);
    return address != null && address.isLoopbackAddress();
  }

  /** The name or address in a Host field, in lower case, without its port. */
  public static String named(String host) {
    int colon = host.lastIndexOf(':');
    boolean port =
        colon > host.lastIndexOf(']') && host.chars().skip(colon + 1).allMatch(Ascii::isDigit);
    return Ascii.lower(port ? host.substring(0, colon) : host);
  }

  private static boolean isReserved(String name) {
    for (String domain : RESERVED)
      if (name.equals(domain) || name.endsWith("." + domain)) return true;
    return false;
  }
}
