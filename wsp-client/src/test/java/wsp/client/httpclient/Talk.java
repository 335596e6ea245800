package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** What a test says and hears by a socket of ASCII. */
final class Talk {
  private Talk() {}

  static void write(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  static String read(Socket from, int n) throws IOException {
    return new String(from.getInputStream().readNBytes(n), StandardCharsets.US_ASCII);
  }

  static void assertShut(Socket socket) throws IOException {
    try (socket) {
      assertEquals(-1, socket.getInputStream().read());
    } catch (SocketException e) {
      // It was reset, which says the same.
    }
  }

  static boolean isOpen(Socket socket) {
    try {
      socket.setSoTimeout(100);
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
