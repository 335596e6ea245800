package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wsp.address.AddressGuard;
import wsp.client.httpclient.HttpClientEngine;
import wsp.client.net.Reactor;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginEngine;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.OriginStream;
import wsp.client.origin.Origins;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.client.replay.Replayer;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.process.Threads;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/**
 * What both engines make of the same answers, those that the fuzzers begin with: the same, or the
 * difference that stands here and in docs/engines.md.
 */
@Timeout(60)
class EnginesAlikeTest {
  /** What httpclient makes of those that it treats otherwise. */
  private static final Map<String, String> OTHERWISE = Map.of("no-content", "204 -1 {} ");

  private static ScheduledExecutorService timer;
  private static Reactor reactor;
  private static OriginEngine own;
  private static OriginEngine other;

  @BeforeAll
  static void start() throws Exception {
    WithHttpClient.setJvm();
    Duration limit = Duration.ofSeconds(10);
    OriginLimits limits = new OriginLimits(limit, limit, limit, 2048);
    TlsFiles tls = TlsFiles.client(TlsSettings.DEFAULT);
    timer = Threads.timer("test-timer");
    reactor = new Reactor(1);
    HeadMemory heads = new HeadMemory(1 << 20, limit);
    own = new Replayer(limits, heads, tls, reactor, timer);
    other = new HttpClientEngine(limits, heads, tls, true);
  }

  @AfterAll
  static void stop() {
    own.close();
    other.close();
    reactor.close();
    timer.shutdownNow();
  }

  static Stream<String> seeds() throws IOException {
    return Files.list(Path.of("src/test/resources/fuzz/response"))
        .map(path -> path.getFileName().toString())
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theCallerGetsTheSame(String seed) throws Exception {
    byte[] input = Files.readAllBytes(Path.of("src/test/resources/fuzz/response", seed));
    String method = input[0] == 'H' ? "HEAD" : "GET";
    byte[] answer = Arrays.copyOfRange(input, 1, input.length);
    String expected =
        OTHERWISE.getOrDefault(seed, outcome(own.guard(AddressGuard.DEFAULT), method, answer));
    assertEquals(expected, outcome(other.guard(AddressGuard.DEFAULT), method, answer));
  }

  /** What the sink gets from an origin that answers so, and ends the connection. */
  private static String outcome(Origins origins, String method, byte[] answer) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      FakeServer.start(() -> answer(listener, answer));
      String url = "http://127.0.0.1:" + listener.getLocalPort() + "/";
      Told told = new Told();
      OriginStream stream =
          origins.prepare(
              new RequestEnvelope(method, url, Headers.EMPTY, 0), Destination.parse(url), told);
      stream.start();
      stream.body(ByteBuffer.allocate(0), true);
      return told.all.get(20, TimeUnit.SECONDS);
    }
  }

  private static void answer(ServerSocket listener, byte[] answer) {
    try (Socket socket = listener.accept()) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) head.append((char) socket.getInputStream().read());
      socket.getOutputStream().write(answer);
      socket.shutdownOutput();
      while (socket.getInputStream().read() >= 0) continue;
    } catch (IOException e) {
      // The engine has had enough.
    }
  }

  /** What came, in a line; of a body that was cut, nothing. */
  private static final class Told implements ResponseSink {
    final CompletableFuture<String> all = new CompletableFuture<>();
    private final StringBuilder body = new StringBuilder();
    private volatile String head = "";

    @Override
    public void onConnected() {}

    @Override
    public void onHead(ResponseEnvelope given) {
      head =
          given.status()
              + " "
              + given.contentLength()
              + " "
              + new TreeMap<>(given.headers().byCanonicalName());
    }

    @Override
    public void onPause() {}

    @Override
    public boolean onBody(ByteBuffer piece, boolean last) {
      body.append(StandardCharsets.ISO_8859_1.decode(piece));
      if (last) all.complete(head + " " + body);
      return true;
    }

    @Override
    public void onRequestTaken() {}

    @Override
    public void onFailure(ReplayException failure) {
      all.complete((head + " " + failure.failure()).trim());
    }
  }
}
