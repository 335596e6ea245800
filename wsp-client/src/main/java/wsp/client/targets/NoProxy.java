package wsp.client.targets;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressRange;
import wsp.destination.IpLiteral;
import wsp.text.Ascii;

/**
 * What {@code NO_PROXY} lists, between commas or spaces: hosts with all names below them (a dot or
 * {@code *.} in front changes nothing, nor does a dot at the end), addresses and ranges of them,
 * each with a port or without; {@code *} is everything. Anything else is ignored, as other programs
 * do. Names are not resolved. Immutable; safe for all threads.
 */
public final class NoProxy {
  /** One of the list; port 0 stands for all. */
  private record Entry(String host, @Nullable AddressRange range, int port) {
    boolean has(String name, @Nullable InetAddress address, int to) {
      if (port != 0 && port != to) return false;
      if (range != null) return address != null && range.contains(address);
      return host.equals("*") || name.equals(host) || name.endsWith("." + host);
    }
  }

  private final List<Entry> entries;

  private NoProxy(List<Entry> entries) {
    this.entries = entries;
  }

  static NoProxy parse(String list) {
    List<Entry> entries = new ArrayList<>();
    for (String item : Ascii.lower(list).split("[,\\s]+", -1)) {
      if (!item.isEmpty()) entries.add(entry(item));
    }
    return new NoProxy(List.copyOf(entries));
  }

  private static Entry entry(String item) {
    int bracket = item.indexOf(']');
    int colon = item.indexOf(':', Math.max(0, bracket));
    boolean onlyColon = colon >= 0 && item.indexOf(':', colon + 1) < 0;
    String host = item;
    int port = 0;
    if (onlyColon && item.substring(colon + 1).matches("[0-9]{1,5}")) {
      host = item.substring(0, colon);
      port = Integer.parseInt(item.substring(colon + 1));
    }
    if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
    if (host.startsWith("*.")) host = host.substring(1);
    if (host.startsWith(".")) host = host.substring(1);
    host = withoutDot(host);
    return new Entry(host, range(host), port);
  }

  /** A name with a dot at its end is the same name, to be looked up as it stands. */
  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static @Nullable AddressRange range(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** True if a host, in lower case and without brackets, is to be reached directly. */
  boolean has(String host, int port) {
    InetAddress address = IpLiteral.of(host);
    String name = withoutDot(host);
    return entries.stream().anyMatch(e -> e.has(name, address, port));
  }

  /** True for what never leaves this machine. */
  public static boolean isThisMachine(String host) {
    InetAddress address = IpLiteral.of(host);
    return withoutDot(host).equals("localhost") || (address != null && address.isLoopbackAddress());
  }
}
