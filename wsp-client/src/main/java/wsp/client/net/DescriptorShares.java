package wsp.client.net;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import wsp.process.Descriptors;

/**
 * What the file descriptors of the process suffice for, whatever the configuration allows: so that
 * neither a server with all the requests it can send, nor a caller with all the origins it can
 * name, takes those that the other targets need.
 *
 * @param exchanges requests that each target may have here at once, with all servers that its name
 *     stands for: each takes a descriptor to its server at most, and one to an origin, at most
 * @param idleOrigins connections to origins that may be kept without use
 * @param attempts connections that may be attempted beside the one of each request, at other
 *     addresses of its origin; and as many, of servers that are dialled
 */
public record DescriptorShares(int exchanges, int idleOrigins, int attempts) {
  private static final int MOST_STRANGERS = 1000;
  private static final int LEAST_STRANGERS = 8;
  private static final int MOST_IDLE = 4096;
  private static final int LEAST_IDLE = 8;
  private static final int MOST_ATTEMPTS = 1024;

  /**
   * Connections of this machine's other programs that may be open to a port on the loopback: half
   * as many as may be idle.
   */
  public int strangers() {
    return Math.max(LEAST_STRANGERS, Math.min(MOST_STRANGERS, idleOrigins / 2));
  }

  public static DescriptorShares ofProcess(int targets) {
    return of(Descriptors.limit(), targets);
  }

  /**
   * A warning about a limit that is too low for what the configuration allows each target; or null.
   *
   * @param links connections to it, each with one to an origin, on version 1 of the wire
   * @param exchanges requests at once, on version 2
   */
  public static @Nullable String warning(
      OptionalLong limit, int targets, int links, int exchanges) {
    long connections = Math.max(2L * links, exchanges) * targets;
    String keys = "twice poolmaxsize, or maxexchanges, for each target";
    String few = Descriptors.warning(limit, connections, keys);
    int most = of(limit, targets).exchanges;
    return few == null
        ? null
        : few + "; until then each target may have " + most + " requests here at a time at most";
  }

  /**
   * The shares for each of so many targets.
   *
   * @param limit descriptors that the process may have; empty if that is not known
   */
  public static DescriptorShares of(OptionalLong limit, int targets) {
    if (limit.isEmpty()) return new DescriptorShares(Integer.MAX_VALUE, MOST_IDLE, MOST_ATTEMPTS);
    long free = Math.max(0, limit.getAsLong() - Descriptors.BESIDE);
    int idle = (int) Math.max(LEAST_IDLE, Math.min(MOST_IDLE, free / 4));
    int attempts = (int) Math.min(MOST_ATTEMPTS, free / 32);
    long each = (free - idle - 2L * attempts) / 2 / Math.max(1, targets);
    return new DescriptorShares(
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, each)), idle, attempts);
  }
}
