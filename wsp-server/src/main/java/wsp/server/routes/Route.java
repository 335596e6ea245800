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

  /** True for a method that this route is for. */
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
    if (pathAndQuery.indexOf('#') >= 0)
      throw new InvalidDestinationException("a fragment does not stand on a request line");
    String tail = pathAndQuery.substring(withoutSlash(path).length());
    String base = tail.startsWith("/") ? withoutSlash(base()) : base();
    Destination to = Destination.parse(destination.origin() + base + tail);
    if (to.hasOneReading()) return to;
    int start = to.origin().length();
    for (String form : to.judgedForms())
      if (!isWithin(base(), pathOf(form, start))) throw leavesItsRoute();
    return to;
  }

  private static String pathOf(String form, int start) {
    int end = form.indexOf('?', start);
    return form.substring(start, end < 0 ? form.length() : end);
  }

  static InvalidDestinationException leavesItsRoute() {
    return new InvalidDestinationException("an origin could read the path as one of another route");
  }

  /**
   * Where a redirect leads for callers: one within the destination leads to the same place within
   * this route, as a path; any other is what it was.
   *
   * @param location of the origin's answer, a URL or a part of one (RFC 9110 §10.2.2)
   */
  public String mapped(String location) {
    String target = targetHere(location);
    int end = 0;
    while (end < target.length() && "?#".indexOf(target.charAt(end)) < 0) end++;
    if (!isWithin(base(), target.substring(0, end))) return location;
    String rest = target.substring(withoutSlash(base()).length());
    String all = rest.startsWith("/") ? withoutSlash(path) + rest : path + rest;
    // Two slashes in front would be another host.
    return all.startsWith("//") ? location : all;
  }

  /** Path, query and fragment of a location at the destination's host; empty for any other. */
  private String targetHere(String location) {
    if (location.startsWith("/") && !location.startsWith("//")) return location;
    int authority = location.indexOf("://") + 3;
    if (authority < 3) return "";
    try {
      if (!Destination.parse(location).origin().equals(destination.origin())) return "";
    } catch (InvalidDestinationException e) {
      return "";
    }
    int path = authority;
    while (path < location.length() && "/?#".indexOf(location.charAt(path)) < 0) path++;
    String target = location.substring(path);
    return target.startsWith("/") ? target : "/" + target;
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
