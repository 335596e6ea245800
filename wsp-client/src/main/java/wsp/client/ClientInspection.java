package wsp.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import wsp.address.AddressGuard;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.destination.Destination;
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;
import wsp.tls.TlsFiles;

/**
 * The client's configuration, looked at without a client: for {@code check} and {@code explain}.
 */
final class ClientInspection implements Inspection {
  /** Who knows the addresses of names. */
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Lookup lookup;

  ClientInspection() {
    this(InetAddress::getAllByName);
  }

  ClientInspection(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public Checked check(Path path) throws ConfigException {
    ClientConfig config = read(path);
    var unused = TlsFiles.client(config.originTls());
    unused = TlsFiles.client(config.targetTls());
    return new Checked(config.effective(), config.warnings());
  }

  private static ClientConfig read(Path path) throws ConfigException {
    return ClientConfig.of(path.toString(), ConfigFile.read(path));
  }

  @Override
  public Explanation explain(Question question) throws ConfigException {
    ClientConfig config = read(question.config());
    Explanation explanation = new Explanation(question);
    explanation.judge("client's rules", config.rules(), question.headers());
    Destination destination = explanation.destination();
    if (destination != null)
      judgeAddress(explanation, destination.host(), config.guard(), question.resolve());
    return explanation;
  }

  private void judgeAddress(
      Explanation explanation, String host, AddressGuard guard, boolean resolve) {
    if (!resolve && !isLiteral(host)) {
      explanation.row("addresses", "not judged: " + host + " was not looked up (-resolve)");
      return;
    }
    try {
      boolean any = false;
      String label = "addresses";
      for (InetAddress address : lookup.addresses(host)) {
        boolean permitted = guard.permits(address);
        String verdict = permitted ? "allowed: " : "denied: ";
        String text = address.getHostAddress() + " " + verdict + guard.why(address);
        explanation.row(label, text);
        label = "";
        any |= permitted;
      }
      if (!any) explanation.deny("the address of " + host + " is not allowed");
    } catch (UnknownHostException e) {
      explanation.invalid("unknown host " + host);
    }
  }

  /** In a canonical destination, there is no other host of digits and dots than a dotted quad. */
  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  @Override
  public boolean knowsCallers() {
    return false;
  }
}
