package wsp.destination;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * The URL to be requested, parsed once (RFC 3986): what the rules judge is what is connected to and
 * what is written on the request line. Scheme, host and port are canonical, path and query stay as
 * they were, apart from characters that may not stand on a request line, which are percent-encoded.
 * Parsing {@link #url()} again gives an equal destination. Immutable; safe for all threads.
 */
public final class Destination {
  /** The longest text that is read, and the longest URL that may come of it, in characters. */
  public static final int MAX_LENGTH = 64 * 1024;

  private static final int USUAL_LENGTH = 128;
  private static final String TUNNEL = "tcp://";

  private final String scheme;
  private final String host;
  private final int port;

  /** All that is kept of it, however long: path and query are cut out where they are asked for. */
  private final String url;

  /** In {@link #url}, where the path begins: before it is the origin (RFC 6454 §6.2). */
  private final int pathStart;

  /** In {@link #url}, where the path ends: at the question mark of the query, or with the URL. */
  private final int pathEnd;

  private Destination(String scheme, HostAndPort at, String url, int pathStart, int pathEnd) {
    this.scheme = scheme;
    this.host = at.host();
    this.port = at.port();
    this.url = url;
    this.pathStart = pathStart;
    this.pathEnd = pathEnd;
  }

  /**
   * Reads an absolute {@code http:} or {@code https:} URL. A fragment is dropped; userinfo,
   * backslashes, control characters and hosts that could be read in two ways are refused.
   */
  public static Destination parse(String text) throws InvalidDestinationException {
    checkCharacters(text);
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : Ascii.lower(text.substring(0, colon));
    if (!scheme.equals("http") && !scheme.equals("https"))
      throw new InvalidDestinationException("only http: and https: URLs are allowed");
    if (!text.startsWith("//", colon + 1))
      throw new InvalidDestinationException("two slashes are expected after the scheme");
    int start = colon + 3;
    int end = endOfAuthority(text, start);
    HostAndPort at = HostAndPort.parse(text.substring(start, end), defaultPort(scheme));
    int hash = text.indexOf('#', end);
    String target = hash < 0 ? text.substring(end) : text.substring(end, hash);
    int mark = target.indexOf('?');
    StringBuilder url = origin(scheme, at);
    int pathStart = url.length();
    url.append(RequestTarget.path(mark < 0 ? target : target.substring(0, mark)));
    int pathEnd = url.length();
    if (mark >= 0) url.append('?').append(RequestTarget.query(target.substring(mark + 1)));
    // Encoding makes a text longer, and what was accepted once has to be accepted again.
    if (url.length() > MAX_LENGTH) throw tooLong();
    return new Destination(scheme, at, url.toString(), pathStart, pathEnd);
  }

  private static StringBuilder origin(String scheme, HostAndPort at) {
    String host = at.host();
    StringBuilder url = new StringBuilder(USUAL_LENGTH).append(scheme).append("://");
    if (host.indexOf(':') < 0) url.append(host);
    else url.append('[').append(host).append(']');
    return at.port() == defaultPort(scheme) ? url : url.append(':').append(at.port());
  }

  /** A path whose segments of one dot and of two are resolved (RFC 3986 §5.2.4). */
  public static String withoutDots(String path) {
    return PathStep.DOTS.apply(path);
  }

  /**
   * Reads the destination of a tunnel, {@code tcp://host:port}: it has no path, and no port of its
   * own.
   */
  public static Destination ofTunnel(String text) throws InvalidDestinationException {
    checkCharacters(text);
    if (!isTunnel(text)) throw new InvalidDestinationException("tcp://host:port is expected");
    int start = TUNNEL.length();
    if (endOfAuthority(text, start) < text.length())
      throw new InvalidDestinationException("nothing may follow the port of a tunnel");
    HostAndPort at = HostAndPort.parse(text.substring(start), 0);
    if (at.port() == 0) throw new InvalidDestinationException("the port of the tunnel is missing");
    String url = origin("tcp", at).toString();
    return new Destination("tcp", at, url, url.length(), url.length());
  }

  /** True for a text that may be {@link #ofTunnel}, and is never a {@link #parse}d URL. */
  public static boolean isTunnel(String text) {
    return Ascii.startsWithIgnoreCase(text, TUNNEL);
  }

  static void checkCharacters(String text) throws InvalidDestinationException {
    if (text.isEmpty()) throw new InvalidDestinationException("the destination is empty");
    if (text.length() > MAX_LENGTH) throw tooLong();
    if (isSpace(text.charAt(0)) || isSpace(text.charAt(text.length() - 1)))
      throw new InvalidDestinationException("space around the destination is not allowed");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '\\') continue;
      if (c == '\\') throw new InvalidDestinationException("a backslash is not allowed");
      if (Character.isISOControl(c))
        throw new InvalidDestinationException("control characters are not allowed");
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1)))
          throw new InvalidDestinationException("the destination is not valid Unicode");
        i++;
      }
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static InvalidDestinationException tooLong() {
    return new InvalidDestinationException(
        "the destination is longer than " + MAX_LENGTH + " characters");
  }

  static int endOfAuthority(String text, int start) {
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) end++;
    return end;
  }

  private static int defaultPort(String scheme) {
    if (scheme.equals("https")) return 443;
    return scheme.equals("http") ? 80 : 0;
  }

  /** {@code http} or {@code https}; {@code tcp} for a tunnel. */
  public String scheme() {
    return scheme;
  }

  public boolean secure() {
    return scheme.equals("https");
  }

  /**
   * A name in lower-case ASCII without a trailing dot, a dotted quad, or an IPv6 address in the
   * form of RFC 5952, without brackets.
   */
  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** The value of the {@code Host} field: the port only where it is not the scheme's own. */
  public String authority() {
    return url.substring(scheme.length() + 3, pathStart);
  }

  /** Path and query as they stand on the request line (RFC 9112 §3.2.1). */
  public String requestTarget() {
    return url.substring(pathStart);
  }

  public String url() {
    return url;
  }

  /** Scheme, host and port, as {@link #url()} begins with them. */
  public String origin() {
    return url.substring(0, pathStart);
  }

  /**
   * All readings that an origin may have of this: first {@link #url()} itself, then other readings
   * of the path, each once. They are for matching only; decoded ones may contain control
   * characters.
   *
   * @throws InvalidDestinationException if there are more than can be judged
   */
  public List<String> judgedForms() throws InvalidDestinationException {
    return Readings.judged(url, pathStart, pathEnd);
  }

  /** What {@link #deniedForms()} takes of memory while it is worked out, in bytes at the most. */
  public static final long FORMS_MEMORY = 8 << 20;

  /**
   * {@link #judgedForms()}, readings of what few origins do, readings with a decoded query, and all
   * of them in lower case, some of which may come twice. An origin decodes its query and may not
   * care for case, so a denial has to look at that too; permission does not, since a decoded query
   * tells data from delimiters no longer, and a rule that permits a spelling permits what it means.
   *
   * @throws InvalidDestinationException if there are more than can be judged
   */
  public Iterable<String> deniedForms() throws InvalidDestinationException {
    return Readings.denied(url, pathStart, pathEnd);
  }

  /** True if {@link #url()} is the only one of {@link #judgedForms()} for certain. At no cost. */
  public boolean hasOneReading() {
    return Readings.isOne(url, pathStart, pathEnd);
  }

  /** How many {@link #deniedForms()} there are at the most; most URLs have one. At no cost. */
  public int formsAtMost() {
    return Readings.atMost(url, pathStart, pathEnd);
  }

  /** How many steps {@link #deniedForms()} takes at the most, of some nanoseconds each. */
  public long formsCost() {
    return Readings.cost(url, pathStart, pathEnd);
  }

  /** The URL without its query, which may hold secrets; for logs. */
  public String withoutQuery() {
    return url.substring(0, pathEnd);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Destination d && url.equals(d.url);
  }

  @Override
  public int hashCode() {
    return url.hashCode();
  }

  @Override
  public String toString() {
    return withoutQuery();
  }
}
