package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import wsp.destination.IpLiteral;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ReactorTest {
  private static final String KEEP_ALIVE = "02";
  private static final String ESTABLISHED = "01";

  /** Hundredths of a second until the kernel asks the other end whether it is there. */
  private static List<Long> asks(int port) throws IOException {
    List<Long> asks = new ArrayList<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] words = line.trim().split("\\s+", 7);
        if (!words[2].endsWith(":%04X".formatted(port)) || !words[3].equals(ESTABLISHED)) continue;
        String[] timer = words[5].split(":", 2);
        assertEquals(KEEP_ALIVE, timer[0], line);
        asks.add(Long.parseLong(timer[1], 16));
      }
    }
    return asks;
  }

  @Test
  void anEndThatIsGoneIsAskedForAfterAWhileOfSilenceAndNotAtOnce() throws Exception {
    try (Reactor reactor = new Reactor(1);
        ServerSocket server = new ServerSocket(0, 5, IpLiteral.of("127.0.0.1"));
        SocketChannel other = SocketChannel.open()) {
      InetSocketAddress at = new InetSocketAddress("127.0.0.1", server.getLocalPort());
      var session =
          reactor.connect("a.test", at, Duration.ofSeconds(50), new Unused(() -> false), null);
      session.get(50, TimeUnit.SECONDS);
      Reactor.keepAlive(other);
      other.connect(at);
      List<Long> asks = asks(at.getPort());
      assertEquals(2, asks.size(), asks.toString());
      long most = 100L * Reactor.ASK_AFTER_SECONDS;
      for (long ask : asks) assertTrue(ask > most / 2 && ask <= most, asks.toString());
    }
  }
}
