package wsp.server.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.rules.AccessRules;
import wsp.text.Ascii;

/**
 * The callers that may call, and their keys (RFC 9110 §11.7). Every presented key is compared with
 * every known one, to the end, so that the time it takes says nothing. Immutable; safe for all
 * threads.
 */
public final class CallerKeys {
  /** The caller where no key is asked for. */
  public static final Identity ANYBODY = new Identity("", AccessRules.NONE);

  private static final String OWN_FIELD = "X-PROXY-AUTHORIZATION";
  private static final String FIELD = "Proxy-Authorization";

  /** The challenge that a caller without a key gets. */
  public static final String CHALLENGE = "Bearer realm=\"wsp\", Basic realm=\"wsp\"";

  /**
   * The same for programs that take this server for their proxy: some of them read a single
   * challenge only, and all of them know this scheme.
   */
  public static final String PROXY_CHALLENGE = "Basic realm=\"wsp\"";

  /**
   * The identity that a caller has proved.
   *
   * @param name as configured; empty where no key is asked for
   * @param rules the caller's own, on top of the server's
   */
  public record Identity(String name, AccessRules rules) {}

  /**
   * One entry of the configuration.
   *
   * @param keys all of them good at the same time, so that one can take the place of another
   */
  record Entry(Identity who, List<KeyDigest> keys) {}

  /**
   * What a field presents.
   *
   * @param basic the scheme; otherwise Bearer
   * @param own whether it is in this server's own field
   */
  private record Credentials(boolean basic, boolean own, String text) {}

  /** A user and a password (RFC 7617 §2). */
  private record Pair(String user, String password) {
    static @Nullable Pair of(String credentials) {
      try {
        byte[] decoded = Base64.getDecoder().decode(credentials);
        String pair = new String(decoded, StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon < 0) return null;
        return new Pair(pair.substring(0, colon), pair.substring(colon + 1));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }

  private final List<Entry> entries;

  /**
   * @param entries without any, every caller is let in
   */
  CallerKeys(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  public boolean open() {
    return entries.isEmpty();
  }

  /** The caller that sends these fields; null for an unknown one. */
  public @Nullable Identity admit(Headers headers) {
    if (open()) return ANYBODY;
    Credentials sent = credentials(headers);
    if (sent == null) return null;
    if (!sent.basic) return holder(null, sent.text);
    Pair pair = Pair.of(sent.text);
    return pair == null || sent.own ? null : holder(pair.user, pair.password);
  }

  /**
   * The caller that uses this server as its proxy, where the URL of a proxy is all that it can be
   * given: {@code http://KEY@host}, {@code http://NAME:KEY@host}, or the key beside any other word.
   * Null for an unknown one.
   */
  public @Nullable Identity admitToProxy(Headers headers) {
    Credentials sent = credentials(headers);
    if (open() || sent == null || !sent.basic || sent.own) return admit(headers);
    Pair pair = Pair.of(sent.text);
    if (pair == null) return null;
    if (named(pair.user) != null) return holder(pair.user, pair.password);
    Identity byPassword = holder(null, pair.password);
    Identity byUser = holder(null, pair.user);
    if (byPassword == null || byUser == null) return byPassword == null ? byUser : byPassword;
    return byPassword.equals(byUser) ? byUser : null;
  }

  private @Nullable Identity holder(@Nullable String name, String key) {
    KeyDigest presented = KeyDigest.of(key);
    Identity found = null;
    for (Entry e : entries) {
      boolean own = name == null || name.equals(e.who.name);
      for (KeyDigest k : e.keys) if (k.equals(presented) && own) found = e.who;
    }
    return found;
  }

  /** The caller with this name in the configuration; null for none. */
  public @Nullable Identity named(String name) {
    for (Entry e : entries) if (e.who.name.equals(name)) return e.who;
    return null;
  }

  /** All of them, in the order of the configuration. */
  public List<Identity> identities() {
    return entries.stream().map(Entry::who).toList();
  }

  /** The one set of credentials; null where there is none, more than one, or an unknown scheme. */
  private static @Nullable Credentials credentials(Headers headers) {
    List<String> own = headers.all(OWN_FIELD);
    List<String> standard = headers.all(FIELD);
    if (own.size() + standard.size() != 1) return null;
    String value = own.isEmpty() ? standard.get(0) : own.get(0);
    int space = value.indexOf(' ');
    if (space < 0) return null;
    String scheme = Ascii.lower(value.substring(0, space));
    boolean basic = scheme.equals("basic");
    if (!basic && !scheme.equals("bearer")) return null;
    return new Credentials(basic, !own.isEmpty(), Ascii.trim(value.substring(space)));
  }
}
