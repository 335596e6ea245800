package wsp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

class AddressGuardTest {
  private static boolean permits(AddressGuard guard, String address) throws Exception {
    return guard.permits(InetAddress.getByName(address));
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::parse).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "fe80::a9fe:a9fe",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd00:ec2::253",
        "fd00:c1::a9fe:a9fe",
        "fd00:100::100:200",
        "fd00:a9fe:a9fe::1",
        "100.96.0.96",
        "fd20:ce::254",
        "fd00:42::42",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "224.0.0.1",
        "239.255.255.255",
        "ff02::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "255.255.255.255"
      })
  void byDefaultWhatNobodyHasAnAPIAtIsDenied(String address) throws Exception {
    assertFalse(permits(AddressGuard.DEFAULT, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "192.0.2.1",
        "fd12:3456::1",
        "2001:db8::1",
        "2606:4700::1111",
        "2002:c000:201::1",
        "64:ff9b::192.0.2.1",
        "64:ff9b:1::192.0.2.1",
        "64:ff9b:1:c000:2:100::"
      })
  void byDefaultLoopbackPrivateAndPublicAddressesAreAllowed(String address) throws Exception {
    assertTrue(permits(AddressGuard.DEFAULT, address));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "compatible, ::169.254.169.254",
    "6to4, 2002:a9fe:a9fe::1",
    "NAT64, 64:ff9b::169.254.169.254",
    "NAT64 of a network, 64:ff9b:1::169.254.169.254",
    "NAT64 of a network of 48 bits, 64:ff9b:1:a9fe:a9:fe00::",
    "NAT64 of a network of 56 bits, 64:ff9b:1:12a9:fe:a9fe::",
    "NAT64 of a network of 64 bits, 64:ff9b:1:1234:a9:fea9:fe00:0",
    "translated, ::ffff:0:169.254.169.254",
    "Teredo client, 2001:0:c000:201:0:0:5601:5601",
    "Teredo server, 2001:0:a9fe:a9fe::1",
    "ISATAP, 2001:db8::5efe:a9fe:a9fe",
    "ISATAP of a public address, 2001:db8::200:5efe:a9fe:a9fe",
  })
  void anAddressThatCarriesADeniedOneIsDenied(String form, String address) throws Exception {
    assertFalse(permits(AddressGuard.DEFAULT, address));
  }

  @Test
  void aMappedAddressIsDeniedHoweverItIsRepresented() throws Exception {
    assertFalse(permits(AddressGuard.DEFAULT, "::ffff:169.254.169.254"));
    byte[] mapped = new byte[16];
    byte[] tail = {-1, -1, (byte) 169, (byte) 254, (byte) 169, (byte) 254};
    System.arraycopy(tail, 0, mapped, 10, 6);
    InetAddress six = Inet6Address.getByAddress(null, mapped, -1);
    assertEquals(16, six.getAddress().length);
    assertFalse(AddressGuard.DEFAULT.permits(six));
  }

  @Test
  void theZoneOfAnAddressDoesNotCount() throws Exception {
    byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
    assertFalse(AddressGuard.DEFAULT.permits(Inet6Address.getByAddress(null, linkLocal, 7)));
  }

  @Test
  void ifAnyAreAllowedOnlyThoseAre() throws Exception {
    AddressGuard guard = new AddressGuard(ranges("10.0.0.0/8"), AddressGuard.DEFAULT_DENIED);
    assertTrue(permits(guard, "10.1.2.3"));
    assertTrue(permits(guard, "::ffff:10.1.2.3"));
    for (String other : List.of("127.0.0.1", "11.0.0.1", "::1", "64:ff9b::10.1.2.3"))
      assertFalse(permits(guard, other), other);
  }

  @Test
  void whatIsDeniedIsDeniedEvenIfItIsAllowed() throws Exception {
    AddressGuard guard = new AddressGuard(ranges("0.0.0.0/0", "::/0"), ranges("10.0.0.53"));
    assertTrue(permits(guard, "10.0.0.52"));
    assertFalse(permits(guard, "10.0.0.53"));
    assertFalse(permits(guard, "2002:a00:35::1"));
    assertTrue(permits(guard, "169.254.169.254"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.3.2.1",
        "::1",
        "0.0.0.0",
        "::",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::"
      })
  void selfIsThisMachineInEverySpelling(String address) throws Exception {
    AddressGuard self = new AddressGuard(List.of(), List.of(), true);
    assertFalse(permits(self, address));
    assertTrue(self.why(InetAddress.getByName(address)).startsWith("denyaddresses has self"));
    assertTrue(permits(self, "192.0.2.1"));
    assertTrue(permits(self, "2001:db8::1"));
  }

  @Test
  void selfIsWhateverAddressesTheInterfacesHave() throws Exception {
    AddressGuard self = new AddressGuard(List.of(), List.of(), true);
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList())
      for (InetAddress own : each.inetAddresses().toList()) assertFalse(self.permits(own));
  }

  @Test
  void theConfigurationKnowsTheWordSelfAmongWhatIsDeniedOnly() throws Exception {
    ConfigFile file = ConfigFile.parse("c", "denyaddresses: [default, self, 10.0.0.53]");
    AddressGuard guard = AddressGuard.of(file);
    assertTrue(guard.self());
    assertFalse(permits(guard, "127.0.0.1"));
    assertFalse(permits(guard, "10.0.0.53"));
    assertFalse(permits(guard, "169.254.169.254"));
    List<?> printed = (List<?>) file.effective.print().get("DenyAddresses");
    assertTrue(printed.contains("169.254.0.0/16") && printed.contains("self"), "" + printed);
    assertThrows(
        ConfigException.class,
        () -> AddressGuard.of(ConfigFile.parse("c", "allowaddresses: [self]")));
  }
}
