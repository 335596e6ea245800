package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that go through the server by CONNECT or with a WebSocket, and know nothing of it. */
class TunnelProgramsIT {
  @TempDir static Path directory;

  private static RawStage stage;
  private static TestTls tls;
  private static HttpsServer origin;
  private static Path files;

  @BeforeAll
  static void open() throws Exception {
    tls = new TestTls(directory);
    files = Files.createDirectory(directory.resolve("files"));
    Files.writeString(files.resolve("ok"), "ok over TLS");
    origin = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    origin.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
    origin.setExecutor(Executors.newCachedThreadPool());
    origin.createContext("/", TunnelProgramsIT::file);
    origin.start();
    stage = new RawStage(directory, RawStage.LINES, RawStage.LINES);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
    origin.stop(0);
  }

  private static void file(HttpExchange exchange) throws IOException {
    Path file = files.resolve(exchange.getRequestURI().getPath().substring(1));
    byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    boolean there = Files.isRegularFile(file);
    exchange.sendResponseHeaders(there ? 200 : 404, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String url(String path) {
    return "https://127.0.0.1:" + origin.getAddress().getPort() + path;
  }

  private static String proxy() {
    return "http://127.0.0.1:" + stage.tunnel.port;
  }

  @Test
  void curlSpeaksTlsWithTheOriginItself() throws Exception {
    assumeTrue(Program.find("curl").isPresent(), "curl is not installed");
    String trust = tls.certificate.toString();
    Program got = Program.run("curl", "-sS", "--cacert", trust, "-x", proxy(), url("/ok"));
    assertEquals("ok over TLS", got.output());
  }

  @Test
  void pythonDoes() throws Exception {
    assumeTrue(Program.find("python3").isPresent(), "python3 is not installed");
    String read =
        "import sys, ssl, urllib.request as u; sys.stdout.write(u.build_opener("
            + "u.ProxyHandler({'https': sys.argv[1]}), u.HTTPSHandler(context="
            + "ssl.create_default_context(cafile=sys.argv[3]))).open(sys.argv[2]).read().decode())";
    String trust = tls.certificate.toString();
    assertEquals(
        "ok over TLS", Program.run("python3", "-c", read, proxy(), url("/ok"), trust).output());
  }

  @Test
  void gitClones() throws Exception {
    assumeTrue(Program.find("git").isPresent(), "git is not installed");
    Path work = directory.resolve("work");
    git("init", "-q", work.toString());
    Files.writeString(work.resolve("file"), "content");
    git("-C", work.toString(), "add", "file");
    String[] commit = {"-c", "user.name=a", "-c", "user.email=a@a.test", "commit", "-qm", "one"};
    git(Stream.concat(Stream.of("-C", work.toString()), Stream.of(commit)).toArray(String[]::new));
    Path bare = files.resolve("repo.git");
    git("clone", "-q", "--bare", work.toString(), bare.toString());
    git("-C", bare.toString(), "update-server-info");
    Path clone = directory.resolve("clone");
    git("clone", "-q", url("/repo.git"), clone.toString());
    assertEquals("content", Files.readString(clone.resolve("file")));
  }

  /** With the proxy that the environment names, as most programs take it. */
  private static void git(String... command) throws Exception {
    Stream<String> env =
        Stream.of(
            "env",
            "no_proxy=",
            "NO_PROXY=",
            "HTTPS_PROXY=" + proxy(),
            "GIT_SSL_CAINFO=" + tls.certificate,
            "git");
    Program done = Program.run(Stream.concat(env, Stream.of(command)).toArray(String[]::new));
    assertEquals(0, done.exitCode(), done.output());
  }

  /**
   * As far as there is no server of it here: both name themselves, and it offers its algorithms.
   */
  @Test
  void sshGoesByAProxyCommand() throws Exception {
    assumeTrue(Program.find("ssh").isPresent(), "ssh is not installed");
    Path classes =
        Path.of(Daemon.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String connect =
        String.format(
            "ProxyCommand='%s' -XX:TieredStopAtLevel=1 -cp '%s' wsp.e2e.ProxyCommand %d %%h %%p",
            Daemon.java(), classes, stage.tunnel.port);
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      listening.setSoTimeout(20_000);
      String port = String.valueOf(listening.getLocalPort());
      String[] ssh = {
        "ssh", "-F", "none", "-o", "BatchMode=yes", "-o", connect, "-p", port, "a@127.0.0.1", "true"
      };
      Process process = new ProcessBuilder(ssh).redirectErrorStream(true).start();
      try (Caller client = new Caller(listening.accept())) {
        assertEquals("SSH-2.0-", RawStage.read(client, 8));
        while (client.in.read() != '\n') {}
        client.send("SSH-2.0-test\r\n");
        // The length of the packet and of its padding, and SSH_MSG_KEXINIT (RFC 4253 §6, §7.1).
        byte[] packet = client.in.readNBytes(6);
        assertEquals(20, packet[5]);
      } finally {
        process.destroyForcibly().onExit().join();
      }
    }
  }

  /** Java's own, once by the field and once by CONNECT. */
  @Test
  void javaOpensAWebSocket() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "ws://127.0.0.1:" + listening.getLocalPort() + "/live";
      WebSocket.Builder byField =
          HttpClient.newHttpClient().newWebSocketBuilder().header("X-PROXY-DESTINATION", url);
      assertSpeaks(listening, byField, "ws://127.0.0.1:" + stage.tunnel.port + "/request");
      InetSocketAddress port = new InetSocketAddress("127.0.0.1", stage.tunnel.port);
      WebSocket.Builder byConnect =
          HttpClient.newBuilder().proxy(ProxySelector.of(port)).build().newWebSocketBuilder();
      assertSpeaks(listening, byConnect, url);
    }
  }

  private static void assertSpeaks(ServerSocket at, WebSocket.Builder how, String url)
      throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<WebSocket> opening =
        how.buildAsync(
            URI.create(url),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                first.complete(text.toString());
                return null;
              }
            });
    CompletableFuture<WebSocket> sent = opening.thenCompose(open -> open.sendText("up", true));
    // Which has that message.
    try (WebSocketPeer peer = WebSocketPeer.server(at.accept())) {
      peer.frame(WebSocketPeer.TEXT, "down");
      assertEquals("down", first.get(20, TimeUnit.SECONDS));
      sent.get(20, TimeUnit.SECONDS).abort();
    }
  }
}
