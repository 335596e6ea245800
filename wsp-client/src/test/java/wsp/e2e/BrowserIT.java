package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;
import wsp.testing.Browser;

/** An origin's page, by a route, in a real browser. */
class BrowserIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What the page does, one after the other; it sends its origin what came of it. */
  private static final String PAGE =
      """
      <!doctype html><title>page</title><link rel=icon href=data:,><script>
      const webSocket = () => new Promise(done => {
        const s = new WebSocket(`ws://${location.host}/live`);
        let got = '';
        s.onopen = () => s.send('up');
        s.onmessage = e => { got += e.data; s.close(1000); };
        s.onclose = e => done(`${got} ${e.code} ${e.wasClean}`);
      });
      const events = () => new Promise(done => {
        const s = new EventSource('/events');
        let got = '';
        s.onmessage = async e => {
          got += e.data;
          await fetch('/got/' + e.data);
          if (e.data === '3') { s.close(); done(got); }
        };
      });
      const text = async (url, how) => {
        const answer = await fetch(url, how);
        return `${answer.status} ${await answer.text()}`;
      };
      const other = path => text(`http://api.localhost:${location.port}${path}`,
        {method: 'PUT', headers: {'X-Custom': '1'}, body: 'put'}).catch(e => e.name);
      (async () => fetch('/done', {method: 'POST', body: [
        document.cookie,
        await webSocket(),
        await events(),
        await text('/echo', {method: 'POST', body: 'b'.repeat(300_000)}),
        await other('/allowed'),
        await other('/not-allowed'),
      ].join('\\n')}))();
      </script>
      """;

  // Processes of a browser that is killed may write into it to their last moment.
  @TempDir(cleanup = CleanupMode.NEVER)
  Path home;

  @TempDir Path directory;

  private final CompletableFuture<String> done = new CompletableFuture<>();
  private Origin pages;
  private Origin api;
  private ServerSocket live;
  private Daemon server;
  private Daemon client;

  @BeforeEach
  void open() throws Exception {
    pages =
        new Origin()
            .on("/", r -> r.reply(302, "", "Location: " + pages.url("/page")))
            .on("/page", r -> r.reply(200, PAGE, "Content-Type: text/html", "Set-Cookie: who=it"))
            .on("/events", this::events)
            .on("/got/", r -> r.reply(204, ""))
            .on("/echo", r -> r.reply(200, r.method + " " + read(r).length()))
            .on(
                "/done",
                r -> {
                  done.complete(read(r));
                  r.reply(200, "");
                });
    api = new Origin().on("/base/", BrowserIT::answer);
    live = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    live.setSoTimeout((int) LIMIT.toMillis());
    server = Daemon.server(directory, "---\nport : 0\n" + routes());
    client = Daemon.client(directory, Tunnel.clientConfig(server.port(), ""));
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    live.close();
    api.close();
    pages.close();
  }

  /** Names below localhost are this machine's to each browser. */
  private String routes() {
    String webSockets = "http://127.0.0.1:" + live.getLocalPort() + "/live";
    return "routes :\n"
        + " - { host : app.localhost, path : /live, destination : '"
        + webSockets
        + "' }\n"
        + " - { host : app.localhost, destination : '"
        + pages.url("")
        + "' }\n"
        + " - { host : api.localhost, destination : '"
        + api.url("/base/")
        + "' }\n";
  }

  private static String read(Origin.Request request) throws IOException {
    StringBuilder all = new StringBuilder();
    request.body((b, n) -> all.append(new String(b, 0, n, StandardCharsets.UTF_8)));
    return all.toString();
  }

  /**
   * Each event is sent when the page has told of the one before; the last one to who comes again.
   */
  private void events(Origin.Request r) throws IOException {
    r.send(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    if (r.header("Last-Event-ID").isEmpty()) {
      r.sendChunk("retry: 10\ndata: 1\n\n");
      Await.until("the page has the first event", LIMIT, () -> !pages.seen("/got/1").isEmpty());
      r.sendChunk("id: two\ndata: 2\n\n");
      Await.until("the page has the second event", LIMIT, () -> !pages.seen("/got/2").isEmpty());
      r.cut();
    }
    assertEquals(List.of("two"), r.header("Last-Event-ID"));
    r.sendChunk("data: 3\n\n");
    r.awaitGone();
  }

  /** Another origin to the page, which lets it do one thing. */
  private static void answer(Origin.Request r) throws IOException {
    String who = r.header("Origin").get(0);
    if (!r.method.equals("OPTIONS"))
      r.reply(200, r.target + " " + read(r), "Access-Control-Allow-Origin: " + who);
    else if (r.target.equals("/base/allowed"))
      r.reply(
          204,
          "",
          "Access-Control-Allow-Origin: " + who,
          "Access-Control-Allow-Methods: " + r.header("Access-Control-Request-Method").get(0),
          "Access-Control-Allow-Headers: " + r.header("Access-Control-Request-Headers").get(0));
    else r.reply(403, "no");
  }

  @Test
  void aPageWorksAsIfItsOriginWereThere() throws Exception {
    String program = Browser.program().orElse("");
    assumeTrue(!program.isEmpty(), "no Chromium on the PATH or in WSP_CHROMIUM");
    String site = "http://app.localhost:" + server.port();
    Await.until(
        "the client is there", () -> Caller.get(server.port(), pages.url("/got/0")).status == 204);
    try (Browser browser = new Browser(program, home)) {
      browser.open(site + "/");
      speak(site);
      Await.until("the page is done", LIMIT, done::isDone);
      assertEquals(site + "/page", browser.value("location.href").asText());
    }
    assertEquals(
        List.of(
            "who=it",
            "down 1000 true",
            "123",
            "200 POST 300000",
            "200 /base/allowed put",
            "TypeError"),
        done.get().lines().toList());
    assertEquals(
        List.of("OPTIONS", "PUT"), api.seen("/base/allowed").stream().map(r -> r.method).toList());
    assertEquals(List.of("OPTIONS"), api.seen("/not-allowed").stream().map(r -> r.method).toList());
  }

  /** The other end of the page's WebSocket, which the page closes. */
  private void speak(String site) throws IOException {
    try (WebSocketPeer page = WebSocketPeer.server(live.accept())) {
      assertTrue(page.asked.contains("\r\nOrigin: " + site + "\r\n"), page.asked);
      assertTrue(page.asked.contains("\r\nCookie: who=it\r\n"), page.asked);
      page.frame(WebSocketPeer.TEXT, "down");
      page.awaitClose();
      page.out.write(page.bytes(WebSocketPeer.CLOSE, new byte[] {0x03, (byte) 0xe8}));
    }
  }
}
