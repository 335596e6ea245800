package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than the heap of a server could hold, from those who have no key. */
class StrangersIT {
  private static final int STRANGERS = 1200;
  private static final String LONG = "x".repeat(60_000);

  @TempDir static Path directory;

  private static Tunnel tunnel() throws IOException {
    return Tunnel.open(directory, "", "loglevel : warn\n", "-Xmx64m");
  }

  /** What the strangers begin, while the others are served. */
  private static void besiege(Tunnel tunnel, String begin, boolean answered) throws IOException {
    List<Caller> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < STRANGERS; i++) {
        Caller c = new Caller(tunnel.port);
        strangers.add(c);
        boolean sent = sent(c, begin);
        if (answered) assertEquals("true 200 ok", sent + " " + c.answer("GET"));
        if (i % 100 == 0) assertServed(tunnel);
      }
      assertServed(tunnel);
      assertTrue(tunnel.server.alive());
    } finally {
      for (Caller c : strangers) c.close();
    }
  }

  /** False if it was sent away before it had sent all. */
  private static boolean sent(Caller stranger, String text) {
    try {
      stranger.send(text);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertServed(Tunnel tunnel) throws IOException {
    assertEquals("ok", tunnel.get("/ok").text());
    try (Caller status = new Caller(tunnel.port)) {
      status.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals("200 ok", status.answer("GET").toString());
    }
  }

  @Test
  void unfinishedHeadsWithoutNumberLeaveTheOthersServed() throws Exception {
    try (Tunnel tunnel = tunnel()) {
      besiege(tunnel, "GET /request HTTP/1.1\r\nHost: h\r\nX: " + LONG, false);
      assertTrue(tunnel.server.log().contains("of the largest and slowest are sent away"));
    }
  }

  @Test
  void answeredRequestsWithLongHeadsLeaveTheOthersServed() throws Exception {
    try (Tunnel tunnel = tunnel()) {
      besiege(tunnel, "GET /status HTTP/1.1\r\nHost: h\r\nX: " + LONG + "\r\n\r\n", true);
    }
  }
}
