package wsp.client.origin;

import java.net.InetAddress;
import java.util.List;
import wsp.address.OwnAddresses;

/**
 * A port of this machine that is for its administrators, so that no caller may have it as an
 * origin, by any name or address that it is asked for. Immutable.
 *
 * @param port 0: there is none
 */
public record OwnPort(int port) {
  /** Whether a connection to there would be one to this port. */
  public boolean isAt(InetAddress address, int originPort) {
    return port != 0 && originPort == port && OwnAddresses.have(address);
  }

  /** The addresses at which it is not this machine's port, one at least. */
  public List<InetAddress> without(Route route, List<InetAddress> addresses)
      throws ReplayException {
    if (port == 0 || route.port() != port) return addresses;
    List<InetAddress> others = addresses.stream().filter(a -> !isAt(a, route.port())).toList();
    if (others.isEmpty())
      throw new ReplayException(
          Failure.PROHIBITED_ADDRESS, "the address of " + route.host() + " is not allowed");
    return others;
  }
}
