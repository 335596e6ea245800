package wsp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import wsp.bench.report.Csv;
import wsp.bench.report.FarPlot;
import wsp.bench.report.Figures;
import wsp.bench.report.Plot;
import wsp.bench.report.TextTable;

/**
 * Measures, prints the tables and writes {@code bench.md}, {@code bench.csv}, {@code bench.svg} and
 * {@code far.svg}. Ends with 1 where any answer was not the right one: such a cell is no
 * measurement.
 */
public final class BenchMain {
  private BenchMain() {}

  /** See {@link Settings} for what can be set. */
  public static void main(String... args) throws Exception {
    Settings settings = Settings.read();
    Files.createDirectories(settings.daemons());
    Runtime.getRuntime().addShutdownHook(new Thread(BenchMain::endDescendants));
    Figures figures = new Figures();
    String title = title(settings);
    System.out.println(title);
    if (settings.runs("micro")) MicroPart.run(settings, figures);
    try (OriginProcess origin = new OriginProcess()) {
      if (settings.runs("load")) new LoadPart(settings, origin, figures).run();
      new CurvePart(settings, origin, figures).run();
      if (settings.runs("far")) new FarPart(settings, origin, figures).run();
    }
    report(settings.directory(), title, figures);
    if (hasErrors(figures)) {
      System.out.println(
          "\nThere were errors: see their column. A cell with any is no measurement.");
      System.exit(1);
    }
  }

  /** A run that is broken off leaves no daemon behind. */
  private static void endDescendants() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static String title(Settings settings) throws IOException {
    return String.format(
        Locale.ROOT,
        "WSP, %s, %s, %d cores, Java %s, load %s before%s",
        LocalDate.now(ZoneOffset.UTC),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0],
        settings.quick() ? "; a quick run: the figures mean nothing" : "");
  }

  private static String cpuModel() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch", "unknown"));
  }

  private static void report(Path directory, String title, Figures figures) throws IOException {
    String tables = TextTable.of(figures);
    System.out.println(tables);
    Files.writeString(directory.resolve("bench.md"), title + "\n" + tables);
    Files.writeString(directory.resolve("bench.csv"), Csv.of(figures));
    Files.writeString(directory.resolve("bench.svg"), Plot.of(title, figures));
    Files.writeString(directory.resolve("far.svg"), FarPlot.of(title, figures));
    System.out.println(
        "Written to " + directory.toAbsolutePath() + ": bench.md, bench.csv, bench.svg, far.svg");
  }

  private static boolean hasErrors(Figures figures) {
    return figures.all().stream().anyMatch(f -> f.metric().equals(Cell.ERRORS) && f.value() > 0);
  }
}
