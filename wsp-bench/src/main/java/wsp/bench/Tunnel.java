package wsp.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import wsp.bench.traffic.Call;
import wsp.bench.traffic.Load;
import wsp.bench.traffic.LoadResult;

/** A server, a client and the origin, ready: a request has gone through. */
final class Tunnel implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(30);

  private final OriginProcess origin;
  private final Daemon server;
  private final Daemon client;
  private final int port;
  private final double startSeconds;

  /** What there is between the two daemons. */
  interface Way {
    /** The port by which the client reaches this one of the server. */
    int to(int server) throws IOException;
  }

  private Tunnel(OriginProcess origin, Daemon server, Daemon client, long began) throws Exception {
    this.origin = origin;
    this.server = server;
    this.client = client;
    this.port = server.port();
    Call small = small();
    Await.until("a right answer", READY, () -> answers(small));
    startSeconds = (System.nanoTime() - began) / 1e9;
  }

  /** Fresh daemons, with more lines for each configuration; the defaults otherwise. */
  static Tunnel open(
      Settings settings, OriginProcess origin, String serverLines, String clientLines)
      throws Exception {
    return open(settings, origin, serverLines, clientLines, server -> server);
  }

  /** The same with something between them. */
  static Tunnel open(
      Settings settings, OriginProcess origin, String serverLines, String clientLines, Way way)
      throws Exception {
    long began = System.nanoTime();
    Path directory = settings.daemons();
    Daemon server = Daemon.server(settings.server(), directory, "---\nport : 0\n" + serverLines);
    String target = "---\ntargets :\n - ws://127.0.0.1:" + way.to(server.port()) + "/register\n";
    Daemon client = Daemon.client(settings.client(), directory, target + clientLines);
    return new Tunnel(origin, server, client, began);
  }

  private boolean answers(Call call) throws IOException {
    server.checkAlive();
    client.checkAlive();
    return Load.once(port, call, 1, READY).right() == 1;
  }

  Call small() {
    return bytes(Call.SMALL);
  }

  Call bytes(long count) {
    return Call.get(origin.url("/bytes/" + count), count);
  }

  Call at(String path) {
    return Call.get(origin.url(path), Call.SMALL);
  }

  Call sink(long count) {
    return Call.put(origin.url("/sink"), count);
  }

  int port() {
    return port;
  }

  OriginProcess origin() {
    return origin;
  }

  Daemon server() {
    return server;
  }

  Daemon client() {
    return client;
  }

  /** From the start of the server to the first right answer; the client starts when it listens. */
  double startSeconds() {
    return startSeconds;
  }

  /** What compiles the hot code: both sizes, many connections and few. */
  void warmUp(Duration time) throws IOException {
    Duration half = time.dividedBy(2);
    LoadResult small = Load.during(port, small(), 10, half);
    LoadResult larger = Load.during(port, bytes(LoadPart.TEN_KB), 100, half);
    Cell.report("warm-up", small, List.of(server, client));
    Cell.report("warm-up", larger, List.of(server, client));
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
