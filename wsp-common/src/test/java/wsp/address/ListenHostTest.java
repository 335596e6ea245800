package wsp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

class ListenHostTest {
  private static String read(String host) throws ConfigException {
    return ListenHost.read(ConfigFile.parse("test.cfg", "host : '" + host + "'"), "host", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "0.0.0.0",
        "0",
        "127.1",
        "::",
        "::1",
        "[::1]",
        "fe80::1%eth0",
        "localhost",
        "wsp-1.example.com",
        "wsp.example.com.",
        "my_host"
      })
  void addressesAndNamesAreHosts(String host) throws Exception {
    assertEquals(host, read(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0:8080",
        "localhost:8080",
        "[::1]:8080",
        "[::]:8080",
        ":8080",
        "http://0.0.0.0",
        "*",
        "0.0.0.0/0",
        "256.0.0.1",
        "127.0.0.1, 10.0.0.1",
        "127.0.0.1 ",
        "[127.0.0.1"
      })
  void whatCanNeverBeListenedOnIsAnError(String host) {
    String error = assertThrows(ConfigException.class, () -> read(host)).getMessage();
    assertTrue(error.startsWith("test.cfg: host: an address such as 127.0.0.1,"), error);
    assertTrue(error.contains("without a port (which has a key of its own: port)"), error);
    assertTrue(error.endsWith(" is expected, not '" + host + "'"), error);
  }

  private static InetAddress[] lookUp(String host) throws UnknownHostException {
    if (host.endsWith("invalid")) throw new UnknownHostException(host);
    byte[] address = {(byte) 192, 0, 2, (byte) (host.startsWith("here") ? 1 : 2)};
    return new InetAddress[] {InetAddress.getByAddress(address)};
  }

  private static String warning(String host) {
    return ListenHost.warning(
        "host", host, ListenHostTest::lookUp, address -> address.getAddress()[3] == 1);
  }

  @Test
  void anAddressThatIsNotHereIsWarnedOf() {
    assertNull(warning("here.test"));
    String until = ": a start fails until there is one, which may be at boot; correct it otherwise";
    assertEquals(
        "host: no interface of this machine has the address of there.test" + until,
        warning("there.test"));
    assertEquals("host: the name a.invalid has no address" + until, warning("a.invalid"));
  }

  @Test
  void everyAddressAndLoopbackAreHere() {
    assertNull(ListenHost.warning("host", "0.0.0.0"));
    assertNull(ListenHost.warning("host", "127.0.0.1"));
    assertNull(ListenHost.warning("host", "::"));
  }
}
