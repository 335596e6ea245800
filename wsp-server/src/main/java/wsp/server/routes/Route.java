package wsp.server.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;

/**
 * One way from a host and a path of the port to a destination. Immutable; safe for all threads.
 *
 * @param name where it stands in the configuration, as {@code routes[0]}
 * @param host in lower case, {@code *.example.com} for all hosts below that one; null: any host
 * @param path a prefix that ends at a segment: with a slash at its end, what is below it; without,
 *     itself as well
 * @param destination what takes the place of the prefix
 * @param client the id or label of the client that serves it; null: any
 * @param methods those that it is for; empty: all
 * @param keys whether a caller needs a key
 * @param webhook what its callers sign with; null: they do not
 */
public record Route(
    String name,
    @Nullable String host,
    String path,
    Destination destination,
    @Nullable String client,
    List<String> methods,
    boolean keys,
    @Nullable Webhook webhook) {

  /** True for a host, in lower case without port and trailing dot, that this route is for. */
  boolean hasHost(String asked) {
    if (host == null) return false;
    if (!host.startsWith("*")) return asked.equals(host);
    return asked.length() >= host.length() && asked.endsWith(host.substring(1));
  }

  /** True for a path, as sent, that this route is for. */
  boolean hasPath(String asked) {
    return isWithin(path, asked);
  }

  /** True for the path of a prefix: behind it comes another segment, or nothing at all. */
  private boolean isWithin(String prefix, String asked) {
    String stem = withoutSlash(prefix);
    if (!asked.startsWith(stem)) return false;
    if (asked.length() == stem.length()) return !path.endsWith("/");
    return asked.charAt(stem.length()) == '/';
  }

  private static String withoutSlash(String prefix) {
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  private String base() {
    return destination.withoutQuery().substring(destination.origin().length());
  }

  public boolean hasMethod(String method) {
    return methods.isEmpty() || methods.contains(method);
  }

  /**
   * What a request is for: the destination, and behind it, as sent, what came behind the prefix.
   *
   * @param pathAndQuery of a request whose path this route has
   * @throws InvalidDestinationException if an origin may read it as something outside of the
   *     destination
   */
  Destination destinationOf(String pathAndQuery) throws InvalidDestinationException {
    Destination to = unjudged(pathAndQuery);
    if (to.hasOneReading()) return to;
    // Readings of a query lead nowhere, and there may be as many of them.
    Destination bare = Destination.parse(to.withoutQuery());
    for (String form : bare.judgedForms())
      if (!isWithin(base(), form.substring(bare.origin().length()))) throw leavesItsRoute();
    return to;
  }

  private Destination unjudged(String pathAndQuery) throws InvalidDestinationException {
    if (pathAndQuery.indexOf('#') >= 0)
      throw new InvalidDestinationException("a fragment does not stand on a request line");
    String tail = pathAndQuery.substring(withoutSlash(path).length());
    String base = tail.startsWith("/") ? withoutSlash(base()) : base();
    return Destination.parse(destination.origin() + base + tail);
  }

  /**
   * How many steps {@link #destinationOf} takes at the most, of some nanoseconds each, for a path
   * that this route has: a plain one takes none, however long it is.
   */
  public long cost(String asked) {
    try {
      Destination to = unjudged(asked);
      return to.hasOneReading() ? 0 : to.formsCost();
    } catch (InvalidDestinationException e) {
      return 0;
    }
  }

  static InvalidDestinationException leavesItsRoute() {
    return new InvalidDestinationException("an origin could read the path as one of another route");
  }

  /** The path of this route for one of the destination's host; null for one outside of it. */
  @Nullable String here(String there) {
    if (!isWithin(base(), there)) return null;
    String rest = there.substring(withoutSlash(base()).length());
    String all = rest.startsWith("/") ? withoutSlash(path) + rest : path + rest;
    // Two slashes in front would be another host.
    return all.startsWith("//") ? null : all;
  }

  /** For the print at start. */
  Map<String, Object> describe() {
    Map<String, Object> m = new LinkedHashMap<>();
    if (host != null) m.put("Host", host);
    m.put("Path", path);
    m.put("Destination", destination.url());
    if (client != null) m.put("Client", client);
    if (!methods.isEmpty()) m.put("Methods", methods);
    m.put("Keys", keys);
    if (webhook != null) m.put("Secret", webhook.toString());
    return m;
  }

  /** For people, as {@code routes[0] hooks.example.com/github/}. */
  @Override
  public String toString() {
    return name + " " + (host == null ? "" : host) + path;
  }
}
