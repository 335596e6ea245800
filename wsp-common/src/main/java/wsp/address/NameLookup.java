package wsp.address;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Knows the addresses of names, as {@link SystemNames} does. May block. */
@FunctionalInterface
public interface NameLookup {
  /** All addresses of a host, one at least. */
  InetAddress[] all(String host) throws UnknownHostException;
}
