package wsp.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wsp.bench.report.Figures;
import wsp.bench.traffic.LoadResult;

/** One cell of the table: the same load several times, each with what it cost either daemon. */
final class Cell {
  /** CPU seconds of server and client per 10,000 requests, without the compilers'. */
  static final String CPU = "CPU s/10k";

  static final String SERVER_CPU = "server CPU s/10k";
  static final String CLIENT_CPU = "client CPU s/10k";
  static final String ERRORS = "errors";
  private static final double PER = 10_000;

  /** The load of one round. */
  interface Round {
    LoadResult run() throws IOException;
  }

  private final Map<String, List<Double>> values = new LinkedHashMap<>();
  private long errors;

  private Cell() {}

  /** A cell of small requests, counted per 10,000. The client's part may be somebody else's. */
  static void ofRequests(
      Figures figures, String section, String name, int rounds, List<Daemon> daemons, Round round)
      throws IOException {
    Cell cell = new Cell();
    for (int i = 0; i < rounds; i++) cell.measure(name, daemons, round);
    cell.addTo(figures, section, name);
  }

  private void measure(String name, List<Daemon> daemons, Round round) throws IOException {
    List<Cpu> before = sample(daemons);
    LoadResult result = round.run();
    List<Cpu> after = sample(daemons);
    note(name, result, daemons);
    if (result.right() == 0) return;
    double unit = PER / result.right();
    double server = after.get(0).secondsSince(before.get(0)) * unit;
    add("requests/s", result.right() / result.seconds());
    if (daemons.size() > 1) {
      double client = after.get(1).secondsSince(before.get(1)) * unit;
      add(CPU, server + client);
      add(SERVER_CPU, server);
      add(CLIENT_CPU, client);
    } else {
      add(SERVER_CPU, server);
    }
    add("p50 ms", result.p50());
    add("p99 ms", result.p99());
  }

  /** One large transfer, or several. */
  static void ofBulk(
      Figures figures, String name, int rounds, List<Daemon> daemons, int mib, Round round)
      throws IOException {
    Cell cell = new Cell();
    for (int i = 0; i < rounds; i++) {
      List<Cpu> before = sample(daemons);
      LoadResult result = round.run();
      List<Cpu> after = sample(daemons);
      cell.note(name, result, daemons);
      cell.add("MiB/s", mib / result.seconds());
      double server = after.get(0).secondsSince(before.get(0));
      double client = after.get(1).secondsSince(before.get(1));
      cell.add("CPU s", server + client);
      cell.add("server CPU s", server);
      cell.add("client CPU s", client);
    }
    cell.addTo(figures, "bulk", name);
  }

  static List<Cpu> sample(List<Daemon> daemons) throws IOException {
    List<Cpu> all = new ArrayList<>();
    for (Daemon daemon : daemons) all.add(Cpu.of(daemon.pid()));
    return all;
  }

  private void add(String metric, double value) {
    values.computeIfAbsent(metric, m -> new ArrayList<>()).add(value);
  }

  private void note(String name, LoadResult result, List<Daemon> daemons) {
    errors += result.errors();
    report(name, result, daemons);
  }

  /** Says what went wrong, if anything did. */
  static void report(String name, LoadResult result, List<Daemon> daemons) {
    if (result.errors() == 0) return;
    System.out.println("  " + name + ": " + result.errors() + " errors: " + result.firstError());
    daemons.forEach(Daemon::keepFiles);
  }

  private void addTo(Figures figures, String section, String name) {
    values.forEach((metric, each) -> figures.add(section, name, metric, each));
    figures.count(section, name, ERRORS, errors);
    System.out.println("  " + section + ": " + name);
  }
}
