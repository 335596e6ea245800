package wsp.client.origin;

import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/**
 * Heads of responses that are within {@code maxheader}, and longer than servers take them: in an
 * envelope, a byte that is no UTF-8 has six characters (docs/wire.md).
 */
public final class LongHeads {
  /** What a server takes by default. */
  private static final int ENVELOPE = 1 << 20;

  /** For all but the fields, and what this client adds to them. */
  private static final int REST = 16 << 10;

  private static final int CHARACTERS_PER_BYTE = 6;

  /** Around a name and its value. */
  private static final int AROUND = 10;

  private final int most;

  /**
   * @param maxHeader bytes of a head: where it is more than servers take by default, they are taken
   *     to have been told so as well
   */
  public LongHeads(int maxHeader) {
    this.most = Math.max(ENVELOPE, maxHeader) - REST;
  }

  /** True if only the whole envelope can tell whether a head of so many bytes fits. */
  public boolean isDoubtful(long bytes) {
    return bytes > most / CHARACTERS_PER_BYTE;
  }

  /**
   * The same head, if it fits into an envelope.
   *
   * @param bytes how long it was on the way here
   */
  public ResponseEnvelope fitting(ResponseEnvelope head, long bytes) throws ReplayException {
    if (isDoubtful(bytes) && inEnvelope(head.headers()) > most)
      throw new ReplayException(
          Failure.LARGE_HEAD,
          "the response's head has "
              + bytes
              + " bytes, and more than servers take as JSON, where each byte that is no UTF-8 has"
              + " six characters");
    return head;
  }

  /** As {@link #fitting(ResponseEnvelope, long)}, by the length of its fields. */
  public ResponseEnvelope fitting(ResponseEnvelope head) throws ReplayException {
    return fitting(head, length(head.headers()));
  }

  private static long length(Headers fields) {
    long[] sum = {0};
    fields.forEach((name, value) -> sum[0] += name.length() + value.length());
    return sum[0];
  }

  /** How long the fields are as JSON, at most. */
  private static long inEnvelope(Headers fields) {
    long[] sum = {0};
    fields.forEach((name, value) -> sum[0] += AROUND + name.length() + inEnvelope(value));
    return sum[0];
  }

  private static long inEnvelope(String value) {
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
