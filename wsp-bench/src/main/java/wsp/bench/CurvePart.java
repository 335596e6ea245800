package wsp.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import wsp.bench.report.Figures;
import wsp.bench.traffic.Call;
import wsp.bench.traffic.Load;
import wsp.bench.traffic.LoadResult;
import wsp.bench.traffic.Peers;

/**
 * What a small GET costs, at 10 connections, against what should not matter: each at its size, ten
 * times and a hundred times that.
 */
final class CurvePart {
  static final String IDLE = "idle connections";
  static final String POOLS = "pools";
  static final String PATTERNS = "patterns per list";
  static final String WAITING = "waiting callers";

  private static final int CALLERS = 10;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Settings settings;
  private final OriginProcess origin;
  private final Figures figures;

  CurvePart(Settings settings, OriginProcess origin, Figures figures) {
    this.settings = settings;
    this.origin = origin;
    this.figures = figures;
  }

  void run() throws Exception {
    each("idle", List.of(100, 1000, 10_000), this::idle);
    each("pools", List.of(10, 100, 1000), this::pools);
    each("patterns", List.of(10, 100, 1000), this::patterns);
    if (settings.runs("waiting")) waiting();
  }

  private interface Point {
    void measure(int count) throws Exception;
  }

  private void each(String part, List<Integer> counts, Point point) throws Exception {
    if (!settings.runs(part)) return;
    for (int count : counts) point.measure(settings.scaled(count));
  }

  /** A client that keeps so many connections idle. */
  private void idle(int count) throws Exception {
    String client = "poolidlesize : " + count + "\npoolmaxsize : " + (count + 2 * CALLERS) + "\n";
    try (Tunnel tunnel = open("maxclientconnections : 20000\n", client)) {
      Await.until(
          count + " registered connections",
          LIMIT,
          () -> tunnel.server().descriptors() > count && tunnel.client().descriptors() > count);
      both(IDLE, count, tunnel);
      atRest(count, List.of(tunnel.server(), tunnel.client()));
    }
  }

  /** What keeping the connections alive costs without any request; part of the cost above. */
  private void atRest(int count, List<Daemon> daemons) throws IOException {
    List<Cpu> before = Cell.sample(daemons);
    long began = System.nanoTime();
    // As long as each connection is sure to be pinged in.
    Await.pass(settings.quick() ? settings.cell() : Duration.ofSeconds(10));
    double seconds = (System.nanoTime() - began) / 1e9;
    List<Cpu> after = Cell.sample(daemons);
    double used = 0;
    for (int i = 0; i < daemons.size(); i++) used += after.get(i).secondsSince(before.get(i));
    figures.add(IDLE, Integer.toString(count), "CPU % at rest", 100 * used / seconds);
  }

  /**
   * So many clients, all of them scripted, with two connections each: what is counted is the server
   * alone, which picks a client at random for each request.
   */
  private void pools(int count) throws Exception {
    try (Daemon server = Daemon.server(settings.server(), settings.daemons(), "---\nport : 0\n");
        Peers peers = Peers.dial(server.port(), count, 2)) {
      Await.until(count + " clients", LIMIT, () -> peers.registered() == 2 * count);
      Call call = Call.get(origin.url("/scripted"), Call.SMALL);
      LoadResult warmUp = Load.during(server.port(), call, CALLERS, settings.curveWarmup());
      Cell.report("warm-up", warmUp, List.of(server));
      cell(POOLS, count, List.of(server), server.port(), call);
      if (peers.lost() > 0) {
        System.out.println("  " + POOLS + ": the server closed " + peers.lost() + " connections");
        figures.count(POOLS, Integer.toString(count), "connections lost", peers.lost());
      }
    }
  }

  /** In both daemons a blacklist without a match, and a whitelist whose last pattern matches. */
  private void patterns(int count) throws Exception {
    StringBuilder lines = new StringBuilder("blacklist :\n");
    for (int i = 0; i < count; i++) rule(lines, "^http://internal-" + i + "\\.example\\.com/");
    lines.append("whitelist :\n");
    for (int i = 1; i < count; i++) rule(lines, "^http://api-" + i + "\\.example\\.com/");
    rule(lines, "^http://127\\.0\\.0\\.1:[0-9]+/");
    try (Tunnel tunnel = open(lines.toString(), lines.toString())) {
      both(PATTERNS, count, tunnel);
    }
  }

  private static void rule(StringBuilder lines, String pattern) {
    lines.append(" - url : ").append(pattern).append('\n');
  }

  /** Requests whose answer the origin holds back until the cell is over. */
  private void waiting() throws Exception {
    try (Tunnel tunnel = open("timeout : 30s\n", "poolmaxsize : 1200\n")) {
      tunnel.warmUp(settings.curveWarmup());
      for (int callers : List.of(1, 10, 100, 1000)) waiting(tunnel, callers);
    }
  }

  private void waiting(Tunnel tunnel, int callers) throws Exception {
    CompletableFuture<LoadResult> held = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                held.complete(Load.once(tunnel.port(), tunnel.at("/hold"), callers, LIMIT));
              } catch (IOException | RuntimeException e) {
                held.completeExceptionally(e);
              }
            },
            "held");
    thread.setDaemon(true);
    thread.start();
    once(tunnel, "/held/" + callers);
    cell(
        WAITING, callers, List.of(tunnel.server(), tunnel.client()), tunnel.port(), tunnel.small());
    once(tunnel, "/release");
    LoadResult result = held.get();
    if (result.right() != callers)
      throw new IllegalStateException("of those who waited: " + result.firstError());
  }

  private static void once(Tunnel tunnel, String path) throws IOException {
    LoadResult result = Load.once(tunnel.port(), tunnel.at(path), 1, LIMIT);
    if (result.right() != 1) throw new IllegalStateException(path + ": " + result.firstError());
  }

  private Tunnel open(String serverLines, String clientLines) throws Exception {
    return Tunnel.open(settings, origin, serverLines, clientLines);
  }

  private void both(String curve, int count, Tunnel tunnel) throws IOException {
    tunnel.warmUp(settings.curveWarmup());
    cell(curve, count, List.of(tunnel.server(), tunnel.client()), tunnel.port(), tunnel.small());
  }

  private void cell(String curve, int count, List<Daemon> daemons, int port, Call call)
      throws IOException {
    Cell.ofRequests(
        figures,
        curve,
        Integer.toString(count),
        settings.rounds(),
        daemons,
        () -> Load.during(port, call, CALLERS, settings.cell()));
  }
}
