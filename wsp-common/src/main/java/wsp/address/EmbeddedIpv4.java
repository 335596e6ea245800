package wsp.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import wsp.destination.IpLiteral;

/**
 * IPv4 addresses inside IPv6 ones, to which a network may forward what is sent to the latter:
 * mapped and compatible (RFC 4291 §2.5.5), translated (RFC 2765 §2.1), 6to4 (RFC 3056), NAT64 (RFC
 * 6052, 8215), Teredo (RFC 4380), ISATAP (RFC 5214).
 */
final class EmbeddedIpv4 {
  private static final AddressRange MAPPED_OR_COMPATIBLE = AddressRange.parse("::/80");
  private static final AddressRange TRANSLATED = AddressRange.parse("::ffff:0:0:0/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");
  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
  private static final AddressRange LOCAL_NAT64 = AddressRange.parse("64:ff9b:1::/48");
  private static final AddressRange TEREDO = AddressRange.parse("2001::/32");

  private EmbeddedIpv4() {}

  /** All that an address may carry; none for most. */
  static List<InetAddress> in(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != 16) return List.of();
    List<InetAddress> found = new ArrayList<>();
    if (MAPPED_OR_COMPATIBLE.contains(address) && hasIpv4(bytes)) found.add(at(bytes, 12, 0));
    if (SIX_TO_FOUR.contains(address)) found.add(at(bytes, 2, 0));
    if (NAT64.contains(address) || TRANSLATED.contains(address)) found.add(at(bytes, 12, 0));
    if (LOCAL_NAT64.contains(address)) addLocalNat64(bytes, found);
    if (TEREDO.contains(address)) {
      found.add(at(bytes, 4, 0));
      found.add(at(bytes, 12, 0xff));
    }
    if (isIsatap(bytes)) found.add(at(bytes, 12, 0));
    return found;
  }

  /**
   * Only the network itself knows how long its prefix is: the address may be read in four ways (RFC
   * 6052 §2.2). Byte 8 is in none of them but the last. A reading of 0.x.x.x is no address that
   * anything could be sent to, but what the padding of another way looks like.
   */
  private static void addLocalNat64(byte[] b, List<InetAddress> found) {
    byte[] packed = b.clone();
    System.arraycopy(b, 9, packed, 8, 7);
    for (int start = 6; start <= 8; start++) addUnlessPadding(packed, start, found);
    addUnlessPadding(b, 12, found);
  }

  private static void addUnlessPadding(byte[] bytes, int start, List<InetAddress> found) {
    if (bytes[start] != 0) found.add(at(bytes, start, 0));
  }

  /** Not so the loopback address and its like, which are what they are: of IPv6. */
  private static boolean hasIpv4(byte[] b) {
    boolean mapped = b[10] == -1 && b[11] == -1;
    boolean compatible = b[10] == 0 && b[11] == 0 && (b[12] != 0 || b[13] != 0);
    return mapped || compatible;
  }

  private static boolean isIsatap(byte[] b) {
    return (b[8] & ~0x02) == 0 && b[9] == 0 && b[10] == 0x5e && (b[11] & 0xff) == 0xfe;
  }

  private static InetAddress at(byte[] bytes, int start, int xor) {
    byte[] quad = new byte[4];
    for (int i = 0; i < 4; i++) quad[i] = (byte) (bytes[start + i] ^ xor);
    return IpLiteral.address(quad);
  }
}
