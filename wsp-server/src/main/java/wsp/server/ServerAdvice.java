package wsp.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.address.ListenHost;
import wsp.config.BlankAdvice;
import wsp.config.ConfigFile;
import wsp.config.FileAdvice;
import wsp.config.KeyAdvice;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.server.forward.Terms;
import wsp.server.keys.CallerKeys;
import wsp.server.routes.Route;
import wsp.server.routes.Routes;
import wsp.server.routes.Webhook;
import wsp.tls.TlsSettings;

/** What {@code check} warns of in a server's configuration beyond what a start does. */
final class ServerAdvice {
  private final List<String> lines = new ArrayList<>();

  private ServerAdvice() {}

  /** A line for each weakness, without any secret, of a file and what was read there. */
  static List<String> of(Path path, ConfigFile file, ServerConfig config) {
    ServerAdvice advice = new ServerAdvice();
    advice.all(path, file, config);
    return advice.lines;
  }

  private void all(Path path, ConfigFile file, ServerConfig config) {
    Terms requests = config.requests();
    lines.addAll(KeyAdvice.of(file.secrets()));
    lines.addAll(files(path, file, config.port().tls()));
    addIfAny(ListenHost.warning("host", config.port().host()));
    AdminAddress admin = config.observe().admin();
    if (admin != null) addIfAny(ListenHost.warning("admin: host", admin.host()));
    addIfAny(plainText(config));
    addIfAny(openProxy(config));
    addIfAny(tunnels(config));
    lines.addAll(ScopeAdvice.of(config.clients().keys().all()));
    lines.addAll(requests.rules().advice());
    lines.addAll(BlankAdvice.of(file));
    routes(requests.entrances().routes(), !requests.callers().open());
    callers(requests.callers().identities());
  }

  private static List<String> files(Path path, ConfigFile file, @Nullable TlsSettings tls) {
    FileAdvice files = new FileAdvice().secrets(path, file.secrets());
    if (tls != null && tls.key() != null) files.file(tls.key().where(), tls.key().path());
    return files.lines();
  }

  private static @Nullable String plainText(ServerConfig config) {
    boolean keys = !config.clients().keys().open() || !config.requests().callers().open();
    if (!keys || config.port().tls() != null || config.port().onLoopback()) return null;
    return "tls: without it, keys and all that callers send cross the network to "
        + config.port().host()
        + " in plain text: set tls, or put a proxy with TLS before a host on loopback";
  }

  private static @Nullable String openProxy(ServerConfig config) {
    Terms requests = config.requests();
    boolean open = requests.callers().open() && !config.port().onLoopback();
    if (!open || !requests.entrances().forwardProxy()) return null;
    return "forwardproxy: "
        + config.port().host()
        + " IS AN OPEN PROXY, as any program that is told to use it can: set callers, or"
        + " forwardproxy : false";
  }

  private static @Nullable String tunnels(ServerConfig config) {
    Terms requests = config.requests();
    if (requests.entrances().tunnelPorts().isEmpty()) return null;
    boolean none = requests.callers().open() && !config.port().onLoopback();
    if (none)
      return "tunnelports: ANYBODY WHO REACHES "
          + config.port().host()
          + " MAY OPEN TUNNELS INTO YOUR NETWORKS: set callers, or tunnelports : none";
    boolean denies = !requests.rules().blacklist().isEmpty();
    if (!denies || !requests.rules().whitelist().isEmpty()) return null;
    return "tunnelports: a tunnel hides its URL, so that a rule of the blacklist for http or https"
        + " stops none: a rule for tcp://host:port does, or a whitelist";
  }

  /** Which routes are open, and which no request can take; keys: callers need one elsewhere. */
  private void routes(Routes routes, boolean keys) {
    for (Route route : routes.all()) {
      Webhook webhook = route.webhook();
      if (webhook != null) signed(route, webhook, keys);
      else if (!route.keys())
        lines.add(
            route
                + ": keys: ANYBODY WHO REACHES THE PORT MAY SEND REQUESTS TO "
                + route.destination()
                + " AND WHAT IS BELOW IT, without a key");
      Route first = routes.before(route);
      if (first != null)
        lines.add(route + ": no request takes it: all go to " + first + ", which comes first");
    }
  }

  private void signed(Route route, Webhook webhook, boolean keys) {
    if (!route.keys())
      lines.add(
          route
              + ": keys: open without a key to all who sign with its secret, which covers the body,"
              + " and neither path, query nor fields");
    else if (keys)
      lines.add(
          route
              + ": keys: senders of webhooks have no key of yours, and are refused: set keys :"
              + " false there, where the secret is asked for");
    if (webhook.takesAny())
      lines.add(
          route
              + ": scheme: without it, the sender chooses how to prove that it has the secret: set"
              + " github, gitlab or stripe");
  }

  /** Callers that share a name, and what is odd in the rules of each. */
  private void callers(List<CallerKeys.Identity> callers) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (int i = 0; i < callers.size(); i++)
      places
          .computeIfAbsent(callers.get(i).name(), name -> new ArrayList<>())
          .add("callers[" + i + "]");
    places.forEach(
        (name, all) -> {
          if (all.size() > 1)
            lines.add(
                String.join(", ", all)
                    + ": all have the name "
                    + name
                    + ", so that logs do not tell them apart though each has rules of its own:"
                    + " give each its own name, or one entry several keys");
        });
    for (int i = 0; i < callers.size(); i++)
      for (String line : callers.get(i).rules().advice()) lines.add("callers[" + i + "]: " + line);
  }

  private void addIfAny(@Nullable String line) {
    if (line != null) lines.add(line);
  }
}
