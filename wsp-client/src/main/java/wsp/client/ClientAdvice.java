package wsp.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import wsp.address.ListenHost;
import wsp.client.targets.NoProxy;
import wsp.client.targets.Target;
import wsp.config.BlankAdvice;
import wsp.config.ConfigFile;
import wsp.config.FileAdvice;
import wsp.config.KeyAdvice;
import wsp.log.Redaction;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.tls.TlsSettings;

/** What {@code check} warns of in a client's configuration beyond what a start does. Stateless. */
final class ClientAdvice {
  private ClientAdvice() {}

  /** A line for each weakness, without any secret; the file is the same configuration as read. */
  static List<String> of(Path path, ConfigFile file, ClientConfig config) {
    List<String> lines = new ArrayList<>(KeyAdvice.of(file.secrets()));
    lines.addAll(files(path, file, config));
    AdminAddress admin = config.observe().admin();
    String host = admin == null ? null : ListenHost.warning("admin: host", admin.host());
    if (host != null) lines.add(host);
    lines.addAll(plainText(config));
    lines.addAll(config.rules().advice());
    lines.addAll(BlankAdvice.of(file));
    if (!config.identity().secretKey().isEmpty() && !file.has("id"))
      lines.add(
          "id: without it, the client has another one at each start, and a server that limits this"
              + " secretkey to ids refuses it: set the id that stands under clients there");
    return lines;
  }

  private static List<String> files(Path path, ConfigFile file, ClientConfig config) {
    FileAdvice files = new FileAdvice().secrets(path, file.secrets());
    for (TlsSettings tls : List.of(config.originTls(), config.targets().tls()))
      if (tls.key() != null) files.file(tls.key().where(), tls.key().path());
    return files.lines();
  }

  private static List<String> plainText(ClientConfig config) {
    List<String> lines = new ArrayList<>();
    for (Target target : config.targets().all()) {
      boolean plain = target.url().scheme().equals("ws");
      if (!plain
          || config.identity().secretKey().isEmpty()
          || NoProxy.isThisMachine(target.url().host())) continue;
      lines.add(
          "targets: the secretkey and all requests go to "
              + Redaction.urls(target.toString())
              + " in plain text: use wss://");
    }
    config
        .targets()
        .proxy()
        .byPlace()
        .forEach(
            (place, proxy) -> {
              if (proxy.user() != null && !NoProxy.isThisMachine(proxy.host()))
                lines.add(
                    place
                        + ": the password goes to "
                        + proxy
                        + " in plain text: use a proxy that needs none, or one on this machine");
            });
    return lines;
  }
}
