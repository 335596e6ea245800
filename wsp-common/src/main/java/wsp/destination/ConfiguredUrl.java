package wsp.destination;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * The URL of a server in a configuration (RFC 3986), read by the same rules as a {@link
 * Destination}: a registered name may have an underscore or be an international one, numbers that
 * only look like an address are refused. Immutable; two are equal if they lead to the same place in
 * the same way, however they are spelled. Safe for all threads.
 */
public final class ConfiguredUrl {
  private final String text;
  private final String scheme;
  private final HostAndPort at;

  /** As in the URL; 0 if it has none. */
  private final int writtenPort;

  /** Whether the name ends in a dot: then no search domain of the system is ever tried. */
  private final boolean absolute;

  private final String requestTarget;
  private final @Nullable String userinfo;

  private ConfiguredUrl(
      String text,
      String scheme,
      HostAndPort at,
      int writtenPort,
      boolean absolute,
      String requestTarget,
      @Nullable String userinfo) {
    this.text = text;
    this.scheme = scheme;
    this.at = at;
    this.writtenPort = writtenPort;
    this.absolute = absolute;
    this.requestTarget = requestTarget;
    this.userinfo = userinfo;
  }

  /**
   * Reads an absolute URL without a fragment.
   *
   * @param ports the schemes that it may have, and the port of each
   * @throws InvalidDestinationException without any part of the text, which may have a password
   */
  public static ConfiguredUrl parse(String text, Map<String, Integer> ports)
      throws InvalidDestinationException {
    Destination.checkCharacters(text);
    int colon = Math.max(0, text.indexOf(':'));
    String scheme = Ascii.lower(text.substring(0, colon));
    Integer port = ports.get(scheme);
    if (port == null || !text.startsWith("//", colon + 1))
      throw new InvalidDestinationException("one of " + ports.keySet() + " and :// is expected");
    int start = colon + 3;
    int end = Destination.endOfAuthority(text, start);
    String authority = text.substring(start, end);
    int sign = authority.indexOf('@');
    String hostAndPort = authority.substring(sign + 1);
    int written = HostAndPort.parse(hostAndPort, 0).port();
    String host = hostAndPort.replaceFirst(":[0-9]*$", "");
    return new ConfiguredUrl(
        text,
        scheme,
        HostAndPort.parse(hostAndPort, port),
        written,
        host.endsWith("."),
        requestTarget(text.substring(end)),
        sign < 0 ? null : decoded(authority.substring(0, sign)));
  }

  private static String requestTarget(String text) throws InvalidDestinationException {
    if (text.indexOf('#') >= 0) throw new InvalidDestinationException("a fragment is not allowed");
    int mark = text.indexOf('?');
    String path = RequestTarget.path(mark < 0 ? text : text.substring(0, mark));
    return mark < 0 ? path : path + "?" + RequestTarget.query(text.substring(mark + 1));
  }

  private static String decoded(String userinfo) throws InvalidDestinationException {
    byte[] in = userinfo.getBytes(StandardCharsets.UTF_8);
    String octets = new String(in, StandardCharsets.ISO_8859_1);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      int octet = in[i];
      if (octet == '%') {
        octet = Percent.octet(octets, i);
        if (octet < 0) throw badUserinfo();
        i += 2;
      } else if (octet == ' ') throw badUserinfo();
      out.put((byte) octet);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
      if (text.chars().anyMatch(Character::isISOControl)) throw badUserinfo();
      return text;
    } catch (CharacterCodingException e) {
      throw badUserinfo();
    }
  }

  private static InvalidDestinationException badUserinfo() {
    return new InvalidDestinationException("user and password are percent-encoded");
  }

  public String scheme() {
    return scheme;
  }

  /** Canonical: a name in ASCII without a trailing dot, or an address without brackets. */
  public String host() {
    return at.host();
  }

  /** The name to be looked up: with its trailing dot, if it has one. */
  public String lookedUp() {
    return absolute ? at.host() + "." : at.host();
  }

  public int port() {
    return at.port();
  }

  /** For a {@code Host} field: the port only if it is written, and a trailing dot as well. */
  public String authority() {
    String host = at.host().indexOf(':') < 0 ? lookedUp() : "[" + at.host() + "]";
    return writtenPort == 0 ? host : host + ":" + writtenPort;
  }

  public String requestTarget() {
    return requestTarget;
  }

  /** User and password, decoded; null if it has none. */
  public @Nullable String userinfo() {
    return userinfo;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ConfiguredUrl u
        && scheme.equals(u.scheme)
        && authority().equals(u.authority())
        && requestTarget.equals(u.requestTarget);
  }

  @Override
  public int hashCode() {
    return at.host().hashCode() * 31 + requestTarget.hashCode();
  }

  /** For people: as it was written, with {@code ***} for what may hold secrets. */
  public String shown() {
    int mark = text.indexOf('?');
    String whole = mark < 0 ? text : text.substring(0, mark) + "?***";
    return userinfo == null ? whole : scheme + "://***" + whole.substring(whole.indexOf('@'));
  }

  @Override
  public String toString() {
    return shown();
  }
}
