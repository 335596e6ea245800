package wsp.client.net;

import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import wsp.process.Descriptors;

/**
 * Why there is no TCP connection, as far as the kernel tells. The JDK has one exception for several
 * of its errors; what is left then are its words, which another language than English may hide.
 */
public enum ConnectFault {
  /** The other end refuses: nothing listens there. */
  REFUSED,
  /** Nothing has come back, within our limit or that of the kernel (ETIMEDOUT). */
  TIMEOUT,
  NO_ROUTE,
  /** This machine has no local port left for that place (EADDRNOTAVAIL). */
  NO_PORT,
  /** This machine does not let this process connect there (EACCES, EPERM). */
  NOT_PERMITTED,
  NO_DESCRIPTOR,
  /** Anything else, such as a network that is not there. */
  OTHER;

  /**
   * What a failed attempt means.
   *
   * @param address that was connected to, or null if that is not known: without an address of its
   *     own in that family a machine says the same as without a port
   */
  static Exception at(@Nullable InetAddress address, Exception cause) {
    boolean port = cause instanceof BindException && !isDenied(cause);
    return port && address instanceof Inet4Address ? new NoPortException(cause) : cause;
  }

  /** The fault that this exception stands for, which came of a {@link Race} or of the JDK. */
  public static ConnectFault of(Exception cause) {
    if (cause instanceof SocketTimeoutException) return TIMEOUT;
    if (cause instanceof NoRouteToHostException) return NO_ROUTE;
    if (cause instanceof ConnectException)
      return text(cause).contains("timed out") ? TIMEOUT : REFUSED;
    if (cause instanceof NoPortException) return NO_PORT;
    if (isDenied(cause)) return NOT_PERMITTED;
    return Descriptors.areExhausted(cause) ? NO_DESCRIPTOR : OTHER;
  }

  private static boolean isDenied(Exception cause) {
    String text = text(cause);
    return text.contains("Permission denied") || text.contains("not permitted");
  }

  private static String text(Exception cause) {
    return String.valueOf(cause.getMessage());
  }

  /** There is no local port left. */
  private static final class NoPortException extends BindException {
    private static final long serialVersionUID = 1;

    NoPortException(Exception cause) {
      super(cause.getMessage());
      initCause(cause);
    }
  }
}
