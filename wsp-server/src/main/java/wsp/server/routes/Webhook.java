package wsp.server.routes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldText;
import wsp.envelope.Headers;
import wsp.server.keys.KeyDigest;
import wsp.text.Ascii;

/**
 * The secrets of a route whose callers sign what they send, and the form in which they do. Any of
 * the secrets will do, so that a new one can be there before the old one goes. Immutable; safe for
 * all threads.
 */
public final class Webhook {
  public enum Scheme {
    /** Any of them: the field that comes says which. */
    ANY,
    /** {@code X-Hub-Signature-256: sha256=HEX}, of the body. */
    GITHUB,
    /**
     * {@code X-Gitlab-Token}, the secret itself; or, for a secret that begins with {@code whsec_},
     * {@code webhook-signature: v1,BASE64} of id, time and body, as in Standard Webhooks.
     */
    GITLAB,
    /** {@code Stripe-Signature: t=TIME,v1=HEX}, of time and body. */
    STRIPE
  }

  static final String HUB = "X-Hub-Signature-256";
  static final String TOKEN = "X-Gitlab-Token";
  static final String STANDARD = "webhook-signature";
  static final String STRIPE = "Stripe-Signature";

  private static final String SIGNING = "whsec_";

  /** For how many seconds a signature with a time is good, and how far clocks may differ. */
  private static final long TOLERANCE = 300;

  private final Scheme scheme;
  private final List<byte[]> secrets = new ArrayList<>();

  /** Those that GitLab sends as they are, and those with which it signs. */
  private final List<KeyDigest> tokens = new ArrayList<>();

  private final List<byte[]> signing = new ArrayList<>();

  private Webhook(Scheme scheme, List<String> texts) {
    this.scheme = scheme;
    for (String text : texts) {
      secrets.add(text.getBytes(StandardCharsets.UTF_8));
      byte[] key = signingKey(text);
      if (key != null) signing.add(key);
      if (!text.startsWith(SIGNING)) tokens.add(KeyDigest.of(text));
    }
  }

  /** With these secrets; null if one of them cannot be a secret of that scheme. */
  static @Nullable Webhook of(Scheme scheme, List<String> secrets) {
    for (String text : secrets)
      if (scheme == Scheme.GITLAB && text.startsWith(SIGNING) && signingKey(text) == null)
        return null;
    return new Webhook(scheme, secrets);
  }

  private static byte @Nullable [] signingKey(String text) {
    if (!text.startsWith(SIGNING)) return null;
    try {
      byte[] key = Base64.getDecoder().decode(text.substring(SIGNING.length()));
      return key.length == 0 ? null : key;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** True if the field that comes says who has sent it. */
  public boolean takesAny() {
    return scheme == Scheme.ANY;
  }

  /**
   * The signature that a request brings.
   *
   * @param now seconds since 1970
   * @throws SignatureException if there is none, or it cannot be the right one, whatever the body
   */
  public Signature signature(Headers fields, long now) throws SignatureException {
    return switch (scheme == Scheme.ANY ? sender(fields) : scheme) {
      case GITHUB, ANY -> ofGitHub(fields);
      case GITLAB -> ofGitLab(fields, now);
      case STRIPE -> ofStripe(fields, now);
    };
  }

  /** Of two that sign in different ways, one could be a copy of what the other has signed. */
  private static Scheme sender(Headers fields) throws SignatureException {
    List<Scheme> found = new ArrayList<>();
    if (fields.has(HUB)) found.add(Scheme.GITHUB);
    if (fields.has(TOKEN) || fields.has(STANDARD)) found.add(Scheme.GITLAB);
    if (fields.has(STRIPE)) found.add(Scheme.STRIPE);
    if (found.size() > 1)
      throw new SignatureException("there are signatures of more than one kind of sender");
    if (found.size() == 1) return found.get(0);
    throw new SignatureException(
        "there is none of " + String.join(", ", HUB, TOKEN, STANDARD, STRIPE));
  }

  private Signature ofGitHub(Headers fields) throws SignatureException {
    String value = one(fields, HUB);
    if (!value.startsWith("sha256=")) throw unreadable(HUB, "sha256= and 64 hexadecimal digits");
    byte[] claimed = SignatureText.hex(value.substring("sha256=".length()));
    if (claimed == null) throw unreadable(HUB, "sha256= and 64 hexadecimal digits");
    return new Signature(HUB, macs(secrets, ""), List.of(claimed));
  }

  private Signature ofGitLab(Headers fields, long now) throws SignatureException {
    if (tokens.isEmpty() || (!signing.isEmpty() && fields.has(STANDARD)))
      return standard(fields, now);
    KeyDigest shown = KeyDigest.of(one(fields, TOKEN));
    boolean known = false;
    for (KeyDigest token : tokens) known |= token.equals(shown);
    if (known) return Signature.SHOWN;
    throw new SignatureException(TOKEN + " is not the secret of the route");
  }

  private Signature standard(Headers fields, long now) throws SignatureException {
    if (signing.isEmpty())
      throw new SignatureException(
          "the secret of the route is none for " + STANDARD + ", as it is not whsec_ and Base64");
    String value = one(fields, STANDARD);
    String id = one(fields, "webhook-id");
    String time = one(fields, "webhook-timestamp");
    // The specification has no dot there: with one, the same text were another id, time and body.
    if (id.indexOf('.') >= 0) throw unreadable("webhook-id", "an id without a dot");
    List<byte[]> claimed = SignatureText.standard(value);
    if (claimed.isEmpty()) throw unreadable(STANDARD, "v1, and 44 characters of Base64");
    recent("webhook-timestamp", time, now);
    return new Signature(STANDARD, macs(signing, id + "." + time + "."), claimed);
  }

  private Signature ofStripe(Headers fields, long now) throws SignatureException {
    String value = one(fields, STRIPE);
    List<String> times = SignatureText.parts(value, "t=");
    List<byte[]> claimed = SignatureText.stripe(value);
    if (times.size() != 1 || claimed.isEmpty())
      throw unreadable(STRIPE, "t=TIME,v1= and 64 hexadecimal digits");
    String time = times.get(0);
    recent("the time in " + STRIPE, time, now);
    return new Signature(STRIPE, macs(secrets, time + "."), claimed);
  }

  private static String one(Headers fields, String name) throws SignatureException {
    List<String> all = fields.all(name);
    if (all.isEmpty()) throw new SignatureException(name + " is missing");
    if (all.size() > 1) throw new SignatureException(name + " came more than once");
    return all.get(0);
  }

  private static SignatureException unreadable(String field, String expected) {
    return new SignatureException(field + " is not " + expected);
  }

  private static void recent(String what, String time, long now) throws SignatureException {
    long then = Ascii.number(time, 12);
    if (then < 0) throw unreadable(what, "a number of seconds since 1970");
    if (now - then > TOLERANCE)
      throw new SignatureException(
          what + " is " + (now - then) + " s ago, and is to be " + TOLERANCE + " s ago at most");
    if (then - now > TOLERANCE)
      throw new SignatureException(
          what + " is " + (then - now) + " s in the future: a clock is wrong");
  }

  private static List<Mac> macs(List<byte[]> secrets, String before) {
    List<Mac> macs = new ArrayList<>();
    for (byte[] secret : secrets) {
      Mac mac = mac(secret);
      mac.update(FieldText.bytes(before));
      macs.add(mac);
    }
    return macs;
  }

  private static Mac mac(byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Without any secret. */
  @Override
  public String toString() {
    return "*** (" + Ascii.lower(scheme.name()) + ")";
  }
}
