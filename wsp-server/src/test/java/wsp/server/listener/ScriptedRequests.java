package wsp.server.listener;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;

/** A port whose requests a test answers, and callers that are closed with it. */
final class ScriptedRequests implements RequestListener, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  final BlockingQueue<Caller> requests = new LinkedBlockingQueue<>();

  /** What a selector thread does when a request comes. */
  volatile Runnable arriving = () -> {};

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<Socket> sockets = new ArrayList<>();
  private final HttpListener listener;

  ScriptedRequests() throws IOException {
    this(LIMIT);
  }

  ScriptedRequests(Duration halfClose) throws IOException {
    ListenerLimits limits =
        new ListenerLimits(
            65536,
            100,
            LIMIT,
            LIMIT,
            LIMIT,
            halfClose,
            new ListenerLimits.Crowd(100, 100, 100, List.of(), 64 << 20));
    listener = new HttpListener("127.0.0.1", 0, null, limits, this, timer);
    listener.start();
  }

  @Override
  public void onRequest(Caller caller) {
    requests.add(caller);
    arriving.run();
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

  Socket connect() throws IOException {
    Socket s = new Socket("127.0.0.1", listener.port());
    s.setSoTimeout(10_000);
    s.setTcpNoDelay(true);
    sockets.add(s);
    return s;
  }

  /** A caller that has sent this. */
  Socket sent(String bytes) throws IOException {
    Socket caller = connect();
    caller.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    return caller;
  }

  /** A pass of maintenance at that time. */
  void sweep(long now) {
    listener.sweep(now);
  }

  /** The next request that has come. */
  Caller next() throws InterruptedException {
    Caller next = requests.poll(10, TimeUnit.SECONDS);
    if (next == null) throw new AssertionError("no request comes");
    return next;
  }

  @Override
  public void close() throws IOException {
    for (Socket s : sockets) s.close();
    listener.stop();
    timer.shutdownNow();
  }
}
