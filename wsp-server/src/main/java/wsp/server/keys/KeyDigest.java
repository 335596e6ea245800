package wsp.server.keys;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldText;
import wsp.text.Digest;

/**
 * A secret as this server remembers it: its SHA-256. Comparing digests takes the same time for
 * every key that is presented, of any length, and a secret that is not kept cannot be shown. Safe
 * for all threads.
 */
public final class KeyDigest {
  private static final KeyDigest OF_NOTHING = new KeyDigest(sha256(""));

  private final byte[] sha256;

  private KeyDigest(byte[] sha256) {
    this.sha256 = sha256;
  }

  public static KeyDigest of(String secret) {
    return secret.isEmpty() ? OF_NOTHING : new KeyDigest(sha256(secret));
  }

  private static byte[] sha256(String secret) {
    return Digest.sha256(FieldText.bytes(secret));
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof KeyDigest other && MessageDigest.isEqual(sha256, other.sha256);
  }

  /** The same for all: a table looked up by parts of a digest would tell them by its pace. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }
}
