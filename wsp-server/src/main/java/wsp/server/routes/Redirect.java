package wsp.server.routes;

import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.text.Ascii;

/**
 * Where the URLs in an answer on a route lead for its caller: what is within the destination of the
 * route leads to the same place within the route, as a path; all else is what it was.
 *
 * @param route that the request has taken
 * @param asked the path of the request, as sent
 * @param requested what was requested of the origin
 */
public record Redirect(Route route, String asked, Destination requested) {
  private static final String URL = "url=";

  /** What the caller gets for a URL or a part of one, as in {@code Location} (RFC 9110 §10.2.2). */
  public String mapped(String location) {
    int end = 0;
    while (end < location.length() && "?#".indexOf(location.charAt(end)) < 0) end++;
    String here = here(location.substring(0, end));
    return here == null ? location : here + location.substring(end);
  }

  /** The value of {@code Refresh}, as {@code 5; url=URL}, in quotes or not. */
  public String mappedRefresh(String value) {
    int at = Ascii.lower(value).indexOf(URL);
    if (at < 0) return value;
    int from = at + URL.length();
    int end = value.length();
    if (from < end && "\"'".indexOf(value.charAt(from)) >= 0) {
      end = value.indexOf(value.charAt(from), from + 1);
      from++;
    }
    if (end < from) return value;
    return value.substring(0, from) + mapped(value.substring(from, end)) + value.substring(end);
  }

  /** A place of the route; null for any other. */
  private @Nullable String here(String place) {
    // Browsers take a backslash for a slash, and leave tabs out.
    if (place.isEmpty() || !place.chars().allMatch(c -> c > ' ' && c != '\\')) return null;
    if (place.startsWith("//")) return ofUrl(requested.scheme() + ":" + place);
    int slash = place.indexOf('/');
    int colon = place.indexOf(':');
    if (colon >= 0 && (slash < 0 || colon < slash)) return ofUrl(place);
    return slash == 0 ? ofPath(place) : ofRelative(place);
  }

  private @Nullable String ofUrl(String url) {
    try {
      if (!Destination.parse(url).origin().equals(requested.origin())) return null;
    } catch (InvalidDestinationException e) {
      return null;
    }
    int path = url.indexOf('/', url.indexOf("://") + 3);
    return ofPath(path < 0 ? "/" : url.substring(path));
  }

  private @Nullable String ofPath(String path) {
    return route.here(withoutDots(path));
  }

  /** Mostly it means the same for the caller, and stays as it is. */
  private @Nullable String ofRelative(String place) {
    String target = requested.requestTarget();
    int mark = target.indexOf('?');
    String here = ofPath(beside(mark < 0 ? target : target.substring(0, mark), place));
    return here == null || here.equals(withoutDots(beside(asked, place))) ? null : here;
  }

  private static String beside(String path, String place) {
    return path.substring(0, path.lastIndexOf('/') + 1) + place;
  }

  /** To browsers, an escaped dot is a dot. */
  private static String withoutDots(String path) {
    String decoded = path.replace("%2e", ".").replace("%2E", ".");
    String resolved = Destination.withoutDots(decoded);
    return resolved.equals(decoded) ? path : resolved;
  }
}
