package wsp.server.routes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;

/**
 * What a webhook claims to be the HMAC-SHA256 of its body, and the computation of what it is. For
 * one thread at a time.
 */
public final class Signature {
  /** Of a webhook that has shown the secret itself. */
  static final Signature SHOWN = new Signature("", List.of(), List.of());

  private final String field;
  private final List<Mac> macs;
  private final List<byte[]> claimed;

  /**
   * @param field it has come in
   * @param macs one for each secret, which have taken what is signed before the body
   * @param claimed any of these may be right: a sender that changes its secret signs with both
   */
  Signature(String field, List<Mac> macs, List<byte[]> claimed) {
    this.field = field;
    this.macs = macs;
    this.claimed = claimed;
  }

  /** False if the head has proved it all. */
  public boolean needsBody() {
    return this != SHOWN;
  }

  /** The next piece of the body, which stays unread. */
  public void update(ByteBuffer part) {
    for (Mac mac : macs) mac.update(part.duplicate());
  }

  /**
   * To be called once, after the whole body.
   *
   * @throws SignatureException if it is the signature of another body, or by another secret
   */
  public void verify() throws SignatureException {
    boolean holds = false;
    for (Mac mac : macs) {
      byte[] digest = mac.doFinal();
      for (byte[] one : claimed) holds |= MessageDigest.isEqual(digest, one);
    }
    if (!holds)
      throw new SignatureException(
          field + " is not the signature of this body with the secret of the route");
  }
}
