package wsp.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.LastResort;
import wsp.process.Threads;

/**
 * Every request at the admin port passes this: it checks the name that the request is for, its path
 * and method, and limits how long its answer may take. The JDK's server matches the beginnings of
 * paths; this, whole ones.
 */
final class Gate implements HttpHandler, AutoCloseable {
  /** How long an answer may take. */
  static final int ANSWER_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  static final int REQUESTS = 48;

  private final HostCheck hosts;
  private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(REQUESTS);
  private final ScheduledExecutorService timer;
  private final long answerMillis;

  Gate(HostCheck hosts, long answerMillis) {
    this.hosts = hosts;
    this.answerMillis = answerMillis;
    timer = Threads.timer("wsp-admin-timer");
  }

  void add(String path, HttpHandler handler) {
    handlers.put(path, handler);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    protect(exchange.getResponseHeaders());
    if (!places.tryAcquire()) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      Answers.text(exchange, 503, "too many requests at a time");
      return;
    }
    WriteLimit limit = new WriteLimit(timer, answerMillis, () -> isEventStream(exchange));
    try {
      answer(exchange);
      // The JDK's server would wait for an answer for ever; this closes the connection.
      if (exchange.getResponseCode() < 0) throw new IOException("no answer");
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      LOG.error("the admin port could not answer:", e);
      throw e;
    } finally {
      limit.over();
      places.release();
    }
  }

  private static boolean isEventStream(HttpExchange exchange) {
    String type = exchange.getResponseHeaders().getFirst("Content-Type");
    return type != null && type.startsWith("text/event-stream");
  }

  /** Nothing here is for other pages to read, show or keep. */
  private static void protect(Headers fields) {
    fields.set("X-Content-Type-Options", "nosniff");
    fields.set("X-Frame-Options", "DENY");
    fields.set("Cross-Origin-Resource-Policy", "same-origin");
    fields.set("Referrer-Policy", "no-referrer");
    fields.set("Cache-Control", "no-store");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    if (!isForThis(exchange)) {
      Answers.text(exchange, 403, "this is not the name of the admin port");
      return;
    }
    @Nullable HttpHandler handler = handlers.get(exchange.getRequestURI().getPath());
    if (handler == null) {
      Answers.text(exchange, 404, "there is nothing here");
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      Answers.text(exchange, 405, "GET and HEAD only");
    } else {
      handler.handle(exchange);
    }
  }

  /** Older servers of the JDK let several Hosts through, and an authority before the path. */
  private boolean isForThis(HttpExchange exchange) {
    List<String> names = exchange.getRequestHeaders().get("Host");
    return hosts.allows(exchange.getRequestURI().getRawAuthority())
        && (names == null || names.stream().allMatch(hosts::allows));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
