package wsp.server.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.Secrets;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Greeting;
import wsp.text.Ascii;

/** The list {@code routes} in a configuration file. Stateless. */
public final class RouteList {
  /** Paths of the server, which a route without a host cannot have. */
  public static final List<String> OWN = List.of("/request", "/register", "/status");

  private static final String HOST_ALONE = "\\[[0-9A-Fa-f:.]+\\]|[^/?#:@\\[\\]]+";
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
  private static final Set<String> USUAL =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
  private static final String HOST = "a host such as hooks.example.com or *.example.com";
  private static final String PATH =
      "a path such as /api/, without dots, escapes and doubled slashes";
  private static final String URL =
      "an http: or https: URL without user, query, dot segments and escapes";

  private RouteList() {}

  public static Routes read(ConfigFile file) throws ConfigException {
    List<Route> routes = new ArrayList<>();
    for (ConfigFile section : file.sections("routes")) {
      routes.add(route(section, "routes[" + routes.size() + "]"));
      section.rejectUnknown();
    }
    file.effective.note("Routes", routes.stream().map(Route::describe).toList());
    return Routes.of(routes);
  }

  private static Route route(ConfigFile section, String name) throws ConfigException {
    String host = host(section);
    String path = path(section, host);
    return new Route(
        name,
        host,
        path,
        destination(section),
        client(section),
        methods(section),
        section.bool("keys", true),
        webhook(section));
  }

  /** In lower case, an international one in ASCII, as callers' programs send it. */
  private static @Nullable String host(ConfigFile section) throws ConfigException {
    String text = section.string("host", "");
    if (text.isEmpty()) return null;
    boolean wildcard = text.startsWith("*.");
    String name = wildcard ? text.substring(2) : text;
    try {
      if (!name.matches(HOST_ALONE)) throw section.unexpected("host", HOST);
      Destination parsed = Destination.parse("http://" + name);
      // Nothing is below an address.
      if (wildcard && ADDRESS.matcher(parsed.host()).matches())
        throw section.unexpected("host", HOST);
      return (wildcard ? "*." : "") + parsed.host();
    } catch (InvalidDestinationException e) {
      throw section.unexpected("host", HOST);
    }
  }

  private static String path(ConfigFile section, @Nullable String host) throws ConfigException {
    String path = section.string("path", "");
    if (path.isEmpty()) {
      if (host == null) throw section.unexpected("path", "a path, or a host, or both");
      return "/";
    }
    if (!path.startsWith("/") || !isPlain("http://any", path))
      throw section.unexpected("path", PATH);
    String stem = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (host == null && OWN.contains(stem))
      throw section.unexpected(
          "path", "another one than " + String.join(", ", OWN) + ", or a host");
    return path;
  }

  /** True if nobody can read it in another way, and it stands in a URL as it is. */
  private static boolean isPlain(String origin, String path) {
    try {
      Destination parsed = Destination.parse(origin + path);
      return parsed.hasOneReading()
          && parsed.url().equals(origin + path)
          && path.indexOf('?') < 0
          && path.indexOf('%') < 0;
    } catch (InvalidDestinationException e) {
      return false;
    }
  }

  private static Destination destination(ConfigFile section) throws ConfigException {
    String text = section.string("destination", "");
    try {
      Destination parsed = Destination.parse(text);
      String path = parsed.requestTarget();
      if (text.indexOf('#') < 0 && isPlain(parsed.origin(), path)) return parsed;
    } catch (InvalidDestinationException e) {
      throw section.unexpected("destination", URL);
    }
    throw section.unexpected("destination", URL);
  }

  private static @Nullable String client(ConfigFile section) throws ConfigException {
    String client = section.string("client", "");
    if (client.isEmpty()) return null;
    if (!Greeting.isId(client)) throw section.unexpected("client", "the id or a label of a client");
    return client;
  }

  private static List<String> methods(ConfigFile section) throws ConfigException {
    List<String> methods = section.strings("methods");
    if (!methods.stream().allMatch(RouteList::isMethod))
      throw section.unexpected("methods", "a list of methods such as [GET, HEAD]");
    return methods;
  }

  /** One in small letters is another one (RFC 9110 §9.1), which nobody means. */
  private static boolean isMethod(String text) {
    boolean usual = USUAL.contains(Ascii.upper(text));
    boolean meant = USUAL.contains(text) && !text.equals("CONNECT");
    return FieldSyntax.isToken(text) && (meant || !usual);
  }

  private static @Nullable Webhook webhook(ConfigFile section) throws ConfigException {
    List<String> secrets = Secrets.keys(section, "secret");
    boolean meant = section.mentions("secret") || section.mentions("secretfile");
    if (meant && secrets.isEmpty())
      throw section.unexpected("secret", "one or more secrets, or their secretfile");
    Webhook.Scheme scheme = section.choice("scheme", Webhook.Scheme.ANY);
    if (secrets.isEmpty()) {
      if (section.has("scheme")) throw section.unexpected("scheme", "none without secret");
      return null;
    }
    Webhook webhook = Webhook.of(scheme, secrets);
    if (webhook == null)
      throw section.unexpected("secret", "whsec_ and Base64, as GitLab shows it, or a plain token");
    return webhook;
  }
}
