package wsp.client.serve;

import wsp.envelope.FieldMemory;
import wsp.envelope.Headers;
import wsp.limit.Budget;

/** What one request holds of the memory for those that run. Safe for all threads. */
final class RequestMemory {
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
    return share.tryAdd(FieldMemory.of(size, fields.size()));
  }

  /** The same for what follows the body. */
  boolean holdsTrailers(Headers fields) {
    return share.tryAdd(FieldMemory.of(fields));
  }

  /** Gives all back, and holds nothing from now on. */
  void close() {
    share.close();
  }
}
