package wsp.client.replay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.origin.Route;

/**
 * Tells the operator, once a minute at most, that an origin authenticates connections: its callers
 * may wonder why they cannot log in. Safe for all threads.
 */
final class AuthNotice {
  private static final Logger LOG = LoggerFactory.getLogger(AuthNotice.class);
  private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong next;

  /**
   * @param now in nanoTime
   */
  AuthNotice(long now) {
    next = new AtomicLong(now);
  }

  /** Says it, unless it was said a moment ago; true if it did. */
  boolean about(Route route, long now) {
    long due = next.get();
    if (now - due < 0 || !next.compareAndSet(due, now + INTERVAL)) return false;
    LOG.warn(
        "{} authenticates connections (NTLM or Negotiate): its connections are not kept, so that"
            + " no caller is taken for another, and a handshake of several steps fails; let it"
            + " offer another scheme, or Kerberos in one step",
        route.name());
    return true;
  }
}
