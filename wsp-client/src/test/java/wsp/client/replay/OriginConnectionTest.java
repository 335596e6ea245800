package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.Test;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.Route;

class OriginConnectionTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ByteBuffer socket = ByteBuffer.allocate(100);

  /** A socket that takes what it is given, even for a moment after its end. */
  private Object session(String method, Object[] arguments) {
    if (!method.equals("write")) return null;
    int before = socket.position();
    socket.put((ByteBuffer) arguments[0]);
    return socket.position() - before;
  }

  private OriginConnection open() {
    Duration second = Duration.ofSeconds(1);
    OriginConnection connection =
        new OriginConnection(
            new Route(false, "a.test", 80),
            InetAddress.getLoopbackAddress(),
            new OriginPool(10),
            new OriginLimits(second, second, second, 1000),
            new HeadMemory(1 << 20, second),
            new OriginConnection.Opening() {
              @Override
              public void opened(OriginConnection connection) {}

              @Override
              public void failed(Exception cause) {}
            });
    connection.tcpConnected(
        (IOSession)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {IOSession.class},
                (proxy, method, arguments) -> session(method.getName(), arguments)));
    return connection;
  }

  private static boolean write(OriginConnection to) throws IOException {
    return to.output.write(to.session, ByteBuffer.wrap(new byte[10]), NOTHING, false, true);
  }

  /** Whoever noticed the end has looked already for whom to tell of it. */
  @Test
  void nothingIsBegunOnAConnectionAtItsEnd() throws IOException {
    OriginConnection connection = open();
    write(connection);
    assertEquals(10, socket.position());
    connection.abort();
    assertThrows(IOException.class, () -> write(connection));
    assertEquals(10, socket.position());
  }
}
