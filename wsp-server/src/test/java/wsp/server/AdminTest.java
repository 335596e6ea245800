package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import wsp.config.ConfigFile;
import wsp.metrics.Rows;
import wsp.server.failure.ProxyError;
import wsp.testing.Await;

class AdminTest {
  private static final String ADMIN = "admin: {port: 0}";

  private static RawCaller.Answer ask(RunningServer server, String path, String... fields)
      throws IOException {
    int port = server.server.admin.port().port();
    try (RawCaller caller = new RawCaller(port)) {
      StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
      for (String f : fields) head.append(f).append("\r\n");
      return caller.send(head + "Connection: close\r\n\r\n").answer();
    }
  }

  private static String metrics(RunningServer server) throws IOException {
    RawCaller.Answer answer = ask(server, "/metrics");
    assertEquals(200, answer.status(), answer.text());
    return answer.text();
  }

  /** The value of exactly this series; NaN where there is none. */
  private static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(l -> l.startsWith(series + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(series.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void whatWasServedIsCountedExactly() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN)) {
      String before = metrics(server);
      assertEquals(0, value(before, "wsp_server_request_duration_seconds_count"));
      assertEquals(0, value(before, "wsp_server_registrations_total"));
      assertEquals(0, value(before, "wsp_server_clients"));

      server.echo();
      RawCaller caller = server.caller();
      for (int i = 0; i < 3; i++) assertEquals("GET /a ", caller.get("/a").text());
      caller.request("POST", "/b", "Content-Length: 5").send("12345");
      assertEquals("POST /b 12345", caller.answer().text());
      caller.request("BREW", "/c");
      assertEquals("BREW /c ", caller.answer().text());
      // A record is ended when its answer is out, perhaps after the caller has read it.
      Await.until(
          "five are counted",
          () -> value(metrics(server), "wsp_server_request_duration_seconds_count") == 5);

      String after = metrics(server);
      assertEquals(3, value(after, series("requests_total", "code=\"200\",method=\"GET\"")));
      assertEquals(1, value(after, series("requests_total", "code=\"200\",method=\"POST\"")));
      assertEquals(1, value(after, series("requests_total", "code=\"200\",method=\"other\"")));
      assertEquals(5, value(after, "wsp_server_request_bytes_total"));
      assertEquals(3 * 7 + 13 + 8, value(after, "wsp_server_response_bytes_total"));
      assertEquals(5, value(after, "wsp_server_connection_wait_seconds_count"));
      assertEquals(0, value(after, "wsp_server_requests_in_flight"));
      assertEquals(0, value(after, "wsp_server_waiting_requests"));
      assertEquals(1, value(after, "wsp_server_registrations_total"));
      assertEquals(0, value(after, "wsp_server_connections_lost_total"));
      assertEquals(1, value(after, "wsp_server_clients"));
      assertEquals(1, value(after, "wsp_server_caller_connections"));
      assertEquals(1, value(after, series("connections", "client=\"client\",state=\"idle\"")));
      assertEquals(0, value(after, series("connections", "client=\"client\",state=\"busy\"")));
    }
  }

  private static String series(String name, String labels) {
    return "wsp_server_" + name + "{" + labels + "}";
  }

  @Test
  void aBusyConnectionAndAWaitingRequestAreShown() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN, "timeout: 60s")) {
      RawPeer peer = server.peer("one_1");
      server.caller().request("GET", "/held");
      peer.request();
      server.caller().request("GET", "/waits");
      Await.until("it waits", () -> server.server.pools.waiting() == 1);
      String m = metrics(server);
      assertEquals(1, value(m, series("connections", "client=\"one\",state=\"busy\"")));
      assertEquals(0, value(m, series("connections", "client=\"one\",state=\"idle\"")));
      assertEquals(1, value(m, "wsp_server_waiting_requests"));
      assertEquals(2, value(m, "wsp_server_requests_in_flight"));
      assertEquals(
          "no client has room for a request (under way: 1)\n", ask(server, "/readyz").text());
    }
  }

  @Test
  void aCallerThatLeavesIsARequestThatNobodyWantsAndNoFailureOfOurs() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN)) {
      RawPeer peer = server.peer("one_1");
      RawCaller caller = server.caller().request("GET", "/held");
      peer.request();
      caller.close();
      Await.until(
          "it is counted",
          () ->
              value(metrics(server), series("requests_total", "code=\"499\",method=\"GET\"")) == 1);
      assertEquals(1, value(metrics(server), "wsp_server_requests_cancelled_total"));
      assertTrue(server.server.state().endsWith(", 0 failures"), server.server.state());
    }
  }

  @Test
  void everyRowOfTheTableIsThereFromZero() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN)) {
      String before = metrics(server);
      for (ProxyError e : ProxyError.values())
        assertEquals(0, value(before, failure(e)), e + " in " + before);
      assertEquals(526, server.caller().get("/nobody").status());
      String after = metrics(server);
      for (ProxyError e : ProxyError.values())
        assertEquals(e == ProxyError.NO_CLIENT ? 1 : 0, value(after, failure(e)), e.name());
      assertEquals(1, value(after, series("requests_total", "code=\"526\",method=\"GET\"")));
    }
  }

  private static String failure(ProxyError e) {
    String side = e.side().name().toLowerCase(java.util.Locale.ROOT);
    return series("failures_total", "failure=\"" + e.name() + "\",side=\"" + side + "\"");
  }

  @Test
  void aConnectionThatIsLostIsCounted() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN)) {
      server.peer().reset();
      Await.until(
          "it is counted", () -> value(metrics(server), "wsp_server_connections_lost_total") == 1);
      assertEquals(1, value(metrics(server), "wsp_server_registrations_total"));
    }
  }

  @Test
  void manyClientsDoNotMakeTheAnswerGrow() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN)) {
      int surplus = 3;
      for (int i = 0; i < Rows.MOST + surplus; i++) server.peer("c%03d_1".formatted(i));
      String m = metrics(server);
      long lines = m.lines().filter(l -> l.startsWith("wsp_server_connections{")).count();
      assertEquals(2 * (Rows.MOST + 1), lines);
      assertEquals(1, value(m, series("connections", "client=\"c099\",state=\"idle\"")));
      assertEquals(surplus, value(m, series("connections", "client=\"other\",state=\"idle\"")));
      assertEquals(Rows.MOST + surplus, value(m, "wsp_server_clients"));
    }
  }

  @Test
  void theVersionAndTheJvmAreThere() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN)) {
      String m = metrics(server);
      assertTrue(m.contains("wsp_server_build_info{version=\""), m);
      assertTrue(m.contains("jvm_memory_used_bytes{"), m);
      assertTrue(m.contains("jvm_threads_current "), m);
      assertTrue(m.contains("process_open_fds "), m);
    }
  }

  @Test
  void openMetricsIsForThoseWhoAskForIt() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN)) {
      RawCaller.Answer plain = ask(server, "/metrics", "Accept: text/plain");
      assertTrue(plain.field("Content-Type").startsWith("text/plain; version=0.0.4"));
      assertFalse(plain.text().contains("# EOF"));
      RawCaller.Answer open =
          ask(server, "/metrics", "Accept: application/openmetrics-text; version=1.0.0");
      assertTrue(open.field("Content-Type").startsWith("application/openmetrics-text"));
      assertTrue(open.text().endsWith("# EOF\n"));
    }
  }

  @Test
  void readyIsAServerWithAnIdleClientThatIsNotDraining() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN, "grace: 20s")) {
      RawCaller.Answer before = ask(server, "/readyz");
      assertEquals(503, before.status());
      assertEquals("no client is connected\n", before.text());

      RawPeer peer = server.peer("client_2");
      RawPeer spare = server.peer("client_2");
      assertEquals("ok\n", ask(server, "/readyz").text());

      RawCaller caller = server.caller();
      caller.request("GET", "/last");
      Await.until("one is busy", () -> server.server.pools.counts().busy() == 1);
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(
              () -> {
                try {
                  server.server.drain();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      Await.until("it drains", server.server.requestHandler::going);
      RawCaller.Answer draining = ask(server, "/readyz");
      assertEquals(503, draining.status());
      assertEquals("the server is shutting down\n", draining.text());
      assertEquals("ok\n", ask(server, "/healthz").text());

      // One of the two has the request, the other is closed.
      server.close(java.util.List.of(peer, spare));
      drained.get(20, java.util.concurrent.TimeUnit.SECONDS);
      assertEquals(503, ask(server, "/readyz").status(), "until the very end");
    }
  }

  @Test
  void healthyIsAServerWhoseMaintenanceRuns() throws Exception {
    try (RunningServer server = new RunningServer(ADMIN)) {
      assertEquals("ok\n", ask(server, "/healthz").text());
      long longAgo = System.nanoTime() - 60_000_000_000L;
      // A second from now a pass makes it well again, so the answer is asked for at once, and until
      // no pass came in between.
      Await.until(
          "it complains",
          () -> {
            server.server.maintenance.passed(longAgo);
            RawCaller.Answer answer = ask(server, "/healthz");
            return answer.status() == 503
                && answer.text().startsWith("maintenance has not come to its end for 6");
          });
      Await.until("it is well again", () -> ask(server, "/healthz").status() == 200);
    }
  }

  @Test
  void aPortInUseIsOneClearError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String yaml = "port: 0\nadmin: {port: " + taken.getLocalPort() + "}\n";
      ServerConfig config = ServerConfig.of(ConfigFile.parse("test.cfg", yaml));
      try (WspServer server = new WspServer(config)) {
        IOException e = assertThrows(IOException.class, server::start);
        String start = "cannot listen on 127.0.0.1:" + taken.getLocalPort() + " for the admin port";
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
      }
    }
  }

  @Test
  void withoutTheKeyThereIsNoPort() {
    try (RunningServer server = new RunningServer()) {
      assertEquals(null, server.server.admin);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
