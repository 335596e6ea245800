package wsp.observe;

import wsp.text.Ascii;

/** What an exchange is: how its request came, or what it became. */
public enum Kind {
  /** By {@code /request}; on the client, every one that is none of the others. */
  PLAIN,
  /** It went on with another protocol after a 101, whichever way it came. */
  UPGRADE,
  /** A tunnel, by CONNECT. */
  CONNECT,
  /** By its URL, as to a forward proxy. */
  FORWARD,
  ROUTE;

  /** In lower case, for logs and numbers. */
  public String word() {
    return Ascii.lower(name());
  }
}
