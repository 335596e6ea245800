package wsp.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.destination.IpLiteral;

/** The address to listen on, as a configuration has it. Stateless. */
public final class ListenHost {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

  private ListenHost() {}

  /**
   * Reads an address or a name; an empty text is left to the caller.
   *
   * @throws ConfigException for what can never be listened on, such as an address with its port
   */
  public static String read(ConfigFile file, String key, String defaultValue)
      throws ConfigException {
    String host = file.string(key, defaultValue);
    if (host.isEmpty() || isHost(host)) return host;
    throw file.unexpected(
        key,
        "an address such as 127.0.0.1, 0.0.0.0 or ::1, or a name of this machine, without a port"
            + " (which has a key of its own: port)");
  }

  private static boolean isHost(String host) {
    if (NUMBERS.matcher(host).matches()) return isAddress(host);
    if (host.indexOf(':') < 0) return NAME.matcher(host).matches();
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    String address = brackets ? host.substring(1, host.length() - 1) : host;
    int zone = address.indexOf('%');
    return IpLiteral.of(zone < 0 ? address : address.substring(0, zone)) != null;
  }

  /** True if only this machine reaches what listens there; may look a name up. */
  public static boolean isLoopback(String host) {
    try {
      return SystemNames.first(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Of numbers alone, as the system takes them: {@code 127.1} is one, {@code 256.0.0.1} is not. */
  private static boolean isAddress(String numbers) {
    try {
      return SystemNames.all(numbers).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * A warning that this machine has no such address now, or null if it has one or that is not
   * known.
   *
   * @param where the configuration has it, for the line
   */
  public static @Nullable String warning(String where, String host) {
    return warning(where, host, SystemNames::all, OwnAddresses::have);
  }

  static @Nullable String warning(
      String where, String host, NameLookup lookup, Predicate<InetAddress> here) {
    String until = ": a start fails until there is one, which may be at boot; correct it otherwise";
    try {
      // The first one is what is bound.
      if (here.test(lookup.all(host)[0])) return null;
      return where + ": no interface of this machine has the address of " + host + until;
    } catch (UnknownHostException e) {
      return where + ": the name " + host + " has no address" + until;
    }
  }
}
