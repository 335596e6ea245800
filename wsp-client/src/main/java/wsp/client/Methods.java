package wsp.client;

import wsp.text.Ascii;

/** Methods that no URL can be requested with. Stateless. */
final class Methods {
  private Methods() {}

  /**
   * True for a method with which the target of a request line is no path, or the line is no
   * request: CONNECT (RFC 9110 §9.3.6), in any case, since there are origins that do not tell them
   * apart, and PRI, which begins HTTP/2 (RFC 9113 §3.4).
   */
  static boolean changeMeaning(String method) {
    return Ascii.equalsIgnoreCase("CONNECT", method) || Ascii.equalsIgnoreCase("PRI", method);
  }
}
