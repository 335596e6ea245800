package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.testing.Await;

/** A WebSocket proxy of somebody else between client and server, which changes what it may. */
@Timeout(120)
class MiddleboxIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;
  private Origin origin;
  private Daemon server;

  @BeforeEach
  void open() throws IOException {
    origin = new Origin().on("/ok", r -> r.reply(200, "ok"));
    origin.on(
        "/echo",
        r -> {
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          r.body((b, n) -> all.write(b, 0, n));
          r.send("HTTP/1.1 200 OK\r\nContent-Length: " + all.size() + "\r\n\r\n");
          all.writeTo(r.out);
        });
    server = Daemon.server(directory, "---\nport : 0\n");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    origin.close();
  }

  private Daemon client(Middlebox box) throws IOException {
    Daemon client = Daemon.client(directory, Tunnel.clientConfig(box.port(), ""));
    Await.until("a request goes through", SOON, () -> get().equals("200 ok"));
    return client;
  }

  private String get() throws IOException {
    return Caller.get(server.port(), origin.url("/ok")).toString();
  }

  private void bulkCrosses() throws Exception {
    byte[] body = new byte[3 << 20];
    new Random(1).nextBytes(body);
    CompletableFuture<Caller.Answer> other = CompletableFuture.supplyAsync(() -> echoed(body));
    assertArrayEquals(body, echoed(body).body);
    assertArrayEquals(body, other.get(60, TimeUnit.SECONDS).body);
  }

  private Caller.Answer echoed(byte[] body) {
    try {
      return Caller.call(server.port(), "POST", origin.url("/echo"), body);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void messagesMayBeCutAndPingedAndHeldBack() throws Exception {
    try (Middlebox box = new Middlebox(server.port(), Middlebox.Strips.NOTHING);
        Daemon client = client(box)) {
      Await.until("it is logged", SOON, () -> client.log().contains(", wire 2"));
      int before = box.cut.get();
      bulkCrosses();
      assertTrue(box.cut.get() - before > 1000, "it cuts what crosses");
      box.hold(true);
      CompletableFuture<Caller.Answer> late = CompletableFuture.supplyAsync(() -> echoed(null));
      Await.until("something is held back", SOON, box::holdsSome);
      assertFalse(late.isDone());
      box.hold(false);
      assertEquals(200, late.get(20, TimeUnit.SECONDS).status);
      bulkCrosses();
    }
  }

  @ParameterizedTest
  @CsvSource({"ALL, 1", "THE_SERVERS, 2"})
  void whereSubprotocolsAreDroppedBothSpeakOneVersionAndTheClientSaysWhich(
      Middlebox.Strips strips, int wire) throws Exception {
    try (Middlebox box = new Middlebox(server.port(), strips);
        Daemon client = client(box)) {
      Await.until("it is logged", SOON, () -> client.log().contains("Connected to"));
      assertTrue(client.log().contains(", wire " + wire), "it says so");
      bulkCrosses();
    }
  }
}
