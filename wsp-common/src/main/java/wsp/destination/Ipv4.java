package wsp.destination;

/** IPv4 addresses as dotted quads, in the only form that every resolver reads alike. */
final class Ipv4 {
  private Ipv4() {}

  /** The 32 bits of four decimal numbers without leading zeros, or -1 for any other text. */
  static long parse(String text) {
    long address = 0;
    int start = 0;
    for (int octets = 1; octets <= 4; octets++) {
      int dot = text.indexOf('.', start);
      if ((dot < 0) != (octets == 4)) return -1;
      int end = dot < 0 ? text.length() : dot;
      int octet = octet(text, start, end);
      if (octet < 0) return -1;
      address = address << 8 | octet;
      start = end + 1;
    }
    return address;
  }

  private static int octet(String text, int start, int end) {
    if (start == end || end - start > 3) return -1;
    if (end - start > 1 && text.charAt(start) == '0') return -1;
    int value = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value > 255 ? -1 : value;
  }

  static String format(int high, int low) {
    return (high >> 8) + "." + (high & 255) + "." + (low >> 8) + "." + (low & 255);
  }
}
