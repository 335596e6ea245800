package wsp.text;

import java.util.List;

/**
 * The names, of fields and of parameters alike, that tell of a secret in the value. Rather too many
 * than too few. Stateless; safe for all threads.
 */
public final class SecretNames {
  /** In the middle of a name, these tell. */
  private static final List<String> PARTS =
      List.of(
          "token",
          "secret",
          "passw",
          "apikey",
          "signature",
          "credential",
          "authoriz",
          "session",
          "cookie",
          "jwt");

  /** At the end of a name, these tell. */
  private static final List<String> ENDS = List.of("key", "sig", "auth", "pass", "pwd", "sid");

  private SecretNames() {}

  /** The name as it is compared: letters and digits of ASCII alone, in lower case. */
  public static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++)
      if (Ascii.isLetterOrDigit(name.charAt(i))) plain.append(Ascii.lower(name.charAt(i)));
    return plain.toString();
  }

  /** True for a {@link #plain} name whose values are not to be shown. */
  public static boolean has(String plain) {
    for (String part : PARTS) if (plain.contains(part)) return true;
    for (String end : ENDS) if (plain.endsWith(end)) return true;
    return false;
  }
}
