package wsp.address;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * The addresses of this machine: loopback, unspecified, and those of its interfaces. The system is
 * asked each time, which takes some microseconds for each connection: they come and go. An address
 * that something else translates into one of these is not known here. Safe for all threads.
 */
public final class OwnAddresses {
  private OwnAddresses() {}

  /** True if it is one of them; also if the system does not say. */
  public static boolean have(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) return true;
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
