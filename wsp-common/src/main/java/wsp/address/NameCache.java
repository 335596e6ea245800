package wsp.address;

import java.security.Security;

/**
 * How long this process remembers the addresses of names, and that a name has none. Java's default
 * is half a minute (and for good in some settings), which would keep a daemon at an address that
 * its name has had; what has to be remembered longer, its owner remembers.
 */
public final class NameCache {
  private static final String FOUND = "networkaddress.cache.ttl";
  private static final String FOUND_SYSTEM = "sun.net.inetaddr.ttl";
  private static final String NOT_FOUND = "networkaddress.cache.negative.ttl";
  private static final String NOT_FOUND_SYSTEM = "sun.net.inetaddr.negative.ttl";

  /** The value that Java itself ships, which no operator has chosen. */
  private static final String NOT_FOUND_DEFAULT = "10";

  private static final String SECONDS = "1";

  /** Of a failure that it remembers, Java forgets why: whether it is one that passes. */
  private static final String NOT_AT_ALL = "0";

  private NameCache() {}

  /**
   * Shortens it to a second, which is enough for a burst of connections, and to nothing for a name
   * that was not found, unless an operator has set it. Before the first name is looked up: after
   * that it has no effect.
   */
  public static void keepShort() {
    if (Security.getProperty(FOUND) == null && System.getProperty(FOUND_SYSTEM) == null)
      Security.setProperty(FOUND, SECONDS);
    String notFound = Security.getProperty(NOT_FOUND);
    boolean unset = notFound == null || notFound.equals(NOT_FOUND_DEFAULT);
    if (unset && System.getProperty(NOT_FOUND_SYSTEM) == null)
      Security.setProperty(NOT_FOUND, NOT_AT_ALL);
  }
}
