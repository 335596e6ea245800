package wsp.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import wsp.testing.Await;

/** A server, a client and an origin, ready: a request has gone through. */
final class Tunnel implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(20);

  final Origin origin;
  final Daemon server;
  final Daemon client;
  final int port;

  /** The engine of clients whose lines name none. */
  static String engine = "own";

  private Tunnel(Origin origin, Daemon server, Daemon client) throws IOException {
    this.origin = origin;
    this.server = server;
    this.client = client;
    this.port = server.port();
  }

  /** With more lines for each configuration and more options for each JVM. */
  static Tunnel open(Path directory, String serverLines, String clientLines, String... jvmOptions)
      throws IOException {
    Origin origin = new Origin().on("/ok", r -> r.reply(200, "ok"));
    Daemon server = Daemon.server(directory, "---\nport : 0\n" + serverLines, jvmOptions);
    String lines = clientLines.contains("engine :") ? clientLines : clientLines + engineLine();
    Daemon client = Daemon.client(directory, clientConfig(server.port(), lines), jvmOptions);
    Tunnel t = new Tunnel(origin, server, client);
    t.awaitReady();
    return t;
  }

  private static String engineLine() {
    return "\nengine : " + engine + "\n";
  }

  static Tunnel open(Path directory) throws IOException {
    return open(directory, "", "");
  }

  static String clientConfig(int port, String lines) {
    return "---\ntargets :\n - ws://127.0.0.1:" + port + "/register\n" + lines;
  }

  void awaitReady() {
    Await.until("a request goes through", READY, () -> get("/ok").text().equals("ok"));
  }

  Caller.Answer get(String target, String... headers) throws IOException {
    return Caller.get(port, origin.url(target), headers);
  }

  Caller.Answer call(String method, String target, byte[] body, String... headers)
      throws IOException {
    return Caller.call(port, method, origin.url(target), body, headers);
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    origin.close();
  }
}
