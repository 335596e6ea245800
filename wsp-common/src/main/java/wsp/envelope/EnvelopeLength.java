package wsp.envelope;

/**
 * How long a head is in an envelope, where a byte that is no UTF-8 has six characters
 * (docs/wire.md). Stateless.
 */
public final class EnvelopeLength {
  /** What the other side takes by default. */
  private static final int USUAL = 1 << 20;

  /** For all but the fields, and what a daemon adds to them. */
  private static final int REST = 16 << 10;

  private static final int CHARACTERS_PER_BYTE = 6;

  /** Around a name and its value. */
  private static final int AROUND = 10;

  private EnvelopeLength() {}

  /**
   * What the fields of a head may have at most.
   *
   * @param maxHeader bytes of a head: where it is more than is taken by default, the other side is
   *     taken to have been told so as well
   */
  public static int most(int maxHeader) {
    return Math.max(USUAL, maxHeader) - REST;
  }

  /** True if only the whole envelope can tell whether a head of so many bytes fits. */
  public static boolean isDoubtful(long bytes, int most) {
    return bytes > most / CHARACTERS_PER_BYTE;
  }

  public static long of(Headers fields) {
    long[] sum = {0};
    fields.forEach((name, value) -> sum[0] += AROUND + name.length() + of(value));
    return sum[0];
  }

  private static long of(String value) {
    long sum = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) sum += CHARACTERS_PER_BYTE;
      else if (c >= 0x80) sum += 3;
      else sum += c < ' ' || c == '"' || c == '\\' ? 2 : 1;
    }
    return sum;
  }
}
