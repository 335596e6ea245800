package wsp.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that every Java has. Stateless; safe for all threads. */
public final class Digest {
  private Digest() {}

  /** Of these parts, one behind the other. */
  public static byte[] sha256(byte[]... parts) {
    return of("SHA-256", parts);
  }

  public static byte[] sha1(byte[] bytes) {
    return of("SHA-1", bytes);
  }

  private static byte[] of(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) digest.update(part);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
