package wsp.server.forward;

import java.util.List;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.TunnelPorts;
import wsp.envelope.UpgradeField;
import wsp.server.routes.RouteList;
import wsp.server.routes.Routes;

/**
 * The ways in that are open beside {@code /request}, and what may come in on them beside requests
 * and their answers. Immutable.
 *
 * @param forwardProxy whether a request in absolute form goes to its URL
 * @param tunnelPorts where CONNECT may lead
 * @param upgrades the protocols that a request may ask to go on with, spelt as origins get them
 * @param routes hosts and paths that lead to a destination
 * @param webhookBody bytes of a body whose signature is judged, at most
 */
public record Entrances(
    boolean forwardProxy,
    TunnelPorts tunnelPorts,
    List<String> upgrades,
    Routes routes,
    int webhookBody) {

  public static Entrances read(ConfigFile file) throws ConfigException {
    return new Entrances(
        file.bool("ForwardProxy", true),
        TunnelPorts.read(file),
        upgrades(file),
        RouteList.read(file),
        file.size("WebhookBody", 1 << 20, 1024, 64 << 20));
  }

  private static List<String> upgrades(ConfigFile file) throws ConfigException {
    List<String> names = file.strings("Upgrades");
    if (!file.has("upgrades")) return file.effective.note("Upgrades", List.of("websocket"));
    if (!names.stream().allMatch(UpgradeField::isProtocol))
      throw file.unexpected(
          "upgrades", "a list of protocols such as [websocket, SPDY/3.1], without those of HTTP");
    return names;
  }
}
