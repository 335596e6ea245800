package wsp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import wsp.testing.Await;

/** Which of many connections that nobody reads have been reset. */
@Timeout(20)
@EnabledOnOs(OS.LINUX)
class ResetsTest {
  private final Map<SocketChannel, String> connections = new HashMap<>();
  private final List<Socket> others = new ArrayList<>();
  private ServerSocket server;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    for (SocketChannel c : connections.keySet()) c.close();
    for (Socket s : others) s.close();
    server.close();
  }

  private SocketChannel connection(String name) throws IOException {
    SocketChannel c =
        SocketChannel.open(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    c.configureBlocking(false);
    others.add(server.accept());
    connections.put(c, name);
    return c;
  }

  private Socket other() {
    return others.get(others.size() - 1);
  }

  private void reset() throws IOException {
    other().setSoLinger(true, 0);
    other().close();
  }

  private void endOf(SocketChannel c) throws Exception {
    other().shutdownOutput();
    Await.until("its end", () -> c.read(ByteBuffer.allocate(1)) < 0);
  }

  @Test
  void findsThemHoweverTheyWereLeft() throws Exception {
    connection("open");
    connection("with bytes");
    other().getOutputStream().write(new byte[100]);
    endOf(connection("half closed by the other"));
    connection("half closed by us").shutdownOutput();
    SocketChannel both = connection("half closed by both, and not read");
    other().getOutputStream().write(new byte[100]);
    other().shutdownOutput();
    both.shutdownOutput();
    Await.until("our end", () -> other().getInputStream().read() < 0);
    connection("closed by us").close();
    assertEquals(List.of(), Resets.among(connections));

    connection("reset");
    reset();
    connection("reset behind bytes");
    other().getOutputStream().write(new byte[100]);
    reset();
    endOf(connection("reset behind its end"));
    reset();
    Set<String> all = Set.of("reset", "reset behind bytes", "reset behind its end");
    Await.until("all that were reset", () -> Resets.among(connections).size() == all.size());
    assertEquals(new TreeSet<>(all), new TreeSet<>(Resets.among(connections)));
  }

  /** While the others are still being looked at. */
  @Test
  void oneThatEndsBothWaysMeanwhileHasNotBeenReset() throws Exception {
    SocketChannel ends = connection("ends");
    Socket end = other();
    SocketChannel next = connection("next");
    Map<SocketChannel, String> all =
        new AbstractMap<>() {
          @Override
          public Set<Entry<SocketChannel, String>> entrySet() {
            return new LinkedHashSet<>(
                List.of(
                    Map.entry(ends, "ends"),
                    new SimpleEntry<>(next, "next") {
                      private static final long serialVersionUID = 1;

                      @Override
                      public SocketChannel getKey() {
                        endBothWays(ends, end);
                        return super.getKey();
                      }
                    }));
          }
        };
    assertEquals(List.of(), Resets.among(all));
  }

  private static void endBothWays(SocketChannel ends, Socket other) {
    try {
      ends.shutdownOutput();
      if (!other.isOutputShutdown()) other.shutdownOutput();
      Await.until("its end", () -> ends.read(ByteBuffer.allocate(1)) < 0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void findsTheOneAmongManyAndLetsGoOfAll() throws Exception {
    for (int i = 0; i < 1_200; i++) connection("open " + i);
    SocketChannel last = connection("reset");
    reset();
    Await.until("the one", () -> Resets.among(connections).equals(List.of("reset")));
    assertEquals(null, last.isRegistered() ? "registered" : null);
  }
}
