package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;

/** Callers of one selector thread: however much each has sent, they take turns. */
class FairTurnsTest {
  private static final int BURST = 400;

  /** Of one that is sent here, or less. */
  private static final int REQUEST_BYTES = 27;

  private static final ListenerLimits LIMITS =
      new ListenerLimits(
          65536,
          100,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          new ListenerLimits.Crowd(100, 100, 100, List.of(), 64 << 20));

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<Socket> sockets = new ArrayList<>();
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();

  /** Whose requests were answered, in that order; by one selector thread. */
  private final List<String> answered = new ArrayList<>();

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpListener listener;

  /** Every byte comes in a record of its own. */
  private boolean inRecords;

  private final RequestListener answers =
      new RequestListener() {
        @Override
        public void onRequest(Caller caller) {
          answer(caller);
        }

        @Override
        public void onOverload(Caller caller) {
          throw new IllegalStateException("overload");
        }

        @Override
        public boolean isRegistration(RequestHead head) {
          return false;
        }

        @Override
        public Judgement onRegister(RequestHead head, Remote remote, boolean verified) {
          return new Refusal(404, Headers.EMPTY, "");
        }
      };

  private void start(@Nullable Supplier<SSLEngine> tls) throws IOException {
    listener = new HttpListener("127.0.0.1", 0, tls, LIMITS, answers, timer);
    listener.start();
  }

  @AfterEach
  void stop() throws IOException {
    release.countDown();
    for (Socket s : sockets) s.close();
    listener.stop();
    timer.shutdownNow();
  }

  private void answer(Caller caller) {
    String path = caller.head().path();
    if (path.equals("/hold")) {
      held.countDown();
      try {
        assertTrue(release.await(10, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    } else if (path.startsWith("/who")) {
      threads.put(path.substring(4), Thread.currentThread());
    } else {
      answered.add(path);
    }
    caller.respond(200, Headers.EMPTY, "ok");
  }

  private Socket connect() throws IOException {
    Socket s = new Socket("127.0.0.1", listener.port());
    s.setSoTimeout(10_000);
    sockets.add(s);
    return s;
  }

  private void send(Socket to, String path, int times) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
    byte[] bytes = request.repeat(times).getBytes(StandardCharsets.US_ASCII);
    to.getOutputStream().write(inRecords ? OpenRecordsEngine.sealed(bytes) : bytes);
  }

  private static void awaitAnswers(Socket from, int times) throws IOException {
    InputStream in = from.getInputStream();
    StringBuilder end = new StringBuilder();
    for (int got = 0; got < times; ) {
      int b = in.read();
      assertTrue(b >= 0, "cut after " + got);
      end.append((char) b);
      if (end.toString().endsWith("\r\n\r\nok")) {
        got++;
        end.setLength(0);
      }
    }
  }

  /** Three connections of one selector thread. */
  private List<Socket> neighbours() throws IOException {
    Map<Thread, List<Socket>> near = new HashMap<>();
    int enough = 2 * Runtime.getRuntime().availableProcessors() + 1;
    for (int i = 0; i < enough; i++) {
      Socket s = connect();
      send(s, "/who" + i, 1);
      awaitAnswers(s, 1);
      near.computeIfAbsent(threads.get("" + i), t -> new ArrayList<>()).add(s);
    }
    return near.values().stream().filter(l -> l.size() > 2).findFirst().orElseThrow();
  }

  @Test
  void pipelinedRequestsOfOneCallerDoNotKeepAnotherWaiting() throws Exception {
    start(null);
    int longest = longestRun();
    assertTrue(longest <= 2 * Turn.REQUESTS, longest + " in a row");
  }

  @Test
  void tinyRecordsOfOneCallerDoNotKeepAnotherWaiting() throws Exception {
    start(OpenRecordsEngine::new);
    inRecords = true;
    int longest = longestRun();
    int turn = TlsReader.RECORDS / REQUEST_BYTES + 1;
    assertTrue(longest <= 2 * turn, longest + " in a row");
  }

  @Test
  void aConnectionThatCannotBeServedKeepsNoPlace() throws Exception {
    start(
        () -> {
          throw new IllegalStateException("no engine");
        });
    for (int i = 0; i < 5; i++) assertEquals(-1, connect().getInputStream().read());
    assertEquals(0, listener.callers());
  }

  /** How many requests of one caller were answered in a row while another had some, too. */
  private int longestRun() throws Exception {
    List<Socket> near = neighbours();
    send(near.get(0), "/hold", 1);
    assertTrue(held.await(10, TimeUnit.SECONDS));
    send(near.get(1), "/a", BURST);
    send(near.get(2), "/b", BURST);
    release.countDown();
    awaitAnswers(near.get(1), BURST);
    awaitAnswers(near.get(2), BURST);
    assertEquals(2 * BURST, answered.size());
    // As long as the other has something left.
    int end = Math.min(answered.lastIndexOf("/a"), answered.lastIndexOf("/b"));
    int longest = 0;
    for (int i = 0, run = 0; i < end; i++) {
      run = i > 0 && answered.get(i).equals(answered.get(i - 1)) ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
