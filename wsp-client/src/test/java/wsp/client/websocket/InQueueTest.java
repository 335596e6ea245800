package wsp.client.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import wsp.client.net.Reactor;

/** How far a server gets in one turn, and what is read of one that takes nothing any more. */
class InQueueTest {
  private final ScriptedSession connection = new ScriptedSession();
  private final Listener heard = new Listener();
  private final WebSocket socket = new WebSocket(connection.session(), false, heard);

  private final WebSocket secure = new WebSocket(connection.session(), true, heard);

  /** Wants everything. */
  private final class Listener implements WebSocketListener {
    final List<String> events = new ArrayList<>();
    int heldBack;
    int lost;

    @Override
    public void onOpen(WebSocket opened) {}

    @Override
    public void onSignOfLife() {}

    @Override
    public void onText(String message, boolean last) {
      events.add(message);
      if (message.equals("answer")) socket.send(null, ByteBuffer.allocate(1), true, () -> {});
      if (!message.equals("last")) socket.request();
    }

    @Override
    public void onBinary(ByteBuffer piece, boolean last) {
      events.add(piece.remaining() + (last ? " last" : ""));
      heldBack++;
      socket.request();
      secure.request();
    }

    @Override
    public void onReadComplete() {
      heldBack = 0;
    }

    @Override
    public void onClose(int code, String reason) {
      lost = heldBack;
      events.add(code + " " + reason);
    }

    @Override
    public void onFailure(String why) {
      lost = heldBack;
      events.add(why);
    }
  }

  private static byte[] texts(String... messages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String m : messages) frame(out, 0x81, m);
    return out.toByteArray();
  }

  private static void frame(ByteArrayOutputStream out, int first, String payload) {
    out.write(first);
    out.write(payload.length());
    out.writeBytes(payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void arrives(byte[] bytes) {
    connection.brings(bytes);
    socket.request();
    socket.inputReady(null);
  }

  @Test
  void aThousandEventsOfOneReadTakeManyTurns() {
    arrives(texts("x".repeat(1000).split("")));
    int turns = 1;
    int before = 0;
    while (connection.watchesWriting()) {
      int now = heard.events.size();
      assertTrue(now > before && now - before <= 32, before + " to " + now);
      before = now;
      turns++;
      socket.outputReady();
    }
    assertEquals(1000, heard.events.size());
    assertTrue(turns > 30, turns + " turns");
  }

  /** However many reasons there are to go on meanwhile. */
  @Test
  void aTurnThatIsOverIsNotBegunAgainByWhatElseHappens() {
    arrives(texts("x".repeat(100).split("")));
    int first = heard.events.size();
    socket.inputReady(null);
    socket.request();
    assertEquals(first, heard.events.size());
  }

  @Test
  void aThousandPingsOfOneReadAreNoThousandWrites() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) frame(out, 0x89, "");
    arrives(out.toByteArray());
    assertTrue(connection.writes.size() <= 2, connection.writes.size() + " writes");
  }

  @Test
  void whatAServerSaidBeforeItClosedIsReadThoughNothingCanBeSent() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    frame(out, 0x81, "answer");
    frame(out, 0x81, "more");
    frame(out, 0x88, "\u0003\u00f0enough");
    connection.broken = true;
    connection.ends = true;
    arrives(out.toByteArray());
    assertEquals(List.of("answer", "more", "1008 enough"), heard.events);
    assertTrue(connection.closed);
  }

  @Test
  void whatIsHeldBackIsNotLostWithACloseFrameOfTheSameRead() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String data : "abc".split("")) frame(out, 0x82, data);
    frame(out, 0x88, "\u0003\u00e8");
    arrives(out.toByteArray());
    assertEquals(List.of("1 last", "1 last", "1 last", "1000 "), heard.events);
    assertEquals(0, heard.lost);
  }

  @Test
  void itIsReadWhenSomebodyElseWantsToSend() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    frame(out, 0x88, "\u0003\u00f0enough");
    socket.request();
    connection.brings(out.toByteArray());
    connection.broken = true;
    connection.ends = true;
    socket.ping();
    assertEquals(List.of("1008 enough"), heard.events);
  }

  @Test
  void aServerThatSaidNothingIsLostAtItsEnd() {
    connection.broken = true;
    socket.request();
    socket.ping();
    assertEquals(List.of(), heard.events);
    connection.ends = true;
    socket.inputReady(null);
    assertEquals(List.of("sending failed: Broken pipe"), heard.events);
  }

  @Test
  void whatIsNotWantedIsNotWaitedFor() {
    arrives(texts("last", "more"));
    assertFalse(connection.closed);
    connection.broken = true;
    socket.ping();
    assertEquals(List.of("last", "sending failed: Broken pipe"), heard.events);
  }

  @Test
  void smallPiecesOfOneRoundLeaveTogetherAtItsEnd() throws Exception {
    inOneRound(
        () -> {
          for (int i = 0; i < 100; i++)
            assertTrue(socket.send(null, ByteBuffer.allocate(1), false, () -> {}));
          assertEquals(0, connection.writes.size());
        });
    assertEquals(1, connection.writes.size());
  }

  private void tinyRecords(int n) {
    secure.request();
    for (int i = 0; i < n; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      frame(out, i == 0 ? 0x02 : 0x00, "x");
      secure.inputReady(ByteBuffer.wrap(out.toByteArray()));
    }
  }

  @Test
  void smallRecordsOfOneRoundAreOnePiece() throws Exception {
    inOneRound(() -> tinyRecords(100));
    assertEquals(List.of("100"), heard.events);
  }

  @Test
  void smallRecordsAreNotLostWithTheirConnection() throws Exception {
    inOneRound(
        () -> {
          tinyRecords(100);
          secure.lost("gone");
        });
    assertEquals(List.of("100", "gone"), heard.events);
  }

  /** Does it on an I/O thread, and returns when its round is over. */
  private static void inOneRound(Runnable deed) throws Exception {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    try (Reactor reactor = new Reactor(1);
        ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OnConnected round =
          new OnConnected(
              () -> {
                try {
                  deed.run();
                  assertTrue(Reactor.atEndOfRound(() -> over.complete(true)));
                } catch (Throwable e) {
                  over.completeExceptionally(e);
                }
              });
      var unused =
          reactor.connect(
              "127.0.0.1",
              new InetSocketAddress(peer.getInetAddress(), peer.getLocalPort()),
              Duration.ofSeconds(10),
              round,
              null);
      assertTrue(over.get(20, TimeUnit.SECONDS));
    }
  }

  /** Does something on an I/O thread. */
  private record OnConnected(Runnable deed) implements IOEventHandler {
    @Override
    public void connected(IOSession s) {
      deed.run();
    }

    @Override
    public void inputReady(IOSession s, @Nullable ByteBuffer in) {}

    @Override
    public void outputReady(IOSession s) {}

    @Override
    public void timeout(IOSession s, Timeout timeout) {}

    @Override
    public void exception(IOSession s, Exception cause) {}

    @Override
    public void disconnected(IOSession s) {}
  }
}
