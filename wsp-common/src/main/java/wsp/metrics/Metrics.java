package wsp.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wsp.admin.Answers;
import wsp.observe.Failures;
import wsp.text.Ascii;

/**
 * The metrics of one daemon. All names begin with its prefix, but for those of the JVM. Numbers
 * that other classes keep are asked for at each scrape, on the thread of the scrape; one scrape at
 * a time. Answers in the text format of Prometheus, or of OpenMetrics for those who ask for it.
 * Safe for all threads.
 */
public final class Metrics implements HttpHandler {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter open = OpenMetricsTextFormatWriter.create();
  private final String prefix;

  /** Those of the JVM, the version, and nothing else yet; the prefix ends in an underscore. */
  public Metrics(String prefix, String version) {
    this.prefix = prefix;
    Info.builder()
        .name(prefix + "build_info")
        .help("The version that runs; always 1.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version);
    jvm();
  }

  /** Not all there are: no listeners for collections, no diagnostic commands. */
  private void jvm() {
    ProcessMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    JvmClassLoadingMetrics.builder().register(registry);
  }

  public void gauge(String name, String help, LongSupplier value) {
    gauges(name, help, List.of(), () -> List.of(Sample.of(value.getAsLong())));
  }

  /**
   * Numbers that go up and down.
   *
   * @param labels their names
   * @param values a bounded number of them; of two with the same labels the first counts
   */
  public void gauges(String name, String help, List<String> labels, Supplier<List<Sample>> values) {
    GaugeWithCallback.builder()
        .name(prefix + name)
        .help(help)
        .labelNames(labels.toArray(String[]::new))
        .callback(call -> tell(values.get(), call::call))
        .register(registry);
  }

  /** A number that only goes up; its name ends in {@code _total}. */
  public void counter(String name, String help, LongSupplier value) {
    counters(name, help, List.of(), () -> List.of(Sample.of(value.getAsLong())));
  }

  /** Numbers that only go up; as {@link #gauges}. */
  public void counters(
      String name, String help, List<String> labels, Supplier<List<Sample>> values) {
    CounterWithCallback.builder()
        .name(prefix + name)
        .help(help)
        .labelNames(labels.toArray(String[]::new))
        .callback(call -> tell(values.get(), call::call))
        .register(registry);
  }

  private interface Call {
    void call(double value, String... labels);
  }

  /**
   * Tells of samples with the same labels the first: the library would refuse the whole scrape for
   * one that comes twice, and those who watch would be blind for all others.
   */
  private static void tell(List<Sample> samples, Call to) {
    Set<List<String>> told = new HashSet<>();
    for (Sample s : samples)
      if (told.add(s.labels())) to.call((double) s.value(), s.labels().toArray(String[]::new));
  }

  /**
   * How often each row of a table has occurred, those that have not, too. A row has the name that
   * it has in every log.
   *
   * @param side the guilty party
   */
  public <E extends Enum<E>> void failures(
      Failures<E> failures, Class<E> table, Function<E, Enum<?>> side) {
    counters(
        "failures_total",
        "Requests that failed, by the row of the table of failures and whose fault it is.",
        List.of("failure", "side"),
        () ->
            Arrays.stream(table.getEnumConstants())
                .map(e -> Sample.of(failures.of(e), e.name(), Ascii.lower(side.apply(e).name())))
                .toList());
  }

  /** How long something takes, in seconds. */
  Histogram histogram(String name, String help, double... bounds) {
    return Histogram.builder()
        .name(prefix + name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    // Made before anything is sent, so that a slow reader keeps no other one waiting.
    Scrape scrape = scrape(exchange.getRequestHeaders().getFirst("Accept"));
    exchange.getResponseHeaders().set("Vary", "Accept");
    Answers.body(exchange, 200, scrape.contentType, scrape.body.toByteArray());
  }

  record Scrape(String contentType, ByteArrayOutputStream body) {}

  /** Asks for all numbers, for a request with that field {@code Accept}. */
  synchronized Scrape scrape(@Nullable String accept) throws IOException {
    ExpositionFormatWriter format = open.accepts(accept) ? open : plain;
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 15);
    format.write(body, registry.scrape());
    return new Scrape(format.getContentType(), body);
  }
}
