package wsp.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import wsp.testing.Await;

/**
 * Both daemons between ordinary callers and an ordinary origin, and for abusers a second server
 * port, an origin with TLS, and two servers which the client has among its targets.
 */
final class FairStage implements AutoCloseable {
  /** The id of the client. */
  static final String CLIENT = "ordinary";

  private static final Duration READY = Duration.ofSeconds(30);

  /** What the origin with TLS does with a connection once a request is there. */
  interface Script {
    void run(TestTls.Link link) throws IOException;
  }

  final Origin origin;
  final TestTls tls;
  private final Daemon server;
  private final Daemon secureServer;
  private final Daemon client;
  private final ServerSocket secureOrigin;
  private final ServerSocket fake;
  private final ServerSocket secureFake;
  private final BlockingQueue<WebSocketPeer> peers = new LinkedBlockingQueue<>();
  private final BlockingQueue<WebSocketPeer> securePeers = new LinkedBlockingQueue<>();
  private int abusers;
  private volatile Script script = link -> {};

  FairStage(Path directory) throws IOException {
    tls = new TestTls(directory);
    origin = new Origin().on("/ok", r -> r.reply(200, "ok")).on("/sink", FairStage::sink);
    secureOrigin = TestTls.listen();
    fake = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    secureFake = TestTls.listen();
    accept(secureOrigin, s -> answer(tls.accepted(s)));
    accept(fake, s -> keep(WebSocketPeer.server(s), peers));
    accept(secureFake, s -> keep(WebSocketPeer.server(tls.accepted(s)), securePeers));
    String common = "---\nport : 0\nloglevel : info\n";
    server = Daemon.server(directory, common);
    secureServer =
        Daemon.server(
            directory,
            common + "tls :\n  certfile : " + tls.certificate + "\n  keyfile : " + tls.key + "\n");
    client =
        Daemon.client(
            directory,
            "---\nid : "
                + CLIENT
                + "\nloglevel : warn\npoolidlesize : 3\ntargets :\n"
                + target("ws", server.port())
                + target("wss", secureServer.port())
                + target("ws", fake.getLocalPort())
                + target("wss", secureFake.getLocalPort())
                + ("origincafile : " + tls.certificate + "\ntargetcafile : " + tls.certificate)
                + "\n");
    for (boolean secure : new boolean[] {false, true})
      Await.until(
          "a request goes through",
          READY,
          () -> {
            try (Caller c = caller(secure)) {
              c.out.write(request(origin.url("/ok"), CLIENT));
              return c.answer("GET").text().equals("ok");
            }
          });
  }

  private static String target(String scheme, int port) {
    return " - " + scheme + "://127.0.0.1:" + port + "/register\n";
  }

  private static void sink(Origin.Request r) throws IOException {
    byte[] any = new byte[1 << 16];
    while (r.in.read(any) >= 0) {}
  }

  private interface Handler {
    void take(Socket s) throws IOException;
  }

  private static void accept(ServerSocket port, Handler to) {
    Flood.daemon(
        () -> {
          try {
            while (true) {
              Socket s = port.accept();
              Flood.daemon(() -> take(s, to));
            }
          } catch (IOException e) {
            // The stage is closed.
          }
        });
  }

  private static void take(Socket s, Handler to) {
    try {
      to.take(s);
    } catch (IOException e) {
      // The client, or the test, has had enough.
    }
  }

  /** Until the client ends it. */
  private static void keep(WebSocketPeer peer, BlockingQueue<WebSocketPeer> in) throws IOException {
    in.add(peer);
    try {
      peer.drain();
    } finally {
      in.remove(peer);
    }
  }

  private void answer(TestTls.Link link) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = link.socket().getInputStream().read();
      if (b < 0) return;
      head.append((char) b);
    }
    script.run(link);
  }

  /** The last lines that the servers have written. */
  String log() throws IOException {
    return tail(server) + tail(secureServer);
  }

  private static String tail(Daemon of) throws IOException {
    String all = of.log();
    return "\n---\n" + all.substring(Math.max(0, all.length() - 3000));
  }

  int port() throws IOException {
    return server.port();
  }

  int securePort() throws IOException {
    return secureServer.port();
  }

  /** A caller of the server, or of the one with TLS. */
  Caller caller(boolean secure) throws IOException {
    return secure ? new Caller(tls.connect(securePort()).socket()) : new Caller(port());
  }

  String secureUrl() {
    return "https://127.0.0.1:" + secureOrigin.getLocalPort() + "/";
  }

  void onSecureRequest(Script next) {
    script = next;
  }

  /** A client of the server's, with an id of its own, registered. */
  WebSocketPeer register(Flood f) throws IOException {
    abusers++;
    String id = abuser();
    WebSocketPeer peer = f.with(WebSocketPeer.client(new Socket("127.0.0.1", port()), id));
    Await.until(
        id + " is registered",
        READY,
        () -> server.log().contains("Registering a connection from " + id));
    return peer;
  }

  /** The id of the client that {@link #register} has registered last. */
  String abuser() {
    return "abuser" + abusers;
  }

  /** A connection of the client that waits for a request. */
  WebSocketPeer registered() throws IOException {
    return taken(peers);
  }

  WebSocketPeer registeredOverTls() throws IOException {
    return taken(securePeers);
  }

  private static WebSocketPeer taken(BlockingQueue<WebSocketPeer> from) throws IOException {
    try {
      WebSocketPeer t = from.poll(20, TimeUnit.SECONDS);
      if (t == null) throw new IOException("the client does not come");
      return t;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  byte[] request(String url, String clientId) {
    return ("GET /request HTTP/1.1\r\nHost: a\r\nX-PROXY-CLIENT: "
            + clientId
            + "\r\nX-PROXY-DESTINATION: "
            + url
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** An abuser's own caller, who takes all that comes. */
  Thread ask(Flood f, String url, String clientId) throws IOException {
    Caller c = f.with(caller(false));
    c.out.write(request(url, clientId));
    return f.drain(c.in);
  }

  /** CPU of the daemons until now, in nanoseconds. */
  long cpu() {
    long all = 0;
    for (Daemon d : new Daemon[] {server, secureServer, client})
      all +=
          ProcessHandle.of(d.pid()).orElseThrow().info().totalCpuDuration().orElseThrow().toNanos();
    return all;
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    secureServer.close();
    origin.close();
    secureOrigin.close();
    fake.close();
    secureFake.close();
  }
}
