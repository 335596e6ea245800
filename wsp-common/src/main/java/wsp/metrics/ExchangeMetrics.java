package wsp.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.observe.Kind;
import wsp.observe.Outcomes;

/**
 * Counts and times exchanges, each when it is over. Both daemons do this for every request, so
 * nothing is looked up by a label on the way. Safe for all threads.
 */
public final class ExchangeMetrics implements ExchangeObserver {
  private static final double NANOS = 1e9;

  /** From a cached answer next door to a long poll, in seconds. */
  private static final double[] DURATIONS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300
  };

  /** From an idle connection to the usual time limits, in seconds. */
  private static final double[] WAITS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final RequestCounts requests = new RequestCounts();
  private final Map<Kind, LongAdder> kinds = new EnumMap<>(Kind.class);
  private final LongAdder begun = new LongAdder();
  private final LongAdder over = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder requestBytes = new LongAdder();
  private final LongAdder responseBytes = new LongAdder();
  private final DistributionDataPoint durations;
  private final DistributionDataPoint waits;

  /** Adds its numbers to those; the wait is from a request to its connection. */
  public ExchangeMetrics(Metrics metrics, String wait, String waitHelp) {
    for (Kind kind : Kind.values()) kinds.put(kind, new LongAdder());
    metrics.counters(
        "requests_total",
        "Requests that are over, by method and the status that was answered; 499: nobody was left"
            + " to be answered.",
        List.of("method", "code"),
        requests::samples);
    metrics.counters(
        "exchanges_total",
        "Requests that are over, by what they were: plain, upgrade (after a 101), connect (a"
            + " tunnel), forward, route.",
        List.of("kind"),
        this::byKind);
    metrics.gauge(
        "requests_in_flight", "Requests that have come and are not over.", this::inFlight);
    metrics.counter(
        "requests_cancelled_total",
        "Requests that nobody wanted an answer to any more.",
        cancelled::sum);
    metrics.counter(
        "request_bytes_total", "Bytes of the bodies of requests that are over.", requestBytes::sum);
    metrics.counter(
        "response_bytes_total",
        "Bytes of the bodies of the answers to requests that are over.",
        responseBytes::sum);
    durations =
        metrics.histogram(
            "request_duration_seconds",
            "From the head of a request to the end of its answer, or of itself; without tunnels and"
                + " upgrades.",
            DURATIONS);
    waits = metrics.histogram(wait, waitHelp, WAITS);
  }

  private List<Sample> byKind() {
    return kinds.entrySet().stream()
        .map(k -> Sample.of(k.getValue().sum(), k.getKey().word()))
        .toList();
  }

  private long inFlight() {
    long ended = over.sum(); // First, or one that is over could seem not to have begun.
    return begun.sum() - ended;
  }

  @Override
  public void begun(ExchangeRecord exchange) {
    begun.increment();
  }

  @Override
  public void ended(ExchangeRecord exchange) {
    over.increment();
    LongAdder kind = kinds.get(exchange.kind());
    if (kind != null) kind.increment();
    requests.count(exchange.method(), exchange.status());
    if (Outcomes.isUnwanted(exchange.failure())) cancelled.increment();
    requestBytes.add(exchange.requestBytes());
    responseBytes.add(exchange.responseBytes());
    if (!exchange.isOpenTunnel())
      durations.observe((exchange.endedAt() - exchange.receivedAt()) / NANOS);
    if (exchange.connectedAt() != 0)
      waits.observe((exchange.connectedAt() - exchange.receivedAt()) / NANOS);
  }
}
