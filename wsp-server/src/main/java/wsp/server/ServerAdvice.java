package wsp.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.address.ListenHost;
import wsp.config.ConfigFile;
import wsp.config.FileAdvice;
import wsp.config.KeyAdvice;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.server.forward.Terms;
import wsp.server.keys.CallerKeys;
import wsp.tls.TlsSettings;

/** What {@code check} warns of in a server's configuration beyond what a start does. Stateless. */
final class ServerAdvice {
  private ServerAdvice() {}

  /**
   * A line for each weakness, without any secret.
   *
   * @param file the same configuration as it was read
   */
  static List<String> of(Path path, ConfigFile file, ServerConfig config) {
    List<String> lines = new ArrayList<>(KeyAdvice.of(file.secrets()));
    lines.addAll(files(path, file, config.port().tls()));
    addIfAny(lines, ListenHost.warning("host", config.port().host()));
    AdminAddress admin = config.observe().admin();
    if (admin != null) addIfAny(lines, ListenHost.warning("admin: host", admin.host()));
    addIfAny(lines, plainText(config));
    addIfAny(lines, openProxy(config));
    addIfAny(lines, tunnels(config));
    lines.addAll(ScopeAdvice.of(config.clients().keys().all()));
    lines.addAll(config.requests().rules().advice());
    lines.addAll(
        RouteAdvice.of(
            config.requests().entrances().routes(), !config.requests().callers().open()));
    List<CallerKeys.Identity> callers = config.requests().callers().identities();
    lines.addAll(CallerAdvice.of(callers));
    for (int i = 0; i < callers.size(); i++)
      for (String line : callers.get(i).rules().advice()) lines.add("callers[" + i + "]: " + line);
    return lines;
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

  private static void addIfAny(List<String> lines, @Nullable String line) {
    if (line != null) lines.add(line);
  }
}
