package wsp.client.httpclient;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.destination.Destination;
import wsp.envelope.ConnectionAuth;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.UpgradeField;
import wsp.text.Ascii;

/**
 * A request as {@code HttpClient} takes it. One that it would send otherwise than it came, or for
 * others than its caller, is refused. Stateless.
 */
final class Requests {
  private static final FieldNames WITHHELD =
      FieldLists.NOT_FOR_ORIGINS.and(
          FieldNames.of("Content-Length", "Transfer-Encoding", Word.FIELD));

  private Requests() {}

  static ReplayException cannot(String why) {
    return new ReplayException(Failure.ENGINE, "the engine httpclient " + why);
  }

  /** Throws for a request after which bytes go both ways that are no HTTP. */
  static void refuseRaw(RequestEnvelope request) throws ReplayException {
    if (request.method().equals("CONNECT")) throw cannot("knows no CONNECT");
    if (request.headers().has(UpgradeField.NAME)) throw cannot("knows no upgrades");
  }

  /** Everything but its URI. */
  static HttpRequest.Builder of(
      RequestEnvelope request, Destination destination, @Nullable BodyPublisher body)
      throws ReplayException {
    if (ConnectionAuth.inRequest(request.headers()))
      throw new ReplayException(
          Failure.CONNECTION_AUTH,
          "the engine httpclient cannot keep a connection that is authenticated (NTLM or"
              + " Negotiate) from others");
    HttpRequest.Builder builder = HttpRequest.newBuilder();
    Headers fields = request.headers().endToEnd().without(WITHHELD);
    String[] refused = new String[1];
    fields.forEach(
        (name, value) -> {
          if (refused[0] == null && !add(builder, name, value, destination.secure()))
            refused[0] = name;
        });
    if (refused[0] != null) throw cannot("would change or drop the field " + refused[0]);
    try {
      return builder.method(
          request.method(), body == null ? HttpRequest.BodyPublishers.noBody() : body);
    } catch (IllegalArgumentException e) {
      throw cannot("does not know the method " + request.method());
    }
  }

  private static boolean add(
      HttpRequest.Builder builder, String name, String value, boolean secure) {
    // They are for the way to a secure origin, and go no further.
    if (secure && Ascii.startsWithIgnoreCase(name, "proxy-")) return false;
    for (int i = 0; i < value.length(); i++) if (value.charAt(i) > 0x7e) return false;
    try {
      builder.header(name, value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The URI by which {@code HttpClient} sends this target; with the name of a secure origin, which
   * its certificate has to be for, and the address of another, over what {@code HttpClient} takes
   * for TLS.
   */
  static URI uri(Destination destination, @Nullable InetAddress address) throws ReplayException {
    String origin =
        address == null
            ? destination.origin()
            : "https://" + literal(address) + ":" + destination.port();
    String target = destination.requestTarget();
    URI uri;
    try {
      uri = new URI(origin + target);
    } catch (URISyntaxException e) {
      throw cannot("cannot send this target, which java.net.URI refuses");
    }
    if (address == null && destination.host().indexOf(':') >= 0)
      throw cannot("cannot reach an address of IPv6 by TLS, but by a name");
    if (uri.getHost() == null) throw cannot("does not know the host " + destination.host());
    String query = uri.getRawQuery();
    String sent = uri.getRawPath();
    if (query != null && !query.isEmpty()) sent += "?" + query;
    if (!target.equals(sent))
      throw cannot("would change this target, such as by dropping an empty query");
    return uri;
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }
}
