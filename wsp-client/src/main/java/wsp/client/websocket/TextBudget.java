package wsp.client.websocket;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of all text messages that have begun and are not whole: without a bound, a server
 * could begin a long one on each of its connections. Safe for all threads.
 */
final class TextBudget {
  private final AtomicLong left;

  /**
   * @param bytes for all connections together
   */
  TextBudget(long bytes) {
    left = new AtomicLong(bytes);
  }

  Share share() {
    return new Share();
  }

  /** What one connection has of it. */
  final class Share {
    private final AtomicLong taken = new AtomicLong();

    /** Takes so many bytes more, if there are. */
    void charge(int bytes) throws ProtocolViolationException {
      taken.addAndGet(bytes);
      if (left.addAndGet(-bytes) < 0)
        throw new ProtocolViolationException(
            1009, "too many long messages have begun on all connections");
    }

    /** Gives everything back. */
    void release() {
      left.addAndGet(taken.getAndSet(0));
    }
  }
}
