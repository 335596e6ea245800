package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wsp.client.FakeServer.Door;
import wsp.client.origin.Failure;
import wsp.testing.Await;

class AdminTest {
  private static final String ADMIN = "admin: {port: 0}";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** The whole answer, head and body. */
  private static String ask(WspClient client, String path) throws IOException {
    int port = client.admin().port().port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The value of exactly this series; NaN where there is none. */
  private static double value(WspClient client, String series) throws IOException {
    String start = "wsp_client_" + series + " ";
    return ask(client, "/metrics")
        .lines()
        .filter(l -> l.startsWith(start))
        .mapToDouble(l -> Double.parseDouble(l.substring(start.length())))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static void awaitValue(WspClient client, double expected, String series) {
    Await.until(series + " is " + expected, LIMIT, () -> value(client, series) == expected);
  }

  private static void assertReady(WspClient client, int status, String text) throws IOException {
    String answer = ask(client, "/readyz");
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.endsWith("\r\n\r\n" + text + "\n"), answer);
  }

  @Test
  void whatWasReplayedIsCountedExactly() throws Exception {
    try (ClientFixture fixture = new ClientFixture(ADMIN)) {
      WspClient client = fixture.client;
      String target = "target=\"" + fixture.server.url() + "\"";
      assertEquals(0, value(client, "request_duration_seconds_count"));
      Peer peer = fixture.server.next();
      awaitValue(client, 1, "connections{state=\"idle\"," + target + "}");
      assertEquals(1, value(client, "dials_total{" + target + "}"));
      for (int i = 0; i < 3; i++) fixture.works(peer);
      peer.get(fixture.origin.url("/ok"));
      assertEquals(200, peer.answer().head().status());
      awaitValue(client, 4, "request_duration_seconds_count");

      assertEquals(3, value(client, "requests_total{code=\"200\",method=\"POST\"}"));
      assertEquals(1, value(client, "requests_total{code=\"200\",method=\"GET\"}"));
      assertEquals(3 * 4, value(client, "request_bytes_total"));
      assertEquals(3 * 4, value(client, "response_bytes_total"));
      assertEquals(4, value(client, "origin_connect_seconds_count"));
      assertEquals(0, value(client, "requests_in_flight"));
      assertEquals(0, value(client, "dial_failures_total{" + target + "}"));
      assertEquals(0, value(client, "reconnects_total{" + target + "}"));
      assertEquals(0, value(client, "connections_lost_total{" + target + "}"));
      assertEquals(0, value(client, "connections{state=\"busy\"," + target + "}"));
      assertTrue(ask(client, "/metrics").contains("wsp_client_build_info{version=\""));
    }
  }

  @Test
  void itIsNobodysOrigin() throws Exception {
    try (ClientFixture fixture = new ClientFixture(ADMIN)) {
      int port = fixture.client.admin().port().port();
      Peer peer = fixture.server.next();
      for (String host : List.of("127.0.0.1", "127.0.0.5", "localhost", "[::1]")) {
        peer.get("http://" + host + ":" + port + "/metrics");
        FakeServer.Answer answer = peer.answer();
        assertEquals(527, answer.head().status(), host);
        assertTrue(
            String.valueOf(answer.head().headers().all("Proxy-Status"))
                .contains("destination_ip_prohibited"),
            host);
      }
      fixture.works(peer);
    }
  }

  @Test
  void everyRowOfTheTableIsThereFromZero() throws Exception {
    try (ClientFixture fixture = new ClientFixture(ADMIN)) {
      for (Failure f : Failure.values())
        assertEquals(0, value(fixture.client, series(f)), f.name());
      Peer peer = fixture.server.next();
      peer.get("nonsense");
      assertEquals(527, peer.answer().head().status());
      for (Failure f : Failure.values()) {
        int expected = f == Failure.INVALID_DESTINATION ? 1 : 0;
        assertEquals(expected, value(fixture.client, series(f)), f.name());
      }
      awaitValue(fixture.client, 1, "requests_total{code=\"527\",method=\"GET\"}");
    }
  }

  private static String series(Failure f) {
    String side = f.side().name().toLowerCase(Locale.ROOT);
    return "failures_total{failure=\"" + f.name() + "\",side=\"" + side + "\"}";
  }

  @Test
  void readyIsAClientWithATargetThatIsNotDraining() throws Exception {
    try (FakeServer server = new FakeServer();
        ScriptedOrigin origin = new ScriptedOrigin()) {
      server.door = Door.NOT_FOUND;
      origin.on("/wait", ScriptedOrigin.Request::awaitGone);
      try (WspClient client = ClientFixture.client(server.url(), ADMIN, "grace: 20s")) {
        client.start();
        String target = "{target=\"" + server.url() + "\"}";
        assertReady(client, 503, "no target is connected");
        Await.until(
            "a dial failed", LIMIT, () -> value(client, "dial_failures_total" + target) > 0);

        server.door = Door.OPEN;
        Peer first = server.next();
        awaitValue(client, 0, "reconnects_total" + target);
        Await.until("it is ready", LIMIT, () -> ask(client, "/readyz").endsWith("ok\n"));
        first.close();
        Peer peer = server.next();
        awaitValue(client, 1, "reconnects_total" + target);
        awaitValue(client, 1, "connections_lost_total" + target);

        peer.get(origin.url("/wait"));
        Await.until("the request arrives", LIMIT, () -> origin.last("/wait") != null);
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> drain(client));
        Await.until("it drains", LIMIT, client::draining);
        assertReady(client, 503, "the client is shutting down");
        assertTrue(ask(client, "/healthz").endsWith("ok\n"));
        peer.close();
        assertTrue(drained.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        assertReady(client, 503, "the client is shutting down");
      }
    }
  }

  private static boolean drain(WspClient client) {
    try {
      return client.drain();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void healthyIsAClientWhoseMaintenanceRuns() throws Exception {
    try (ClientFixture fixture = new ClientFixture(ADMIN)) {
      WspClient client = fixture.client;
      assertTrue(ask(client, "/healthz").endsWith("\r\n\r\nok\n"));
      long longAgo = System.nanoTime() - 60_000_000_000L;
      // A pass may come in between.
      Await.until(
          "it complains",
          LIMIT,
          () -> {
            client.maintenance().passed(longAgo);
            String answer = ask(client, "/healthz");
            return answer.startsWith("HTTP/1.1 503 ")
                && answer.contains("\r\nmaintenance has not come to its end for 6");
          });
      Await.until(
          "it is well again", LIMIT, () -> ask(client, "/healthz").startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  void aTargetIsToldWithoutItsSecrets() throws Exception {
    String target = "ws://127.0.0.1:1/register?token=verysecret";
    try (WspClient client = ClientFixture.client(target, ADMIN)) {
      client.start();
      String metrics = ask(client, "/metrics");
      assertFalse(metrics.contains("verysecret"), metrics);
      assertTrue(metrics.contains("target=\"ws://127.0.0.1:1/register?***\""), metrics);
    }
  }

  @Test
  void aPortInUseIsOneClearError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WspClient client =
            ClientFixture.client(
                "ws://127.0.0.1:1/register", "admin: {port: " + taken.getLocalPort() + "}")) {
      IOException e = assertThrows(IOException.class, client::start);
      String start = "cannot listen on 127.0.0.1:" + taken.getLocalPort() + " for the admin port";
      assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }
  }

  @Test
  void withoutTheKeyThereIsNoPort() throws Exception {
    try (ClientFixture fixture = new ClientFixture()) {
      assertNull(fixture.client.admin());
    }
  }
}
