package wsp.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wsp.bench.report.FarPlot;
import wsp.bench.report.Figures;
import wsp.bench.traffic.Call;
import wsp.bench.traffic.FarRelay;
import wsp.bench.traffic.Load;
import wsp.bench.traffic.LoadResult;

/**
 * Version 1 of the wire beside version 2, over a link that delays each direction by 25 ms: one
 * download, several, one over a line that is slow besides, and small requests beside several.
 */
final class FarPart {
  private static final Duration DELAY = Duration.ofMillis(25);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long MIB = 1 << 20;
  private static final int SEVERAL = 4;

  /** On version 1, a hundred callers wait for a hundred handshakes over the link. */
  private static final String PATIENT = "timeout : 30s\n";

  /** 100 Mbit/s. */
  private static final long SLOW = 12_500_000;

  private final Settings settings;
  private final OriginProcess origin;
  private final Figures figures;

  FarPart(Settings settings, OriginProcess origin, Figures figures) {
    this.settings = settings;
    this.origin = origin;
    this.figures = figures;
  }

  void run() throws Exception {
    for (int wire = 1; wire <= 2; wire++) {
      over(wire, DELAY, 0, this::downloads);
      over(wire, DELAY, SLOW, this::slowDownload);
      over(wire, Duration.ZERO, 0, (w, tunnel) -> besideBulk(w, tunnel, FarPlot.NEAR));
      over(wire, DELAY, 0, (w, tunnel) -> besideBulk(w, tunnel, FarPlot.FAR));
    }
  }

  private interface Cells {
    void measure(int wire, Tunnel tunnel) throws Exception;
  }

  private void over(int wire, Duration delay, long bytesPerSecond, Cells cells) throws Exception {
    String lines = wire == 1 ? "wire : 1\n" : "";
    List<FarRelay> relays = new ArrayList<>();
    Tunnel.Way way =
        server -> {
          FarRelay relay = new FarRelay(server, delay, bytesPerSecond);
          relays.add(relay);
          return relay.port();
        };
    try (Tunnel tunnel = Tunnel.open(settings, origin, PATIENT + lines, lines, way)) {
      tunnel.warmUp(settings.curveWarmup());
      cells.measure(wire, tunnel);
    } finally {
      for (FarRelay relay : relays) relay.close();
    }
  }

  private void downloads(int wire, Tunnel tunnel) throws IOException {
    download(wire, tunnel, FarPlot.ONE, 1, settings.mib());
    download(wire, tunnel, FarPlot.SEVERAL, SEVERAL, settings.mib() / SEVERAL);
  }

  private void slowDownload(int wire, Tunnel tunnel) throws IOException {
    download(wire, tunnel, FarPlot.SLOW, 1, Math.min(settings.mib(), 64));
  }

  private void download(int wire, Tunnel tunnel, String row, int callers, int mib)
      throws IOException {
    Call call = tunnel.bytes(mib * MIB);
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < settings.rounds(); i++) {
      LoadResult result = Load.once(tunnel.port(), call, callers, LIMIT);
      counted(wire, row, result, tunnel);
      rates.add(callers * mib / result.seconds());
    }
    figures.add(FarPlot.DOWNLOADS, row, FarPlot.metric("MiB/s", wire), rates);
  }

  /** Small requests of one caller, one after the other, while several download. */
  private void besideBulk(int wire, Tunnel tunnel, String row) throws Exception {
    Call bulk = tunnel.bytes(Math.min(settings.mib(), 64) * MIB);
    Duration time = settings.cell().multipliedBy(settings.rounds());
    Thread downloads =
        new Thread(() -> download(tunnel, bulk, time.plus(settings.cell())), "downloads");
    downloads.setDaemon(true);
    downloads.start();
    LoadResult result = Load.during(tunnel.port(), tunnel.small(), 1, time);
    downloads.join();
    counted(wire, row, result, tunnel);
    figures.add(FarPlot.SMALL, row, FarPlot.metric("p50 ms", wire), result.p50());
    figures.add(FarPlot.SMALL, row, FarPlot.metric("p99 ms", wire), result.p99());
  }

  private static void download(Tunnel tunnel, Call bulk, Duration time) {
    try {
      LoadResult result = Load.during(tunnel.port(), bulk, SEVERAL, time);
      Cell.report("downloads", result, List.of(tunnel.server(), tunnel.client()));
    } catch (IOException e) {
      System.out.println("  downloads: " + e);
    }
  }

  private void counted(int wire, String row, LoadResult result, Tunnel tunnel) {
    String name = row + ", version " + wire;
    Cell.report(name, result, List.of(tunnel.server(), tunnel.client()));
    if (result.errors() > 0) figures.count("far", name, Cell.ERRORS, result.errors());
    System.out.println("  far: " + name);
  }
}
