package wsp.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import wsp.bench.report.Figures;
import wsp.bench.traffic.Call;
import wsp.bench.traffic.Load;
import wsp.bench.traffic.LoadResult;

/** The whole, end to end: both jars as processes, callers and an origin on this machine. */
final class LoadPart {
  static final String REQUESTS = "requests";
  static final int TEN_KB = 10 * 1024;
  private static final String AT_ONCE = "at once";
  private static final List<Integer> CONNECTIONS = List.of(1, 10, 100);
  private static final long MIB = 1024 * 1024;
  private static final Duration BULK_LIMIT = Duration.ofMinutes(5);
  private static final Duration BURST_LIMIT = Duration.ofMinutes(1);

  /** Descriptors that a daemon has open besides its connections, generously. */
  private static final int SPARE_FILES = 500;

  private static final int STARTS = 5;

  private final Settings settings;
  private final OriginProcess origin;
  private final Figures figures;
  private final List<Double> starts = new ArrayList<>();

  LoadPart(Settings settings, OriginProcess origin, Figures figures) {
    this.settings = settings;
    this.origin = origin;
    this.figures = figures;
  }

  void run() throws Exception {
    requestsAndBulk();
    atOnce(settings.scaled(1000));
    atOnce(asManyAsFit(settings.scaled(10_000)));
    for (int i = settings.quick() ? STARTS - 1 : 0; i < STARTS; i++) open("", "").close();
    figures.add("start", "fresh daemons", "first right answer s", starts);
  }

  private Tunnel open(String serverLines, String clientLines) throws Exception {
    Tunnel tunnel = Tunnel.open(settings, origin, serverLines, clientLines);
    starts.add(tunnel.startSeconds());
    return tunnel;
  }

  /** One pair of daemons, warmed up, for all of these. */
  private void requestsAndBulk() throws Exception {
    try (Tunnel tunnel = open("", "")) {
      System.out.println("load: warm-up of " + settings.warmup().toSeconds() + " s");
      tunnel.warmUp(settings.warmup());
      for (int connections : CONNECTIONS) requests(tunnel, "small", tunnel.small(), connections);
      for (int connections : CONNECTIONS)
        requests(tunnel, "10 KB", tunnel.bytes(TEN_KB), connections);
      long size = settings.mib() * MIB;
      bulk(tunnel, "down", tunnel.bytes(size / 4), tunnel.bytes(size));
      bulk(tunnel, "up", tunnel.sink(size / 4), tunnel.sink(size));
      double server = Cpu.mib(tunnel.server().pid(), "VmRSS");
      double client = Cpu.mib(tunnel.client().pid(), "VmRSS");
      resident("after load", server, client);
    }
  }

  private void requests(Tunnel tunnel, String size, Call call, int connections) throws IOException {
    Cell.ofRequests(
        figures,
        REQUESTS,
        size + ", " + connections,
        settings.rounds(),
        List.of(tunnel.server(), tunnel.client()),
        () -> Load.during(tunnel.port(), call, connections, settings.cell()));
  }

  /** A quarter of the size first, to compile what is not compiled yet. */
  private void bulk(Tunnel tunnel, String name, Call quarter, Call whole) throws IOException {
    Load.once(tunnel.port(), quarter, 1, BULK_LIMIT);
    Cell.ofBulk(
        figures,
        settings.mib() + " MiB " + name,
        settings.rounds(),
        List.of(tunnel.server(), tunnel.client()),
        settings.mib(),
        () -> Load.once(tunnel.port(), whole, 1, BULK_LIMIT));
  }

  /** Requests all at once, two seconds each in the origin, on fresh daemons. */
  private void atOnce(int count) throws Exception {
    String server = "timeout : 30s\nmaxclientconnections : 20000\n";
    try (Tunnel tunnel = open(server, "poolmaxsize : " + (count + count / 5) + "\n")) {
      LoadResult result = Load.once(tunnel.port(), tunnel.at("/late/2000"), count, BURST_LIMIT);
      String cell = String.format(Locale.ROOT, "%,d", count);
      Cell.report(cell, result, List.of(tunnel.server(), tunnel.client()));
      figures.add(AT_ONCE, cell, "all answered s", result.seconds());
      figures.add(AT_ONCE, cell, "p50 s", result.p50() / 1000);
      figures.count(AT_ONCE, cell, Cell.ERRORS, result.errors());
      double serverMib = Cpu.mib(tunnel.server().pid(), "VmHWM");
      double clientMib = Cpu.mib(tunnel.client().pid(), "VmHWM");
      resident("at most, " + cell + " at once", serverMib, clientMib);
      System.out.println("  " + AT_ONCE + ": " + cell);
    }
  }

  private void resident(String cell, double server, double client) {
    figures.add("resident", cell, "server MiB", server);
    figures.add("resident", cell, "client MiB", client);
    figures.add("resident", cell, "both MiB", server + client);
  }

  /** Each request takes two descriptors in each daemon. */
  private static int asManyAsFit(int wanted) {
    long files = files();
    long needed = 2L * wanted + SPARE_FILES;
    if (files >= needed) return wanted;
    int fit = (int) ((files - SPARE_FILES) / 2);
    System.out.printf(
        Locale.ROOT,
        "  at once: %,d requests need 'ulimit -n' of %,d, and it is %,d: only %,d are sent%n",
        wanted,
        needed,
        files,
        fit);
    return fit;
  }

  /** Open files that this process may have, as its children may: a JVM raises it to the most. */
  static long files() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
