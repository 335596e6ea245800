package wsp.destination;

/** IPv4 addresses as dotted quads, in the only form that every resolver reads alike. */
final class Ipv4 {
  private Ipv4() {}

  /** The 32 bits of four decimal numbers without leading zeros, or -1 for any other text. */
  static long parse(String text) {
    String[] numbers = text.split("\\.", -1);
    if (numbers.length != 4) return -1;
    long address = 0;
    for (String number : numbers) {
      int octet = octet(number);
      if (octet < 0) return -1;
      address = address << 8 | octet;
    }
    return address;
  }

  private static int octet(String number) {
    if (number.isEmpty() || number.length() > 3) return -1;
    if (number.length() > 1 && number.charAt(0) == '0') return -1;
    int value = 0;
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value > 255 ? -1 : value;
  }

  static String format(int high, int low) {
    return (high >> 8) + "." + (high & 255) + "." + (low >> 8) + "." + (low & 255);
  }
}
