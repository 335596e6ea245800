package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import wsp.testing.Await;

/**
 * Callers that send requests to one port, each with a number, and an origin that answers with that
 * number and the body that came.
 */
final class ScaleOutLoad implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int CALLERS = 6;
  private static final long PAUSE_NANOS = 5_000_000;

  private final int port;
  private final Origin origin;
  private final List<Thread> callers = new ArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicLong right = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /** How many were right since the last one that was not. */
  private final AtomicLong inARow = new AtomicLong();

  private final Map<String, AtomicInteger> executed = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;

  ScaleOutLoad(int port) throws IOException {
    this.port = port;
    origin = new Origin().on("/", this::answer);
  }

  private void answer(Origin.Request r) throws IOException {
    executed.computeIfAbsent(r.target, t -> new AtomicInteger()).incrementAndGet();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    r.body((bytes, n) -> body.write(bytes, 0, n));
    r.reply(200, r.target + " " + body.toString(StandardCharsets.US_ASCII));
  }

  /** So many requests with this path, as fast as they go. */
  void run(int requests, String path) {
    int last = ids.get() + requests;
    startCallers(path, last, 0);
    awaitEnd();
  }

  /** Requests until the end, with pauses: what is tried is not how many there can be. */
  void start() {
    startCallers("/load", Integer.MAX_VALUE, PAUSE_NANOS);
  }

  private void startCallers(String path, int last, long pause) {
    callers.clear();
    for (int i = 0; i < CALLERS; i++) {
      Thread t = new Thread(() -> callAll(path, last, pause), "caller");
      t.setDaemon(true);
      t.start();
      callers.add(t);
    }
  }

  private void callAll(String path, int last, long pause) {
    Caller kept = null;
    while (!stopping) {
      int id = ids.getAndIncrement();
      if (id >= last) break;
      kept = call(kept, path + "/" + id + ".", id);
      if (pause > 0) Await.pace(pause);
    }
    close(kept);
  }

  /** Returns the connection if it can be used again. */
  private Caller call(Caller kept, String target, int id) {
    Caller c = kept;
    try {
      if (c == null) c = new Caller(port);
      String body = id % 3 == 0 ? "x".repeat(id % 2000 + 1) : "";
      String method = body.isEmpty() ? "GET" : "POST";
      String length = "Content-Length: " + body.length();
      if (body.isEmpty()) c.head(method, origin.url(target));
      else c.head(method, origin.url(target), length);
      c.send(body);
      Caller.Answer answer = c.answerHead();
      if (answer.status >= 500 && answer.status < 600) throw new IOException(answer.toString());
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      if (!c.readBody(method, answer, (b, n) -> got.write(b, 0, n))) throw new IOException("cut");
      judge(target + " " + body, answer.status, got.toString(StandardCharsets.US_ASCII));
      if (!answer.header("Connection").contains("close")) return c;
    } catch (IOException e) {
      failed(target, e);
    } catch (RuntimeException e) {
      wrong.add(target + ": " + e);
    }
    close(c);
    return null;
  }

  private void judge(String expected, int status, String got) {
    if (status == 200 && got.equals(expected)) {
      right.incrementAndGet();
      inARow.incrementAndGet();
    } else {
      wrong.add(expected + ": " + status + " " + got);
    }
  }

  private void failed(String target, IOException e) {
    failed.incrementAndGet();
    inARow.set(0);
    failures.add(target + ": " + e);
  }

  private static void close(Caller c) {
    try {
      if (c != null) c.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** Errors that were told, and answers and connections that were cut. */
  long failed() {
    return failed.get();
  }

  String failures() {
    return String.join("\n", failures);
  }

  void awaitMore(int requests) {
    long before = right.get();
    Await.until("load goes on", SOON, () -> right.get() >= before + requests);
  }

  /** Until so many in a row are right. */
  void awaitCalm(int requests) {
    inARow.set(0);
    Await.until("nothing fails any more", SOON, () -> inARow.get() >= requests);
  }

  private void awaitEnd() {
    Await.until("all is answered", SOON, () -> callers.stream().noneMatch(Thread::isAlive));
  }

  void assertAllRight() {
    assertEquals("", failures());
    assertNothingWrong();
  }

  void assertNothingWrong() {
    assertEquals(List.of(), List.copyOf(wrong));
    executed.forEach((target, times) -> assertEquals(1, times.get(), target));
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    awaitEnd();
    origin.close();
  }
}
