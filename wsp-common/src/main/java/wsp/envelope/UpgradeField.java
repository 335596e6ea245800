package wsp.envelope;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * The field {@code Upgrade} (RFC 9110 §7.8): the protocols that a request may ask to go on with on
 * its connection, as {@code protocol-name ["/" protocol-version]}. It belongs to a hop, but what
 * two answers say with it is for the caller, namely to which protocol a 101 switches, and which one
 * a 426 wants. Stateless.
 */
public final class UpgradeField {
  public static final String NAME = "Upgrade";

  /** HTTP in all its versions, and what would hide it: no rule would see the requests in there. */
  private static final Set<String> NEVER = Set.of("http", "h2", "h2c", "h3", "tls");

  private UpgradeField() {}

  /** True for an answer whose field goes on. */
  public static boolean isOf(int status) {
    return status == 101 || status == 426;
  }

  /** The fields that go on of an answer that was received, with this one where it goes as well. */
  public static Headers with(Headers passed, int status, Headers received) {
    if (!isOf(status) || !received.has(NAME)) return passed;
    Headers.Builder all = new Headers.Builder();
    passed.forEach(all::add);
    for (String to : received.all(NAME)) all.add(NAME, to);
    return all.build();
  }

  /** True for a protocol that may be asked for. Its drafts ({@code h2c-14}) are as it is itself. */
  public static boolean isProtocol(String text) {
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
  public static @Nullable String asked(RequestEnvelope request) {
    if (request.contentLength() != 0 || !request.headers().has(NAME)) return null;
    List<String> named = request.headers().all(NAME);
    return named.size() == 1 && isProtocol(named.get(0)) ? named.get(0) : null;
  }

  /** True for fields of a 101 that switch to the protocol that was asked for, and to no other. */
  public static boolean isSwitchTo(@Nullable String asked, Headers received) {
    List<String> to = received.all(NAME);
    return asked != null && to.size() == 1 && Ascii.equalsIgnoreCase(to.get(0), asked);
  }

  /** True for an envelope that asks for what cannot be: its request must not wait for the end. */
  public static boolean isUnusable(RequestEnvelope request) {
    return request.headers().has(NAME) && asked(request) == null;
  }
}
