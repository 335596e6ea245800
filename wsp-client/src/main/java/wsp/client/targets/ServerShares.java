package wsp.client.targets;

import wsp.client.tunnel.Serving;
import wsp.limit.Budget;
import wsp.tunnel.v2.Windows;

/**
 * What the links to one server may take of the memory of this client. Where there are several
 * servers, each has as much as is free: one that fills all it may leaves the others as much as it
 * has itself, and what it does costs no request of theirs. Safe for all threads.
 *
 * @param serving serves its requests
 * @param envelopes for those that are not whole, and for answers that wait for the server
 * @param windows for bodies of requests on version 2
 */
record ServerShares(Serving serving, Budget envelopes, Windows windows) {
  /** All that there is; of bodies of requests on version 2, so many bytes. */
  static ServerShares all(Serving serving, Budget envelopes, long maxBuffered) {
    return new ServerShares(serving, envelopes, new Windows(maxBuffered));
  }

  /** Those of one of several servers, out of these, which are all that there is. */
  ServerShares one() {
    return new ServerShares(serving.ofOneServer(), envelopes.fairPart(), windows.part());
  }
}
