package wsp.address;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The system's resolver, and the only place that asks it. May block for long, so it is called on
 * threads that nothing else waits for. {@link NameCache} says for how long the JVM remembers.
 */
public final class SystemNames {
  private SystemNames() {}

  /**
   * All addresses of a name, or the one that a literal stands for. A name with a trailing dot that
   * is not known is asked for without: lists of hosts in files are written so.
   */
  public static InetAddress[] all(String host) throws UnknownHostException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      if (!host.endsWith(".")) throw e;
      return InetAddress.getAllByName(host.substring(0, host.length() - 1));
    }
  }

  /** The first of them. */
  public static InetAddress first(String host) throws UnknownHostException {
    return all(host)[0];
  }
}
