package wsp.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.destination.IpLiteral;

/**
 * A range of IPv4 or IPv6 addresses (CIDR, RFC 4632 §3.1, RFC 4291 §2.3). Immutable; safe for all
 * threads.
 */
public final class AddressRange {
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  private final byte[] network;
  private final int prefix;

  private AddressRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fe80::/10}, or a single address.
   *
   * @throws IllegalArgumentException for anything else; its message ends in "is expected"
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address == null)
      throw new IllegalArgumentException("an address, or a range such as 10.0.0.0/8, is expected");
    int bits = address.length * 8;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits)
      throw new IllegalArgumentException("a number up to " + bits + " after the slash is expected");
    AddressRange range = new AddressRange(masked(address, prefix), prefix);
    // The author of 10.1.2.3/8 may have meant 10.1.2.3 as well as 10.0.0.0/8.
    if (!Arrays.equals(range.network, address))
      throw new IllegalArgumentException(range + " or " + show(address) + " is expected");
    return range;
  }

  /**
   * What a key lists; the default is without the key, and for the word {@code default} in it,
   * unless that is nobody.
   */
  public static List<AddressRange> list(
      ConfigFile config, String key, List<AddressRange> defaultValue) throws ConfigException {
    return list(config, key, defaultValue, List.of());
  }

  /** The same, with words among them that stand for something else. */
  static List<AddressRange> list(
      ConfigFile config, String key, List<AddressRange> defaultValue, List<String> words)
      throws ConfigException {
    List<AddressRange> ranges = new ArrayList<>();
    List<String> texts = config.strings(key);
    if (!config.has(key)) ranges.addAll(defaultValue);
    for (String text : texts) {
      try {
        if (text.equals("default") && !defaultValue.isEmpty()) ranges.addAll(defaultValue);
        else if (!words.contains(text)) ranges.add(parse(text));
      } catch (IllegalArgumentException e) {
        throw new ConfigException(
            config.where(key) + ": " + e.getMessage() + ", not '" + text + "'");
      }
    }
    Stream<String> known = words.stream().filter(texts::contains);
    config.effective.note(
        key, Stream.concat(ranges.stream().map(AddressRange::toString), known).toList());
    return List.copyOf(ranges);
  }

  private static int prefix(String text) {
    return PREFIX.matcher(text).matches() ? Integer.parseInt(text) : -1;
  }

  /** The bytes of a literal, or null; nothing is ever looked up. */
  private static byte @Nullable [] literal(String text) {
    InetAddress address = IpLiteral.of(text);
    return address == null ? null : address.getAddress();
  }

  private static byte[] masked(byte[] address, int prefix) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] &= bits(Math.max(0, Math.min(8, prefix - i * 8)));
    }
    return masked;
  }

  /** A byte of which so many bits are set, from the highest on. */
  private static byte bits(int count) {
    return (byte) (0xff << (8 - count));
  }

  /** True if an address lies in it. IPv4 addresses lie in ranges of IPv4 only. */
  public boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  /** The same, of 4 or 16 bytes. */
  boolean contains(byte[] address) {
    if (address.length != network.length) return false;
    int whole = prefix / 8;
    if (!Arrays.equals(address, 0, whole, network, 0, whole)) return false;
    return prefix % 8 == 0 || (address[whole] & bits(prefix % 8)) == network[whole];
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof AddressRange r && prefix == r.prefix && Arrays.equals(network, r.network);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(network) * 31 + prefix;
  }

  @Override
  public String toString() {
    String address = show(network);
    return prefix == network.length * 8 ? address : address + "/" + prefix;
  }

  private static String show(byte[] address) {
    return AddressText.of(IpLiteral.address(address));
  }
}
