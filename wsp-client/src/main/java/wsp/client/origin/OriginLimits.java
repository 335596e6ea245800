package wsp.client.origin;

import java.time.Duration;

/**
 * Limits for origins: times and sizes.
 *
 * @param connectTimeout resolving its name, connecting and the TLS handshake, in all
 * @param responseTimeout from the request until the head of the response; zero for no limit
 * @param keepAlive how long a connection is kept without use
 * @param maxHeader bytes of a response head
 */
public record OriginLimits(
    Duration connectTimeout, Duration responseTimeout, Duration keepAlive, int maxHeader) {
  /** How many fields a response head may have. */
  public static final int MAX_FIELDS = 1000;

  /**
   * How many interim heads may come before that of a response: an origin that works for an hour
   * sends one a minute.
   */
  public static final int MAX_INTERIM = 100;
}
