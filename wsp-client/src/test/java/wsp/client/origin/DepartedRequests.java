package wsp.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.address.AddressGuard;
import wsp.address.NameLookup;
import wsp.destination.Destination;
import wsp.destination.IpLiteral;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.testing.Await;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/**
 * An engine whose requests end, each in another phase: soon nothing refers to one, and its
 * connection is closed, however long the phase itself may take.
 */
@Timeout(60)
public abstract class DepartedRequests {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Path[] TCP = {Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")};

  /** Enough for all. */
  protected static final HeadMemory HEADS = new HeadMemory(16 << 20, LONG);

  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** Where a request is when it ends. */
  protected enum Phase {
    LOOKING_UP("http://hangs.test"),
    LOOKING_UP_SECURELY("https://hangs.test"),
    CONNECTING("http://127.0.0.1"),
    CONNECTING_SECURELY("https://127.0.0.1"),
    /** The origin has taken TCP, and says nothing. */
    SHAKING_HANDS("https://127.0.0.1"),
    /** The origin has begun to say something. */
    HALF_SHAKEN("https://127.0.0.1"),
    /** The origin is asked whether it wants the body. */
    EXPECTING("http://127.0.0.1"),
    AWAITING_AN_ANSWER("http://127.0.0.1"),
    /** The body is not whole. */
    ANSWERED_EARLY("http://127.0.0.1"),
    /** It ends by that, and its connection is kept. */
    ANSWERED("http://127.0.0.1");

    private final String origin;

    Phase(String origin) {
      this.origin = origin;
    }

    private boolean hasBody() {
      return this == EXPECTING || this == ANSWERED_EARLY;
    }
  }

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final CountDownLatch dead = new CountDownLatch(1);
  private volatile boolean asked;

  /** An engine of this kind, which {@link #close} closes. */
  protected abstract OriginEngine engine(OriginLimits limits, TlsFiles tls, NameLookup names)
      throws Exception;

  /**
   * True for our own engine: the other one hears no answer before the body is sent, and connections
   * that it keeps refer to what went by them last.
   */
  protected abstract boolean isOurs();

  /** This one is closed after the test. */
  protected final void closeAfterwards(AutoCloseable one) {
    opened.add(0, one);
  }

  @AfterEach
  final void close() throws Exception {
    dead.countDown();
    for (AutoCloseable one : opened) one.close();
  }

  private InetAddress[] hang(String host) {
    asked = true;
    try {
      dead.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  /** A request on its way; what refers to it on purpose is this alone. */
  protected static final class Request {
    public final OriginStream stream;
    public final Sink sink = new Sink();
    private final List<WeakReference<?>> references = new ArrayList<>();

    public Request(Origins origins, String url, boolean expects, long length) throws Exception {
      String long64k = "x".repeat(64_000);
      Headers fields = Headers.of("X-Long", long64k);
      if (expects) fields = fields.with("Expect", "100-continue");
      String method = length == 0 ? "GET" : "POST";
      RequestEnvelope envelope = new RequestEnvelope(method, url, fields, length);
      for (Object one : List.of(long64k, envelope, sink)) references.add(new WeakReference<>(one));
      stream = origins.prepare(envelope, Destination.parse(url), sink);
      stream.start();
      var unused = stream.body(ByteBuffer.wrap(new byte[length == 0 ? 0 : 1]), length == 0);
    }

    /** Ends it; whatever refers to it still refers to one of these. */
    public List<WeakReference<?>> leave(boolean cancels) {
      if (cancels) stream.cancel();
      return references;
    }
  }

  /** Waits until there is nothing that refers to a request. */
  public static void awaitForgotten(List<WeakReference<?>> references) {
    Await.until(
        "nothing refers to the request",
        SOON,
        () -> {
          System.gc();
          return references.stream().allMatch(r -> r.get() == null);
        });
  }

  @ParameterizedTest
  @EnumSource
  void nothingRefersToARequestThatIsOver(Phase phase) throws Exception {
    boolean connects = phase.name().startsWith("CONNECTING");
    assumeTrue(!connects || Files.exists(TCP[0]));
    assumeTrue(phase != Phase.ANSWERED || isOurs());
    // The first connection of a process loads classes, for longer than one that is given up early
    // waits for its moment.
    if (connects) awaitForgotten(pass(Phase.AWAITING_AN_ANSWER, origins(), origin(50)));
    ServerSocket origin = origin(connects ? 1 : 50);
    if (connects) fill(origin.getLocalPort());
    awaitForgotten(pass(phase, origins(), origin));
  }

  private ServerSocket origin(int backlog) throws IOException {
    ServerSocket origin = new ServerSocket(0, backlog, IpLiteral.of("127.0.0.1"));
    opened.add(origin);
    return origin;
  }

  /** Origins of an engine that trusts any, with limits that no test comes near. */
  protected final Origins origins() throws Exception {
    TlsFiles tls = TlsFiles.client(new TlsSettings(null, null, null, true));
    OriginLimits limits = new OriginLimits(LONG, LONG, LONG, 256 << 10);
    return engine(limits, tls, this::hang).guard(AddressGuard.DEFAULT);
  }

  private List<WeakReference<?>> pass(Phase phase, Origins origins, ServerSocket origin)
      throws Exception {
    String url = phase.origin + ":" + origin.getLocalPort() + "/";
    int before = connecting(origin.getLocalPort());
    boolean expects = phase == Phase.EXPECTING;
    Request request = new Request(origins, url, expects, phase.hasBody() ? 10 : 0);
    boolean cancels = phase != Phase.ANSWERED;
    switch (phase) {
      case LOOKING_UP, LOOKING_UP_SECURELY -> Await.until("it is looked up", () -> asked);
      case CONNECTING, CONNECTING_SECURELY ->
          Await.until("it connects", () -> connecting(origin.getLocalPort()) > before);
      default -> {
        Socket there = origin.accept();
        opened.add(there);
        serve(phase, request, there);
        var references = request.leave(cancels);
        if (cancels) awaitClosed(there);
        return references;
      }
    }
    return request.leave(cancels);
  }

  private void serve(Phase phase, Request request, Socket there) throws IOException {
    there.setSoTimeout(10_000);
    if (phase == Phase.HALF_SHAKEN || phase == Phase.SHAKING_HANDS) {
      assertEquals(22, there.getInputStream().read());
      if (phase == Phase.HALF_SHAKEN) there.getOutputStream().write(new byte[] {22, 3, 3, 64, 0});
      return;
    }
    readHead(there);
    if (phase != Phase.ANSWERED && phase != Phase.ANSWERED_EARLY) return;
    there.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
    if (phase == Phase.ANSWERED || isOurs())
      Await.until("the answer is here", () -> request.sink.answered);
  }

  private static void readHead(Socket there) throws IOException {
    int ends = 0;
    while (ends < 4) {
      int b = there.getInputStream().read();
      ends = b == "\r\n\r\n".charAt(ends) ? ends + 1 : 0;
    }
  }

  private static void awaitClosed(Socket there) throws IOException {
    try {
      while (there.getInputStream().read() >= 0) {}
    } catch (SocketException e) {
      // It was reset, which says the same.
    }
  }

  /** From now on, what connects to this port is not answered. */
  private void fill(int port) throws IOException {
    for (int i = 0; i < 6; i++) {
      SocketChannel filler = SocketChannel.open();
      opened.add(filler);
      filler.configureBlocking(false);
      filler.connect(new java.net.InetSocketAddress("127.0.0.1", port));
    }
  }

  /** How many sockets of this machine are being connected to this port. */
  private static int connecting(int port) throws IOException {
    int n = 0;
    String to = String.format(Locale.ROOT, ":%04X 02 ", port);
    for (Path table : TCP)
      if (Files.exists(table))
        for (String line : Files.readAllLines(table)) if (line.contains(to)) n++;
    return n;
  }

  /** Takes everything, and remembers whether the answer is whole. */
  public static final class Sink implements ResponseSink {
    volatile boolean answered;

    @Override
    public void onConnected() {}

    @Override
    public void onHead(ResponseEnvelope head) {}

    @Override
    public void onPause() {}

    @Override
    public boolean onBody(ByteBuffer piece, boolean last) {
      answered |= last;
      return true;
    }

    @Override
    public void onRequestTaken() {}

    @Override
    public void onFailure(ReplayException failure) {}
  }
}
