package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;
import wsp.testing.Ports;

/**
 * Callers, daemons and origins that leave, freeze or break off, with real signals to the real jars.
 */
class FaultsIT {
  private static final Duration CANCEL = Duration.ofSeconds(2);
  private static final Duration EXIT = Duration.ofSeconds(15);

  @TempDir static Path directory;

  /** The one of all tests, until one of them ends its server. */
  private static Tunnel tunnel;

  @BeforeEach
  void open() throws IOException {
    if (tunnel == null) tunnel = Tunnel.open(directory, "", "poolidlesize : 2\npoolmaxsize : 4\n");
    tunnel.origin.forget();
    tunnel.origin.on("/hang", Origin.Request::awaitGone);
  }

  @AfterEach
  void goesOn() {
    if (tunnel != null) tunnel.awaitReady();
  }

  @AfterAll
  static void close() throws IOException {
    if (tunnel != null) tunnel.close();
    tunnel = null;
  }

  private Origin.Request arrived(String target) {
    Await.until(
        target + " is at the origin",
        Duration.ofSeconds(5),
        () -> !tunnel.origin.seen(target).isEmpty());
    return tunnel.origin.seen(target).get(0);
  }

  @Test
  void aCallerThatLeavesWhileWaitingCancelsTheRequest() throws IOException {
    for (int i = 0; i < 6; i++) {
      Caller c = new Caller(tunnel.port);
      c.head("GET", tunnel.origin.url("/hang/" + i));
      Origin.Request r = arrived("/hang/" + i);
      c.close();
      Await.until("the origin's connection is closed", CANCEL, () -> r.gone);
    }
  }

  @Test
  void aCallerThatLeavesDuringADownloadCancelsIt() throws IOException {
    tunnel.origin.on(
        "/drip",
        r -> {
          r.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          r.sendChunk("first");
          r.awaitGone();
        });
    Caller c = new Caller(tunnel.port);
    c.head("GET", tunnel.origin.url("/drip"));
    assertEquals(200, c.answerHead().status);
    c.close();
    Origin.Request r = arrived("/drip");
    Await.until("the origin's connection is closed", CANCEL, () -> r.gone);
  }

  @Test
  void aCutUploadIsNeverWhole() throws IOException {
    tunnel.origin.on("/up", r -> r.reply(200, "got it"));
    for (String framing : List.of("Content-Length: 10000000", "Transfer-Encoding: chunked")) {
      String target = "/up/" + framing.charAt(0);
      Caller c = new Caller(tunnel.port);
      c.head("POST", tunnel.origin.url(target), framing);
      byte[] piece = new byte[50_000];
      for (int i = 0; i < 10; i++) {
        if (framing.startsWith("T")) c.chunk(piece, piece.length);
        else c.out.write(piece);
      }
      Origin.Request r = arrived(target);
      Await.until("some of it arrived", CANCEL, () -> r.bodyBytes > 0);
      c.close();
      Await.until("the origin's connection is closed", CANCEL, () -> r.gone);
      assertFalse(r.bodyComplete, framing);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNeverPassedOffAsWhole() throws IOException {
    tunnel.origin.on(
        "/cut/length",
        r -> {
          r.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
          r.cut();
        });
    tunnel.origin.on(
        "/cut/chunked",
        r -> {
          r.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          r.sendChunk("half");
          r.cut();
        });
    tunnel.origin.on(
        "/cut/reset",
        r -> {
          r.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          r.sendChunk("half");
          r.reset();
        });
    for (String target : List.of("/cut/length", "/cut/chunked", "/cut/reset")) {
      Caller.Answer a = tunnel.get(target);
      assertFalse(a.complete, target + ": " + a);
      assertTrue("half".startsWith(a.text()), target + ": " + a);
    }
  }

  @Test
  void anOriginThatFailsBeforeItsAnswerIsA527() throws IOException {
    tunnel.origin.on("/reset", Origin.Request::reset);
    tunnel.origin.on(
        "/garbage",
        r -> {
          r.send("BLAH BLAH\r\n\r\n");
          r.cut();
        });
    for (String url :
        List.of(
            tunnel.origin.url("/reset"),
            tunnel.origin.url("/garbage"),
            "http://127.0.0.1:1/",
            "http://no-such-host.invalid/")) {
      Caller.Answer a = Caller.get(tunnel.port, url);
      assertEquals(527, a.status, url + ": " + a);
      assertTrue(a.text().startsWith("Unable to execute request : "), a::toString);
      assertTrue(
          a.header("Proxy-Status").get(0).startsWith("wsp-client; error="),
          a.headerLines::toString);
    }
  }

  @Test
  void aServerThatIsKilledAbortsCallersAndCancelsOrigins() throws Exception {
    Caller c = new Caller(tunnel.port);
    c.head("GET", tunnel.origin.url("/hang"));
    Origin.Request r = arrived("/hang");
    tunnel.server.signal("KILL");
    Await.until("the origin's connection is closed", CANCEL, () -> r.gone);
    c.close();
    close();
    // The client finds its way back to a server that is started anew on the same port.
    int port = Ports.free();
    Daemon again = Daemon.server(directory, "---\nport : " + port + "\n");
    try (Daemon client =
        Daemon.client(directory, Tunnel.clientConfig(port, "poolidlesize : 2\n"))) {
      Await.until(
          "the client is there: " + client.alive(),
          Duration.ofSeconds(10),
          () -> again.log().contains("Registering"));
      again.signal("KILL");
      again.exitCode(EXIT);
      try (Daemon third = Daemon.server(directory, "---\nport : " + port + "\n")) {
        Await.until(
            "the client is back", Duration.ofSeconds(3), () -> third.log().contains("Registering"));
      }
    }
  }

  @Test
  void aClientThatIsKilledBeforeTheHeadIsA526() throws Exception {
    try (Caller c = new Caller(tunnel.port)) {
      c.head("GET", tunnel.origin.url("/hang"));
      arrived("/hang");
      tunnel.client.signal("KILL");
      Caller.Answer a = c.answer("GET");
      assertEquals(526, a.status, a::toString);
      assertTrue(a.complete);
    }
    tunnel.client.start();
  }

  @Test
  void aServerThatIsToldToStopFinishesWhatItHas() throws Exception {
    finishesWhatItHas(tunnel.server, 503);
    close();
  }

  @Test
  void aClientThatIsToldToStopFinishesWhatItHas() throws Exception {
    finishesWhatItHas(tunnel.client, 526);
    tunnel.client.start();
  }

  private void finishesWhatItHas(Daemon stopped, int refusal) throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    tunnel.origin.on(
        "/wait",
        r -> {
          await(goOn);
          r.reply(200, "waited");
        });
    try (Caller c = new Caller(tunnel.port)) {
      c.head("GET", tunnel.origin.url("/wait"));
      arrived("/wait");
      stopped.signal("TERM");
      Await.until("new requests are refused", CANCEL, () -> tunnel.get("/ok").status == refusal);
      goOn.countDown();
      assertEquals("200 waited", c.answer("GET").toString());
    }
    assertTrue(Set.of(0, 143).contains(stopped.exitCode(EXIT)));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
