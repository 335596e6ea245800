package wsp.server.forward;

import java.util.List;
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
    // Of HTTP itself, another version cannot be read here.
    if (!names.stream().allMatch(n -> FieldSyntax.isToken(n) && !n.equals("h2c")))
      throw file.unexpected("upgrades", "a list of protocols such as [websocket], without h2c");
    return names;
  }
}
