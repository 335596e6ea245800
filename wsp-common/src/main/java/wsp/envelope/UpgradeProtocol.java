package wsp.envelope;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * The protocols that a request may ask to go on with on its connection: {@code protocol-name ["/"
 * protocol-version]} (RFC 9110 §7.8). Stateless.
 */
public final class UpgradeProtocol {
  /** HTTP in all its versions, and what would hide it: no rule would see the requests in there. */
  private static final Set<String> NEVER = Set.of("http", "h2", "h2c", "h3", "tls");

  private UpgradeProtocol() {}

  /** True for a protocol that may be asked for. Its drafts ({@code h2c-14}) are as it is itself. */
  public static boolean isOne(String text) {
    int slash = text.indexOf('/');
    String name = slash < 0 ? text : text.substring(0, slash);
    if (!FieldSyntax.isToken(name)) return false;
    if (slash >= 0 && !FieldSyntax.isToken(text.substring(slash + 1))) return false;
    int draft = name.indexOf('-');
    return !NEVER.contains(Ascii.lower(draft < 0 ? name : name.substring(0, draft)));
  }

  /**
   * The protocol that an envelope asks for, which the server has judged; null: none. Behind a body
   * none can be told from it.
   */
  public static @Nullable String of(RequestEnvelope request) {
    if (request.contentLength() != 0 || !request.headers().has(UpgradeField.NAME)) return null;
    List<String> named = request.headers().all(UpgradeField.NAME);
    return named.size() == 1 && isOne(named.get(0)) ? named.get(0) : null;
  }

  /** True for an envelope that asks for what cannot be: its request must not wait for the end. */
  public static boolean isUnusable(RequestEnvelope request) {
    return request.headers().has(UpgradeField.NAME) && of(request) == null;
  }
}
