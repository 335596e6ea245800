package wsp.tunnel.v2;

/** Four bytes, big endian: a credit, or an id. */
final class Credit {
  private Credit() {}

  static byte[] encode(int n) {
    return new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n};
  }
}
