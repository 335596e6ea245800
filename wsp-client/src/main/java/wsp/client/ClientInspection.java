package wsp.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import wsp.address.AddressGuard;
import wsp.address.Addresses;
import wsp.address.NameLookup;
import wsp.address.SystemNames;
import wsp.client.origin.OwnPort;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.destination.Destination;
import wsp.destination.IpLiteral;
import wsp.envelope.RequestEnvelope;
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.process.Descriptors;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/**
 * The client's configuration, looked at without a client: for {@code check} and {@code explain}.
 *
 * @param descriptors how many the daemon may have, if that is known
 * @param clock by which certificates are valid or not
 */
record ClientInspection(NameLookup lookup, OptionalLong descriptors, Clock clock)
    implements Inspection {
  static ClientInspection ofProcess() {
    return new ClientInspection(SystemNames::all, Descriptors.limit(), Clock.systemUTC());
  }

  @Override
  public Checked check(Path path) throws ConfigException {
    ConfigFile file = ConfigFile.read(path);
    ClientConfig config = ClientConfig.of(file);
    List<String> certificates = new ArrayList<>();
    for (TlsSettings tls : List.of(config.originTls(), config.targets().tls()))
      certificates.addAll(TlsFiles.client(tls).warnings(clock.instant()));
    return config.checked(descriptors, certificates, ClientAdvice.of(path, file, config));
  }

  @Override
  public Explanation explain(Question question) throws ConfigException {
    ClientConfig config = ClientConfig.of(ConfigFile.read(question.config()));
    Explanation explanation = new Explanation(question);
    explanation.judge("wsp-client", config.tunnelPorts());
    RequestEnvelope request =
        new RequestEnvelope(question.method(), question.url(), question.sent(), 0);
    explanation.judge("client's rules", config.rules(), request.seen());
    Destination destination = explanation.destination();
    if (destination != null) judgeAddress(explanation, destination, config, question.resolve());
    return explanation;
  }

  private void judgeAddress(
      Explanation explanation, Destination destination, ClientConfig config, boolean resolve) {
    String host = destination.host();
    if (!resolve && IpLiteral.of(host) == null) {
      explanation.row("addresses", "not judged: " + host + " was not looked up (-resolve)");
      return;
    }
    AddressGuard guard = config.guard();
    OwnPort own = ownPort(config);
    try {
      boolean any = false;
      String label = "addresses";
      InetAddress[] all = lookup.all(host);
      List<InetAddress> few = Addresses.few(guard::permits, all);
      for (InetAddress address : few) {
        boolean ours = own.isAt(address, destination.port());
        boolean permitted = guard.permits(address) && !ours;
        String verdict = permitted ? "allowed: " : "denied: ";
        String why = ours ? "this client's admin port is nobody's origin" : guard.why(address);
        String text = address.getHostAddress() + " " + verdict + why;
        explanation.row(label, text);
        label = "";
        any |= permitted;
      }
      long more = Arrays.stream(all).distinct().count() - few.size();
      if (more > 0) explanation.row(label, more + " more are never connected to");
      if (!any) explanation.deny("the address of " + host + " is not allowed");
    } catch (UnknownHostException e) {
      explanation.invalid("unknown host " + host);
    }
  }

  /** As it will be, unless any free one is to be taken. */
  private static OwnPort ownPort(ClientConfig config) {
    AdminAddress admin = config.observe().admin();
    return new OwnPort(admin == null ? 0 : admin.port());
  }

  @Override
  public boolean knowsCallers() {
    return false;
  }
}
