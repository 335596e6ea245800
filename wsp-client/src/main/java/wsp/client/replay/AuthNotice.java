package wsp.client.replay;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.origin.Route;
import wsp.limit.LogLimit;

/**
 * Tells the operator, once a minute at most, that an origin authenticates connections: its callers
 * may wonder why they cannot log in. Safe for all threads.
 */
final class AuthNotice {
  private static final Logger LOG = LoggerFactory.getLogger(AuthNotice.class);

  private final LogLimit limit = new LogLimit(Duration.ofMinutes(1));

  /** Says it, unless it was said a moment ago; true if it did. */
  boolean about(Route route, long now) {
    if (!limit.allows(now)) return false;
    LOG.warn(
        "{} authenticates connections (NTLM or Negotiate): those of callers that cannot be told"
            + " apart are not kept, and a handshake of theirs in several steps fails; let both"
            + " daemons speak version 2 of the wire, or the origin offer another scheme",
        route.name());
    return true;
  }
}
