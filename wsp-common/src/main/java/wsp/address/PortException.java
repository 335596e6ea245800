package wsp.address;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import wsp.process.Descriptors;

/**
 * An address and port cannot be listened on. One that is in use, or not permitted, needs a person;
 * an address that this machine does not have may come yet, as one does during a boot.
 */
public final class PortException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean passing;

  private PortException(String message, boolean passing, @Nullable Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /** Says why; what is to listen there is such as " for the admin port", or nothing. */
  public static PortException of(String host, int port, String what, Exception cause) {
    String where = "cannot listen on " + host + ":" + port + what + ": ";
    InetAddress address = new InetSocketAddress(host, port).getAddress();
    if (address == null)
      return new PortException(
          where + "the host has no address here, or not yet; see host", isName(host), cause);
    if (Descriptors.areExhausted(cause))
      return new PortException(where + Descriptors.exhausted(), true, cause);
    if (cause instanceof BindException && !OwnAddresses.have(address))
      return new PortException(
          where + cause.getMessage() + ": this machine does not have that address, or not yet",
          true,
          cause);
    return new PortException(
        where + cause.getMessage(), !(cause instanceof BindException) || isNotHere(cause), cause);
  }

  /** True if trying again later may help without any change. */
  public boolean passing() {
    return passing;
  }

  /** True for a name that the resolver may know in a while; anything else is no host at all. */
  private static boolean isName(String host) {
    return host.matches("[A-Za-z0-9._-]*[A-Za-z][A-Za-z0-9._-]*");
  }

  /** One that is there, but is still being looked into for duplicates. */
  private static boolean isNotHere(Exception cause) {
    String text = cause.getMessage();
    return text != null && text.contains("assign requested address");
  }
}
