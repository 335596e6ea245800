package wsp.envelope;

import java.util.Arrays;

/** A head that is being written, as bytes. For one thread. */
public final class HeadBytes {
  private static final int USUAL = 512;

  private byte[] bytes = new byte[USUAL];
  private int size;

  /** An empty one. */
  public HeadBytes() {}

  /** Appends ASCII: a start line, a name, what has been checked. */
  @SuppressWarnings("deprecation") // The low bytes of ASCII are its bytes, without an encoder.
  public HeadBytes ascii(String s) {
    ensure(s.length());
    s.getBytes(0, s.length(), bytes, size);
    size += s.length();
    return this;
  }

  /**
   * Appends a value as {@link FieldText} has it; never the low bytes of wide characters, which
   * could be CR and LF.
   */
  public HeadBytes text(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) > 0x7e) return bytes(FieldText.bytes(s));
    }
    return ascii(s);
  }

  /** Appends a field. */
  public HeadBytes field(String name, String value) {
    return ascii(name).ascii(": ").text(value).ascii("\r\n");
  }

  private HeadBytes bytes(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(size + more, size * 2));
  }

  /** All of it so far, perhaps with more room behind: valid up to {@link #size}. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes it has. */
  public int size() {
    return size;
  }

  /** A copy of all of it so far. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
