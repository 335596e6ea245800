package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Both daemons, ready for tunnels and upgrades, and an origin whose connections a test holds. */
final class RawStage implements AutoCloseable {
  /** The two ways to bytes that are no HTTP. */
  enum Kind {
    CONNECT,
    UPGRADE
  }

  static final String LINES = "tunnelports : all\n";
  private static final String WIRE = "wire : auto\nid : dc1\n";
  private static final String SWITCHES =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  final Tunnel tunnel;
  private final ServerSocket origin = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  RawStage(Path directory, String serverLines, String clientLines) throws IOException {
    String wire = clientLines.contains("wire :") ? "id : dc1\n" : WIRE;
    tunnel = Tunnel.open(directory, serverLines, wire + clientLines);
    origin.setSoTimeout(20_000);
  }

  String authority() {
    return "127.0.0.1:" + origin.getLocalPort();
  }

  /** The next connection to the origin. */
  Caller accept() throws IOException {
    return new Caller(origin.accept());
  }

  /** A caller who has asked, and may say more at once. */
  Caller ask(Kind kind, String behind, String... fields) throws IOException {
    Caller c = new Caller(tunnel.port);
    String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    c.send(
        kind == Kind.CONNECT
            ? "CONNECT " + authority() + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n" + behind
            : "GET /request HTTP/1.1\r\nHost: x\r\nX-PROXY-DESTINATION: http://"
                + authority()
                + "/ws\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                + more
                + "\r\n"
                + behind);
    return c;
  }

  /** Both ends of one that is open. */
  Ends open(Kind kind) throws IOException {
    return open(kind, "", "");
  }

  /** Both ends of one that is open, each of which has spoken before it was. */
  Ends open(Kind kind, String early, String glued) throws IOException {
    Caller caller = ask(kind, early);
    Caller peer = accept();
    if (kind == Kind.UPGRADE) head(peer);
    peer.send(kind == Kind.UPGRADE ? SWITCHES + glued : glued);
    assertEquals(kind == Kind.UPGRADE ? 101 : 200, caller.answerHead().status);
    return new Ends(caller, peer);
  }

  /** The head of a request, as it came to the origin. */
  static String head(Caller peer) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) peer.in.read());
    return head.toString();
  }

  /** Both ends. */
  record Ends(Caller caller, Caller origin) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      caller.close();
      origin.close();
    }
  }

  static String read(Caller from, int bytes) throws IOException {
    return new String(from.in.readNBytes(bytes), StandardCharsets.UTF_8);
  }

  /** With a reset. */
  static void reset(Caller c) throws IOException {
    c.socket.setSoLinger(true, 0);
    c.close();
  }

  /** What comes until the end, and how that comes: {@code end} or {@code reset}. */
  static String rest(Caller c) throws IOException {
    StringBuilder all = new StringBuilder();
    InputStream in = c.in;
    try {
      for (int b = in.read(); b >= 0; b = in.read()) all.append((char) b);
      return all + "end";
    } catch (SocketException e) {
      return all + "reset";
    }
  }

  static void half(Caller c) throws IOException {
    Socket s = c.socket;
    s.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    tunnel.close();
    origin.close();
  }
}
