package wsp.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import wsp.admin.Answers;

/** {@code /metrics}: the text format of Prometheus, or of OpenMetrics for those who ask for it. */
public final class MetricsHandler implements HttpHandler {
  private final Metrics metrics;

  /** For these. */
  public MetricsHandler(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    // Made before anything is sent, so that a slow reader keeps no other one waiting.
    Metrics.Scrape scrape = metrics.scrape(exchange.getRequestHeaders().getFirst("Accept"));
    exchange.getResponseHeaders().set("Vary", "Accept");
    Answers.body(exchange, 200, scrape.contentType(), scrape.body().toByteArray());
  }
}
