package wsp.server.failure;

import wsp.observe.Side;

/**
 * What a {@link ProxyError} is to programs.
 *
 * @param phase in which it comes
 * @param side that is to blame
 * @param legacy the status of the original; 0 where there is no caller
 * @param standard the status of HTTP; likewise
 * @param type of RFC 9209 §2.3
 */
record ErrorRow(Phase phase, Side side, int legacy, int standard, String type) {
  enum Phase {
    REQUEST,
    LEASE,
    ANSWER
  }
}
