package wsp.client.targets;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.Proxy;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.Secrets;
import wsp.destination.ConfiguredUrl;
import wsp.text.Ascii;

/**
 * Through which proxy a target is reached: the key {@code proxy}, or else the environment's {@code
 * HTTPS_PROXY} for {@code wss:} and {@code HTTP_PROXY} for {@code ws:}, which don't count for this
 * machine itself; and none for a target that {@code NO_PROXY} names. Variables may be in lower case
 * too. Immutable; safe for all threads.
 *
 * @param configured by the key
 * @param byScheme those of the environment
 * @param exceptions those of {@code NO_PROXY}
 */
public record ProxySettings(
    @Nullable Proxy configured, Map<String, Proxy> byScheme, NoProxy exceptions) {
  private static final Map<String, String> VARIABLES =
      Map.of("ws", "HTTP_PROXY", "wss", "HTTPS_PROXY");

  /**
   * Reads {@code proxy}, and the variables that targets need.
   *
   * @throws ConfigException for what is no proxy, without showing it: there may be a password in it
   */
  static ProxySettings read(ConfigFile config, List<Target> targets) throws ConfigException {
    String text = Secrets.text(config, "Proxy");
    Proxy configured = text.isEmpty() ? null : parse(config.where("proxy"), text);
    String list = environment(config, "NO_PROXY");
    NoProxy exceptions = NoProxy.parse(list == null ? "" : list);
    Map<String, Proxy> byScheme = new HashMap<>();
    for (Target target : targets) {
      if (configured != null) break;
      // A variable that no target needs is not this client's business.
      if (direct(exceptions, target.url())) continue;
      String scheme = target.url().scheme();
      String variable = VARIABLES.getOrDefault(scheme, "");
      String value = environment(config, variable);
      if (value != null) byScheme.put(scheme, parse("environment: " + variable, value));
    }
    config.effective.note("Proxy", configured == null ? "" : configured.toString());
    return new ProxySettings(configured, Map.copyOf(byScheme), exceptions);
  }

  private static boolean direct(NoProxy exceptions, ConfiguredUrl target) {
    String host = target.host();
    return exceptions.has(host, target.port()) || NoProxy.isThisMachine(host);
  }

  private static @Nullable String environment(ConfigFile config, String variable) {
    String value = config.environment(variable);
    return value != null ? value : config.environment(Ascii.lower(variable));
  }

  private static Proxy parse(String where, String text) throws ConfigException {
    try {
      return Proxy.parse(text.strip());
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      throw new ConfigException(
          where
              + ": a URL such as http://proxy.example.com:3128 is expected, if need be with"
              + " user:password@ before the host"
              + (reason.isEmpty() ? "" : "; " + reason));
    }
  }

  /**
   * The proxy for a target, or nothing if it is connected to directly: where the address is known
   * before, an exception may name either that or the host.
   */
  Optional<Proxy> forTarget(Endpoint target) {
    Proxy proxy = configured != null ? configured : byScheme.get(target.url().scheme());
    return proxy == null || direct(target.host(), target) || direct(target.address(), target)
        ? Optional.empty()
        : Optional.of(proxy);
  }

  private boolean direct(@Nullable InetAddress address, Endpoint target) {
    return address != null && direct(address.getHostAddress(), target);
  }

  private boolean direct(String host, Endpoint target) {
    return exceptions.has(host, target.port())
        || (configured == null && NoProxy.isThisMachine(host));
  }

  /** Each proxy that there may be a way through, and where it stands. */
  public Map<String, Proxy> byPlace() {
    if (configured != null) return Map.of("proxy", configured);
    Map<String, Proxy> places = new TreeMap<>();
    byScheme.forEach(
        (scheme, proxy) ->
            places.put("environment: " + VARIABLES.getOrDefault(scheme, scheme), proxy));
    return places;
  }
}
