package wsp.destination;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/** IPv6 addresses (RFC 4291 §2.2) to the spelling of RFC 5952. */
final class Ipv6 {
  private static final int GROUPS = 8;

  private Ipv6() {}

  /** An address without brackets; one that maps an IPv4 address becomes that dotted quad. */
  static String canonical(String text) throws InvalidDestinationException {
    if (text.indexOf('%') >= 0)
      throw new InvalidDestinationException("the zone of an address is not allowed");
    int[] groups = parse(text);
    return isMapped(groups) ? Ipv4.format(groups[6], groups[7]) : format(groups);
  }

  /** The 16 bytes of an address without brackets and zone; null for any other text. */
  static byte @Nullable [] bytes(String text) {
    try {
      int[] groups = parse(text);
      byte[] bytes = new byte[2 * GROUPS];
      for (int i = 0; i < GROUPS; i++) {
        bytes[2 * i] = (byte) (groups[i] >> 8);
        bytes[2 * i + 1] = (byte) groups[i];
      }
      return bytes;
    } catch (InvalidDestinationException e) {
      return null;
    }
  }

  private static boolean isMapped(int[] groups) {
    for (int i = 0; i < 5; i++) {
      if (groups[i] != 0) return false;
    }
    return groups[5] == 0xffff;
  }

  private static int[] parse(String text) throws InvalidDestinationException {
    int gap = text.indexOf("::");
    if (gap < 0) {
      int[] groups = groups(text, true);
      if (groups.length != GROUPS) throw bad();
      return groups;
    }
    int[] head = groups(text.substring(0, gap), false);
    int[] tail = groups(text.substring(gap + 2), true);
    if (head.length + tail.length >= GROUPS) throw bad();
    int[] groups = Arrays.copyOf(head, GROUPS);
    System.arraycopy(tail, 0, groups, GROUPS - tail.length, tail.length);
    return groups;
  }

  private static int[] groups(String text, boolean mayEndInIpv4)
      throws InvalidDestinationException {
    if (text.isEmpty()) return new int[0];
    String[] parts = text.split(":", -1);
    int[] groups = new int[parts.length + 1];
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (mayEndInIpv4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        long address = Ipv4.parse(parts[i]);
        if (address < 0) throw bad();
        groups[count++] = (int) (address >> 16);
        groups[count++] = (int) (address & 0xffff);
      } else {
        groups[count++] = group(parts[i]);
      }
    }
    return Arrays.copyOf(groups, count);
  }

  private static int group(String text) throws InvalidDestinationException {
    if (text.isEmpty() || text.length() > 4) throw bad();
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = Ascii.hex(c);
      if (digit < 0) throw bad();
      value = value << 4 | digit;
    }
    return value;
  }

  private static InvalidDestinationException bad() {
    return new InvalidDestinationException("the host is not a valid IPv6 address");
  }

  /** Lower case, no leading zeros, the first longest run of two or more zero groups as "::". */
  private static String format(int[] groups) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) end++;
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    if (start < 0) return join(groups, 0, GROUPS);
    return join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < to; i++) {
      if (i > from) out.append(':');
      out.append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }
}
