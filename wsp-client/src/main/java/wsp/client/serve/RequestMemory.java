package wsp.client.serve;

import wsp.envelope.EnvelopeLength;
import wsp.envelope.Headers;
import wsp.limit.Budget;

/** What one request holds of the memory for those that run. Safe for all threads. */
final class RequestMemory {
  /** A head is here in several forms while its request runs. */
  private static final int TIMES_SIZE = 3;

  /** And for each field, however short it is: objects have a size of their own. */
  private static final int PER_FIELD = 128;

  private final Budget.Share share;

  RequestMemory(Budget.Share share) {
    this.share = share;
  }

  /**
   * Holds a head, of an envelope of so many characters.
   *
   * @return false if there is no memory for it; then nothing is held for it
   */
  boolean holdsHead(int size, Headers fields) {
    return holds((long) TIMES_SIZE * size, fields);
  }

  /** The same for what follows the body. */
  boolean holdsTrailers(Headers fields) {
    return holds(TIMES_SIZE * EnvelopeLength.of(fields), fields);
  }

  private boolean holds(long text, Headers fields) {
    long bytes = text + (long) PER_FIELD * fields.size();
    if (share.add(bytes)) return true;
    share.add(-bytes);
    return false;
  }

  /** Gives all back, and holds nothing from now on. */
  void close() {
    share.close();
  }
}
