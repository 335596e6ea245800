package wsp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.process.Descriptors;

class PortExceptionTest {
  private static IOException bind(String host, int port) {
    return assertThrows(
        IOException.class,
        () -> {
          try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
          }
        });
  }

  @Test
  void aPortInUseNeedsAPerson() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));
      int port = taken.getLocalPort();
      PortException e = PortException.of("127.0.0.1", port, "", bind("127.0.0.1", port));
      assertFalse(e.passing(), e.getMessage());
      assertTrue(e.getMessage().startsWith("cannot listen on 127.0.0.1:" + port + ": "));
    }
  }

  /** Of a block for documentation, which no machine has. */
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
  void anAddressThatIsNotThereMayCome(String host) {
    PortException e = PortException.of(host, 80, "", bind(host, 8080));
    assertTrue(e.passing(), e.getMessage());
    assertTrue(e.getMessage().endsWith("does not have that address, or not yet"), e.getMessage());
  }

  @Test
  void aNameThatIsNotKnownMayBecomeKnownAndNoNameNeverDoes() {
    Exception unresolved = new UnresolvedAddressException();
    assertTrue(PortException.of("no.such.invalid", 80, "", unresolved).passing());
    assertFalse(PortException.of("0.0.0.0:8080", 80, "", unresolved).passing());
    assertFalse(PortException.of("http://here", 80, "", unresolved).passing());
  }

  @Test
  void aDaemonWithoutADescriptorSaysSo() {
    PortException e =
        PortException.of("127.0.0.1", 80, "", new SocketException("Too many open files"));
    assertTrue(e.passing());
    assertEquals("cannot listen on 127.0.0.1:80: " + Descriptors.exhausted(), e.getMessage());
  }
}
