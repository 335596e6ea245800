package wsp.client.origin;

import java.time.Duration;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

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
  public static final int MAX_FIELDS = 1000;

  private static final Duration DAY = Duration.ofDays(1);

  public static OriginLimits of(ConfigFile file) throws ConfigException {
    return new OriginLimits(
        file.seconds("ConnectTimeout", 10),
        file.duration("ResponseTimeout", Duration.ZERO, Duration.ZERO, DAY),
        file.duration("KeepAlive", Duration.ofSeconds(4), Duration.ZERO, DAY),
        file.size("MaxHeader", 256 << 10, 1024, 1 << 24));
  }
}
