package wsp.server.listener;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressText;
import wsp.limit.PerAddress;

/** The other end of a connection, as the socket has it. Safe for all threads. */
public final class Remote {
  private final @Nullable InetAddress address;
  private final boolean secure;
  private final String text;
  private final Bond bond;

  public Remote(@Nullable InetAddress address, int port, boolean secure) {
    this.address = address;
    this.secure = secure;
    // Every request of the connection is going to be noted with it.
    this.text = address == null ? "unknown" : AddressText.withPort(address, port);
    this.bond = new Bond(address == null ? text : PerAddress.key(address));
  }

  static Remote of(@Nullable SocketAddress peer, boolean secure) {
    return peer instanceof InetSocketAddress a
        ? new Remote(a.getAddress(), a.getPort(), secure)
        : new Remote(null, 0, secure);
  }

  /** Null if the connection was gone already. */
  public @Nullable InetAddress address() {
    return address;
  }

  /** The address as it is counted; of one that is not known, the text. */
  Object network() {
    return address == null ? text : PerAddress.key(address);
  }

  public boolean secure() {
    return secure;
  }

  public Bond bond() {
    return bond;
  }

  /** For logs: address and port, as {@code [2001:db8::1]:5000}. */
  @Override
  public String toString() {
    return text;
  }
}
