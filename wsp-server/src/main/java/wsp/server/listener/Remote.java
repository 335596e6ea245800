package wsp.server.listener;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection, as the socket has it.
 *
 * @param address null if the connection is gone already
 * @param secure whether it speaks TLS
 */
public record Remote(@Nullable InetAddress address, int port, boolean secure) {
  /** For logs: address and port. */
  @Override
  public String toString() {
    return address == null ? "unknown" : address.getHostAddress() + ":" + port;
  }
}
