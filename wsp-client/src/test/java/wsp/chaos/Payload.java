package wsp.chaos;

/** Bytes that belong to one number and to no other, at every offset. */
final class Payload {
  private Payload() {}

  private static long word(long id, long index) {
    long z = id * 0x9E3779B97F4A7C15L + index * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The bytes from this offset on. */
  static void fill(long id, long offset, byte[] to, int from, int n) {
    long word = word(id, offset >>> 3);
    for (int i = 0; i < n; i++) {
      long at = offset + i;
      if ((at & 7) == 0) word = word(id, at >>> 3);
      to[from + i] = (byte) (word >>> ((at & 7) << 3));
    }
  }

  static byte[] of(long id, int n) {
    byte[] bytes = new byte[n];
    fill(id, 0, bytes, 0, n);
    return bytes;
  }

  /** Whether these are the bytes from this offset on. */
  static boolean matches(long id, long offset, byte[] given, int from, int n) {
    long word = word(id, offset >>> 3);
    for (int i = 0; i < n; i++) {
      long at = offset + i;
      if ((at & 7) == 0) word = word(id, at >>> 3);
      if (given[from + i] != (byte) (word >>> ((at & 7) << 3))) return false;
    }
    return true;
  }
}
