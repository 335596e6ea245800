package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.destination.IpLiteral;

class ConnectFaultTest {
  private static Exception made(String kind, String words) {
    return switch (kind) {
      case "connect" -> new ConnectException(words);
      case "bind" -> new BindException(words);
      case "route" -> new NoRouteToHostException(words);
      case "timeout" -> new SocketTimeoutException(words);
      case "family" -> new UnsupportedAddressTypeException();
      default -> new SocketException(words);
    };
  }

  /** The JDK's exceptions for the errors of Linux, with the words of glibc and musl. */
  @ParameterizedTest
  @CsvSource({
    "connect, Connection refused,              127.0.0.1, REFUSED",
    "connect, Connexion refusée,               127.0.0.1, REFUSED",
    "connect, Connection timed out,            127.0.0.1, TIMEOUT",
    "connect, Operation timed out,             ::1,       TIMEOUT",
    "timeout, timeout,                         127.0.0.1, TIMEOUT",
    "route,   No route to host,                127.0.0.1, NO_ROUTE",
    "bind,    Cannot assign requested address, 127.0.0.1, NO_PORT",
    "bind,    Address not available,           127.0.0.1, NO_PORT",
    "bind,    Cannot assign requested address, ::1,       OTHER",
    "bind,    Permission denied,               127.0.0.1, NOT_PERMITTED",
    "socket,  Operation not permitted,         127.0.0.1, NOT_PERMITTED",
    "socket,  Network is unreachable,          127.0.0.1, OTHER",
    "socket,  Too many open files,             127.0.0.1, NO_DESCRIPTOR",
    "family,  '',                              ::1,       OTHER",
  })
  void theKernelSErrorIsToldAsItIs(String kind, String words, String address, ConnectFault fault) {
    Exception cause = ConnectFault.at(IpLiteral.of(address), made(kind, words));
    assertEquals(fault, ConnectFault.of(cause));
  }
}
