package wsp.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import wsp.process.Threads;

/**
 * Streams of server-sent events, a few at a time. Each has the thread that it was asked for on, and
 * as there is no queue, a reader that does not read holds one piece only: the write blocks, and if
 * it blocks for too long, the thread is interrupted, which closes the connection (NIO).
 */
final class EventStreams implements HttpHandler, AutoCloseable {
  /** So many at a time. */
  static final int STREAMS = 16;

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration STUCK = Duration.ofSeconds(5);

  private final Supplier<Feed> feeds;
  private final long tickMillis;
  private final long stuckMillis;
  private final Semaphore places = new Semaphore(STREAMS);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ScheduledExecutorService timer = Threads.timer("wsp-admin-events");

  EventStreams(Supplier<Feed> feeds) {
    this(feeds, TICK, STUCK);
  }

  /** Sends a piece each tick; one that takes longer to write is stuck. */
  EventStreams(Supplier<Feed> feeds, Duration tick, Duration stuck) {
    this.feeds = feeds;
    tickMillis = tick.toMillis();
    stuckMillis = stuck.toMillis();
  }

  int count() {
    return STREAMS - places.availablePermits();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      Answers.body(exchange, 200, "text/event-stream", new byte[0]);
    } else if (!places.tryAcquire()) {
      exchange.getResponseHeaders().set("Retry-After", "5");
      Answers.text(exchange, 503, "the live page is open " + STREAMS + " times already");
    } else {
      try {
        run(exchange);
      } finally {
        places.release();
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    timer.shutdownNow();
  }

  /** Until the reader leaves, is cut, or the daemon ends. */
  private void run(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    Feed feed = feeds.get();
    try (OutputStream out = exchange.getResponseBody()) {
      write(out, feed.first());
      while (!closing.await(tickMillis, TimeUnit.MILLISECONDS)) write(out, feed.next());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void write(OutputStream out, String text) throws IOException {
    WriteLimit limit = new WriteLimit(timer, stuckMillis, () -> false);
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } finally {
      limit.over();
    }
  }
}
