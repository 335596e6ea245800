package wsp.observe;

import wsp.address.AddressRange;

/**
 * The address in what is noted of a caller, without port, brackets and zone: what programs that
 * read the combined format take for a host, and no other word is one to them.
 */
final class AddressAlone {
  private static final int MOST_OF_IPV4 = 15;
  private static final int MOST_OF_IPV6 = 45;

  private AddressAlone() {}

  /**
   * Of the first word if that is an address; else of the last one: a proxy may not know, or not
   * say, for whom it asks, but its own address stands at the end. Empty if there is none.
   *
   * @param from as {@link ExchangeRecord#from}: {@code 192.0.2.1:5000}, {@code [2001:db8::1]:5000},
   *     or what a proxy says followed by {@code through} and one of these
   */
  static String of(String from) {
    int first = from.indexOf(' ');
    if (first < 0) return ofWord(from);
    String caller = ofWord(from.substring(0, first));
    return caller.isEmpty() ? ofWord(from.substring(from.lastIndexOf(' ') + 1)) : caller;
  }

  private static String ofWord(String word) {
    int colon = word.indexOf(':');
    if (word.startsWith("[")) {
      int end = word.indexOf(']');
      return end < 0 ? "" : ipv6(word.substring(1, end));
    }
    if (colon >= 0 && word.indexOf(':', colon + 1) >= 0) return ipv6(word);
    String host = colon < 0 ? word : word.substring(0, colon);
    return isIpv4(host) ? host : "";
  }

  /** Four numbers up to 255; without the leading zeros that some would read as octal. */
  private static boolean isIpv4(String text) {
    if (text.length() > MOST_OF_IPV4) return false;
    int dots = 0;
    int number = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && number >= 0) {
        dots++;
        number = -1;
      } else if (c >= '0' && c <= '9' && number != 0) {
        number = Math.max(number, 0) * 10 + (c - '0');
        if (number > 255) return false;
      } else return false;
    }
    return dots == 3 && number >= 0;
  }

  private static String ipv6(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (address.length() > MOST_OF_IPV6 || address.indexOf('/') >= 0) return "";
    try {
      // Nothing but a literal: no name is looked up.
      var unused = AddressRange.parse(address);
      return address;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
