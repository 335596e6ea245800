package wsp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

class AddressRangeTest {
  @ParameterizedTest(name = "{0}: {1} to {2}, not {3} nor {4}")
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
    "192.0.2.128/25, 192.0.2.128, 192.0.2.255, 192.0.2.127, 192.0.3.0",
    "172.16.0.0/12, 172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
    "192.0.2.1, 192.0.2.1, 192.0.2.1, 192.0.2.0, 192.0.2.2",
    "192.0.2.1/32, 192.0.2.1, 192.0.2.1, 192.0.2.0, 192.0.2.2",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255, ::, ::1",
    "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0.0.0.0, 10.0.0.1",
    "fe80::/10, fe80::, febf:ffff::1, fec0::, fe7f:ffff::1",
    "2001:db8::1, 2001:db8::1, 2001:db8::1, 2001:db8::, 2001:db8::2",
  })
  void aRangeHasItsEndsAndNotTheirNeighbours(
      String range, String first, String last, String before, String after) throws Exception {
    AddressRange r = AddressRange.parse(range);
    assertTrue(r.contains(InetAddress.getByName(first)));
    assertTrue(r.contains(InetAddress.getByName(last)));
    assertFalse(r.contains(InetAddress.getByName(before)));
    assertFalse(r.contains(InetAddress.getByName(after)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/8", "1.2.3.4", "::", "::1", "fe80::/10", "fd00:ec2::254", "1:2:3::/48"})
  void aRangeIsShownAsItIsWritten(String text) {
    assertEquals(text, AddressRange.parse(text).toString());
    assertEquals(AddressRange.parse(text), AddressRange.parse(text));
    assertEquals(AddressRange.parse(text).hashCode(), AddressRange.parse(text).hashCode());
  }

  @Test
  void rangesThatBeginAlikeAreNotTheSame() {
    assertNotEquals(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("10.0.0.0/9"));
    assertEquals(AddressRange.parse("10.0.0.1"), AddressRange.parse("10.0.0.1/32"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "localhost",
        "fade",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0/8",
        "10",
        "010.0.0.0/8",
        "256.0.0.0",
        "1.2.3.4 ",
        "::/129",
        "1::2::3",
        "fe80::1%eth0",
        "[::1]",
        "10.0.0.1/8",
        "fe80::1/10",
      })
  void anythingElseIsRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text)).getMessage();
    assertTrue(message.endsWith("is expected"), message);
  }

  @Test
  void aListMayKeepItsDefault() throws Exception {
    List<AddressRange> byDefault = List.of(AddressRange.parse("::1"));
    assertEquals("[::1]", list("", byDefault));
    assertEquals("[]", list("x: []", byDefault));
    assertEquals("[10.0.0.1]", list("x: 10.0.0.1", byDefault));
    assertEquals("[10.0.0.1, ::1]", list("x: [10.0.0.1, default]", byDefault));
    assertThrows(ConfigException.class, () -> list("x: [10.0.0.1, default]", List.of()));
  }

  private static String list(String yaml, List<AddressRange> byDefault) throws ConfigException {
    return AddressRange.list(ConfigFile.parse("f", yaml), "x", byDefault).toString();
  }

  @Test
  void anErrorNamesFileKeyAndValue() {
    ConfigException e = assertThrows(ConfigException.class, () -> list("x: 10.0.0.1/8", List.of()));
    assertEquals("f: x: 10.0.0.0/8 or 10.0.0.1 is expected, not '10.0.0.1/8'", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void eachPrefixComparesJustItsOwnBits(int length) throws Exception {
    byte[] network = new byte[length];
    for (int prefix = 0; prefix <= length * 8; prefix++) {
      // Ones as far as the prefix goes: signs of bytes must not matter.
      if (prefix > 0) network[(prefix - 1) / 8] |= (byte) (0x80 >>> (prefix - 1) % 8);
      AddressRange range =
          AddressRange.parse(InetAddress.getByAddress(network).getHostAddress() + "/" + prefix);
      for (int bit = 0; bit < length * 8; bit++) {
        byte[] other = network.clone();
        other[bit / 8] ^= (byte) (0x80 >>> bit % 8);
        assertEquals(bit >= prefix, range.contains(other), range + " with another bit " + bit);
      }
      assertTrue(range.contains(network), range::toString);
      assertFalse(range.contains(new byte[20 - length]), range::toString);
    }
  }
}
