package wsp.client.origin;

import wsp.envelope.EnvelopeLength;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/**
 * Heads of responses that are within {@code maxheader}, and longer than servers take them: in an
 * envelope, a byte that is no UTF-8 has six characters (docs/wire.md).
 */
public final class LongHeads {
  private final int most;

  /** More than servers take by default is taken to have been told to them as well. */
  public LongHeads(int maxHeader) {
    this.most = EnvelopeLength.most(maxHeader);
  }

  /** True if only the whole envelope can tell whether a head of so many bytes fits. */
  public boolean isDoubtful(long bytes) {
    return EnvelopeLength.isDoubtful(bytes, most);
  }

  /** The same head, of so many bytes on the way here, if it fits into an envelope. */
  public ResponseEnvelope fitting(ResponseEnvelope head, long bytes) throws ReplayException {
    if (isDoubtful(bytes) && EnvelopeLength.of(head.headers()) > most)
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
}
