package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Await;

/** Daemons that may have so few file descriptors that these count before any limit of theirs. */
class FewDescriptorsIT {
  private static final int FEW = 300;
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void oneAddressThatHoldsAllItCanShutsNobodyOut() throws Exception {
    List<Socket> held = new ArrayList<>();
    try (Origin origin = new Origin().on("/ok", r -> r.reply(200, "ok"));
        Daemon server = Daemon.server(FEW, directory, "---\nport : 0\n");
        Daemon client = Daemon.client(directory, Tunnel.clientConfig(server.port(), ""))) {
      int port = server.port();
      Await.until("it is served", SOON, () -> get(port, origin).equals("200 ok"));
      for (int i = 0; i < 2 * FEW; i++) held.add(stranger(port));
      // None before it waits in the backlog of the port any more.
      assertTrue(isClosed(held.get(held.size() - 1)));
      assertEquals("200 ok", status(port));
      assertEquals("200 ok", get(port, origin));
      assertTrue(client.alive());
      assertTrue(server.log().contains("file descriptors suffice for "), server.log());
    } finally {
      for (Socket s : held) s.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aServerThatSendsAllItCanLeavesTheOtherItsRequests(int wire) throws Exception {
    List<Caller> waiting = new ArrayList<>();
    try (Origin origin = new Origin().on("/ok", r -> r.reply(200, "ok"));
        Daemon greedy = Daemon.server(directory, "---\nport : 0\ntimeout : 100ms\n");
        Daemon other = Daemon.server(directory, "---\nport : 0\n");
        Daemon client = Daemon.client(FEW, directory, clientOf(greedy, other, wire))) {
      origin.on("/hold", Origin.Request::awaitGone);
      for (Daemon server : List.of(greedy, other))
        Await.until("it is served", SOON, () -> get(server.port(), origin).equals("200 ok"));
      for (int i = 0; i < 2 * FEW; i++) {
        Caller c = new Caller(greedy.port());
        waiting.add(c);
        c.head("GET", origin.url("/hold"));
      }
      // Neither the requests that are held, nor those that are refused, are more from here on.
      Await.until("all have come", SOON, () -> refused(waiting) + held(origin) == 2 * FEW);
      assertEquals("200 ok", get(other.port(), origin));
      assertTrue(client.log().contains("each target may have "), client.log());
    } finally {
      for (Caller c : waiting) c.close();
    }
  }

  private static String clientOf(Daemon one, Daemon two, int wire) throws IOException {
    return "---\ntargets :\n - ws://127.0.0.1:%d/register\n - ws://127.0.0.1:%d/register\n"
            .formatted(one.port(), two.port())
        + "poolmaxsize : 1000\nwire : "
        + (wire == 1 ? "1" : "auto")
        + "\n";
  }

  private static long held(Origin origin) {
    return origin.seen("/hold").size();
  }

  private static long refused(List<Caller> callers) throws IOException {
    long n = 0;
    for (Caller c : callers) if (c.in.available() > 0) n++;
    return n;
  }

  private static Socket stranger(int port) throws IOException {
    InetAddress other = InetAddress.getByName("127.0.0.2");
    Socket s = new Socket(InetAddress.getLoopbackAddress(), port, other, 0);
    s.setSoTimeout((int) SOON.toMillis());
    return s;
  }

  private static boolean isClosed(Socket s) throws IOException {
    try {
      return s.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  private static String status(int port) throws IOException {
    try (Caller c = new Caller(port)) {
      c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
      return c.answer("GET").toString();
    }
  }

  private static String get(int port, Origin origin) throws IOException {
    return Caller.get(port, origin.url("/ok")).toString();
  }
}
