package wsp.server.forward;

import java.util.List;
import java.util.Set;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.TunnelPorts;
import wsp.envelope.FieldSyntax;
import wsp.server.routes.RouteList;
import wsp.server.routes.Routes;
import wsp.text.Ascii;

/**
 * The ways in that are open beside {@code /request}, and what may come in on them beside requests
 * and their answers. Immutable.
 *
 * @param forwardProxy whether a request in absolute form goes to its URL
 * @param tunnelPorts where CONNECT may lead
 * @param upgrades the protocols that a request may ask to go on with, in lower case
 * @param routes hosts and paths that lead to a destination
 * @param webhookBody bytes of a body whose signature is judged, at most
 */
public record Entrances(
    boolean forwardProxy,
    TunnelPorts tunnelPorts,
    List<String> upgrades,
    Routes routes,
    int webhookBody) {

  private static final Set<String> HTTP = Set.of("http", "h2c", "h2", "h3");

  /** Reads the keys of the configuration. */
  public static Entrances read(ConfigFile file) throws ConfigException {
    return new Entrances(
        file.bool("forwardproxy", true),
        TunnelPorts.read(file),
        upgrades(file),
        RouteList.read(file),
        file.size("webhookbody", 1 << 20, 1024, 64 << 20));
  }

  private static List<String> upgrades(ConfigFile file) throws ConfigException {
    if (!file.has("upgrades")) return List.of("websocket");
    List<String> names = file.strings("upgrades").stream().map(Ascii::lower).toList();
    if (!names.stream().allMatch(Entrances::isProtocol))
      throw file.unexpected(
          "upgrades", "a list of protocols such as [websocket, SPDY/3.1], without those of HTTP");
    return names;
  }

  /** A name, and perhaps a version (RFC 9110 §7.8). Other versions of HTTP cannot be read here. */
  private static boolean isProtocol(String text) {
    int slash = text.indexOf('/');
    String name = slash < 0 ? text : text.substring(0, slash);
    boolean versioned = slash < 0 || FieldSyntax.isToken(text.substring(slash + 1));
    return FieldSyntax.isToken(name) && versioned && !HTTP.contains(name);
  }
}
