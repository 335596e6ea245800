package wsp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 192.0.2.1:80",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1, [2001:db8::1]:80",
    "::1, ::1, [::1]:80",
    "::, ::, [::]:80",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, [2001:db8:1:2:3:4:5:6]:80",
    "fe80::a:10:0:0:1, fe80::a:10:0:0:1, [fe80::a:10:0:0:1]:80",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1, [2001:0:0:1::1]:80",
    "0:0:1:0:0:0:0:0, 0:0:1::, [0:0:1::]:80",
    "0:0:0:1:2:3:0:0, ::1:2:3:0:0, [::1:2:3:0:0]:80",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7, [1:0:2:3:4:5:6:7]:80",
  })
  void portAndAddressCanBeTold(String address, String alone, String withPort) throws Exception {
    InetAddress a = InetAddress.getByName(address);
    assertEquals(alone, AddressText.of(a));
    assertEquals(withPort, AddressText.withPort(a, 80));
    assertEquals(withPort, AddressText.withPort(new InetSocketAddress(a, 80)));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1",
    "fe80::1%3, fe80::1",
    "::%3, ::"
  })
  void anotherMachineIsToldNoZone(String address, String expected) throws Exception {
    assertEquals(expected, AddressText.withoutZone(InetAddress.getByName(address)));
  }

  @Test
  void aSocketThatIsGoneHasNone() {
    assertEquals("", AddressText.withPort(null));
    assertEquals("", AddressText.withPort(InetSocketAddress.createUnresolved("a.test", 80)));
  }
}
