package wsp.observe;

import wsp.destination.IpLiteral;

/**
 * The address in what is noted of a caller, without port, brackets and zone: what programs that
 * read the combined format take for a host, and no other word is one to them.
 */
final class AddressAlone {
  private static final int LONGEST = 45;

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
    return alone(colon < 0 ? word : word.substring(0, colon));
  }

  private static String ipv6(String text) {
    int zone = text.indexOf('%');
    return alone(zone < 0 ? text : text.substring(0, zone));
  }

  private static String alone(String address) {
    return address.length() <= LONGEST && IpLiteral.is(address) ? address : "";
  }
}
