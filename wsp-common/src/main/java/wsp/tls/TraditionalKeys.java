package wsp.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Private keys in the two forms that are older than PKCS#8, and that certificate managers still
 * write: those of RSA as PKCS#1 (RFC 8017 A.1.2), and those of EC as SEC1 (RFC 5915). Either is
 * what PKCS#8 has within, so that is put around it (RFC 5958). Stateless.
 */
final class TraditionalKeys {
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;

  /** The tag of the curve in a key of EC. */
  private static final int PARAMETERS = 0xa0;

  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** The object identifier of RSA, 1.2.840.113549.1.1.1, and its parameters, which are none. */
  private static final byte[] RSA = {
    6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** The object identifier of EC, 1.2.840.10045.2.1. */
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private TraditionalKeys() {}

  /** A key of RSA as PKCS#8; of anything else, what nobody takes for a key. */
  static byte[] rsa(byte[] pkcs1) {
    return pkcs8(RSA, pkcs1);
  }

  /** A key of EC as PKCS#8; null if it does not say which curve it is on. */
  static byte @Nullable [] ec(byte[] sec1) {
    try {
      int at = content(sec1, 0);
      while (at < sec1.length && (sec1[at] & 0xff) != PARAMETERS) at = end(sec1, at);
      if (at >= sec1.length) return null;
      return pkcs8(joined(EC, Arrays.copyOfRange(sec1, content(sec1, at), end(sec1, at))), sec1);
    } catch (IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, joined(VERSION, element(SEQUENCE, algorithm), element(OCTETS, key)));
  }

  /** Where the content of the element there begins. */
  private static int content(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  /** Where the element there ends, within these bytes and not before its content. */
  private static int end(byte[] der, int at) {
    int content = content(der, at);
    int length = der[at + 1] & 0xff;
    if (length >= 0x80) {
      length = 0;
      for (int i = at + 2; i < content; i++) length = (length << 8) | (der[i] & 0xff);
    }
    if (length < 0 || length > der.length - content) throw new IndexOutOfBoundsException();
    return content + length;
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
    out.write(tag);
    int n = content.length;
    int octets = n < 0x80 ? 0 : n < 0x100 ? 1 : n < 0x10000 ? 2 : 3;
    if (octets > 0) out.write(0x80 | octets);
    for (int i = Math.max(octets, 1) - 1; i >= 0; i--) out.write(n >> (8 * i));
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) out.writeBytes(part);
    return out.toByteArray();
  }
}
