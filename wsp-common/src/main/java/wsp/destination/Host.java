package wsp.destination;

import wsp.text.Ascii;

/**
 * Hosts in their one canonical spelling. Refuses every spelling that a resolver might take for
 * another address than the rules saw: numbers in other bases, short forms, encoded or mapped
 * delimiters.
 */
final class Host {
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;

  /** Before mapping, which can make a name shorter; it also bounds the time that mapping takes. */
  private static final int MAX_UNMAPPED = 1_000;

  private Host() {}

  static String canonical(String text) throws InvalidDestinationException {
    if (text.isEmpty()) throw new InvalidDestinationException("the host is empty");
    if (text.charAt(0) == '[') return Ipv6.canonical(text.substring(1, text.length() - 1));
    String name = Ascii.lower(toAscii(text));
    if (name.endsWith(".")) name = name.substring(0, name.length() - 1);
    checkName(name);
    if (endsInNumber(name) && Ipv4.parse(name) < 0)
      throw new InvalidDestinationException("an IPv4 address is four decimal numbers");
    return name;
  }

  /** To ASCII. Mapping may yield any character, so the outcome is what is checked. */
  private static String toAscii(String text) throws InvalidDestinationException {
    if (Ascii.isAll(text)) return text;
    if (text.length() > MAX_UNMAPPED) throw tooLong();
    return InternationalName.toAscii(text);
  }

  private static void checkName(String name) throws InvalidDestinationException {
    if (name.length() > MAX_NAME) throw tooLong();
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i < name.length() && name.charAt(i) != '.') {
        checkCharacter(name.charAt(i));
      } else {
        if (i == start) throw new InvalidDestinationException("a label of the host is empty");
        if (i - start > MAX_LABEL) throw tooLong();
        start = i + 1;
      }
    }
  }

  private static void checkCharacter(char c) throws InvalidDestinationException {
    if (!Ascii.isLetterOrDigit(c) && c != '-' && c != '_') {
      throw new InvalidDestinationException(
          "a host is made of letters, digits, '-', '_' and dots only");
    }
  }

  private static InvalidDestinationException tooLong() {
    return new InvalidDestinationException(
        "a host has at most " + MAX_NAME + " characters, and " + MAX_LABEL + " between dots");
  }

  /** True where resolvers look for an IPv4 address: the last label is a number in some base. */
  private static boolean endsInNumber(String name) {
    int last = name.lastIndexOf('.') + 1;
    boolean hex = name.startsWith("0x", last);
    for (int i = hex ? last + 2 : last; i < name.length(); i++) {
      int digit = Ascii.hex(name.charAt(i));
      if (digit < 0 || (digit > 9 && !hex)) return false;
    }
    return true;
  }
}
