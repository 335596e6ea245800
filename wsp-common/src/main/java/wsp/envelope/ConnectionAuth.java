package wsp.envelope;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * Authentication that belongs to a connection instead of a request (RFC 4559 §6): an origin that
 * has seen it once takes every later request on that connection for the same user's. Other schemes
 * (Basic, Digest, Bearer, SCRAM and the like) come with each request, and bind nothing.
 */
public final class ConnectionAuth {
  private static final String[] SCHEMES = {"NTLM", "Negotiate", "Kerberos", "Nego2"};

  private ConnectionAuth() {}

  /** True if a request with these fields may have its connection authenticated. */
  public static boolean inRequest(Headers fields) {
    return anyCarries(fields.all("Authorization")) || anyCarries(fields.all("Proxy-Authorization"));
  }

  /** True if an answer with these fields offers that, goes on with it, or says that it was done. */
  public static boolean inResponse(Headers fields) {
    return anyOffers(fields.all("WWW-Authenticate"))
        || anyOffers(fields.all("Proxy-Authenticate"))
        || persists(fields.first("Persistent-Auth"));
  }

  /**
   * True for an answer in the middle of a handshake: its challenge has a token, and the answer to
   * that is worth something on the same connection only.
   */
  public static boolean unfinished(int status, Headers fields) {
    if (status != 401 && status != 407) return false;
    for (String value : fields.all("WWW-Authenticate")) if (hasToken(value)) return true;
    for (String value : fields.all("Proxy-Authenticate")) if (hasToken(value)) return true;
    return false;
  }

  /** IIS says by this field whether the connection stays authenticated. */
  private static boolean persists(@Nullable String value) {
    return value != null && !Ascii.equalsIgnoreCase("false", Ascii.trim(value));
  }

  private static boolean anyOffers(List<String> values) {
    for (String value : values) {
      for (int i = 0; i < value.length(); i++) {
        boolean begins = i == 0 || !FieldSyntax.isTokenChar((byte) value.charAt(i - 1));
        if (begins && schemeEnd(value, i) >= 0) return true;
      }
    }
    return false;
  }

  /** Looks at the beginnings of a list's elements: the rest of a token may be long. */
  private static boolean anyCarries(List<String> values) {
    for (String value : values) {
      for (int i = 0; i >= 0; i = value.indexOf(',', i) + 1) {
        if (schemeEnd(value, afterBlanks(value, i)) >= 0) return true;
        if (value.indexOf(',', i) < 0) break;
      }
    }
    return false;
  }

  private static boolean hasToken(String value) {
    for (int i = 0; i >= 0; i = value.indexOf(',', i) + 1) {
      int end = schemeEnd(value, afterBlanks(value, i));
      if (end >= 0) {
        int token = afterBlanks(value, end);
        if (token > end && token < value.length() && value.charAt(token) != ',') return true;
      }
      if (value.indexOf(',', i) < 0) break;
    }
    return false;
  }

  private static int afterBlanks(String value, int from) {
    int i = from;
    while (i < value.length() && (value.charAt(i) == ' ' || value.charAt(i) == '\t')) i++;
    return i;
  }

  /** Where one of the schemes that begins there ends; -1 if none does. */
  private static int schemeEnd(String value, int from) {
    for (String scheme : SCHEMES) {
      int end = from + scheme.length();
      if (Ascii.startsWithIgnoreCase(value, scheme, from)
          && (end == value.length() || !FieldSyntax.isTokenChar((byte) value.charAt(end))))
        return end;
    }
    return -1;
  }
}
