package wsp.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A caller of the chaos run before a server of the test's, which is never down. */
abstract class LoadStage {
  final Tally tally = new Tally();
  ServerSocket listener;
  private FaultyOrigin origin;

  @BeforeEach
  final void listen() throws IOException {
    origin = new FaultyOrigin(tally);
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  final void close() throws IOException {
    listener.close();
    origin.close();
  }

  final LoadCaller caller(boolean strict) {
    Server server = new Server(listener.getLocalPort());
    return new LoadCaller(List.of(server), origin, tally, new Random(1), strict);
  }

  private record Server(int port) implements LoadCaller.Target {
    @Override
    public String name() {
      return "server";
    }

    @Override
    public boolean wasDown(long since) {
      return false;
    }
  }
}
