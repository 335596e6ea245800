package wsp.client.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a WebSocket sends, over a socket that takes as much as the test says. */
class WebSocketTest {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final List<Integer> writes = new ArrayList<>();
  private final List<String> closes = new ArrayList<>();
  private int room = Integer.MAX_VALUE;
  private int events;

  private final WebSocket socket =
      new WebSocket(
          (IOSession)
              Proxy.newProxyInstance(
                  WebSocketTest.class.getClassLoader(),
                  new Class<?>[] {IOSession.class},
                  (proxy, method, args) -> {
                    if (method.getName().equals("write")) return write((ByteBuffer) args[0]);
                    if (method.getName().equals("setEvent")) events |= (int) args[0];
                    if (method.getName().equals("clearEvent")) events &= ~(int) args[0];
                    if (method.getName().equals("close")) closes.add(args[0].toString());
                    return null;
                  }),
          false,
          new DeafListener());

  private int write(ByteBuffer from) {
    int n = Math.min(room, from.remaining());
    byte[] bytes = new byte[n];
    from.get(bytes);
    sent.writeBytes(bytes);
    room -= n;
    writes.add(n);
    return n;
  }

  /** The whole frames that were sent: the first byte of each in hex, and its payload as UTF-8. */
  private List<String> frames() {
    List<String> frames = new ArrayList<>();
    ByteBuffer b = ByteBuffer.wrap(sent.toByteArray());
    while (b.hasRemaining()) {
      String first = Integer.toHexString(b.get() & 0xff);
      long length = b.get() & 0x7f;
      if (length == 126) length = b.getShort() & 0xffff;
      else if (length == 127) length = b.getLong();
      byte[] mask = new byte[4];
      b.get(mask);
      byte[] payload = new byte[(int) length];
      b.get(payload);
      for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i & 3];
      frames.add(first + " " + new String(payload, StandardCharsets.UTF_8));
    }
    return frames;
  }

  private boolean send(String text, String piece, boolean last) {
    ByteBuffer bytes = ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8));
    return socket.send(text, bytes, last, () -> {});
  }

  private boolean binary(String piece, boolean last) {
    return send(null, piece, last);
  }

  @Test
  void aTextLeavesInOneWriteWithWhatBelongsToIt() {
    assertTrue(send("head", "body", false));
    assertEquals(1, writes.size());
    assertTrue(binary("end", true));
    assertEquals(List.of("81 head", "2 body", "80 end"), frames());
  }

  /** Up to four bytes a character, at each size that a frame's length is written in. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 125, 126, 700, 16_383, 16_384, 30_000, 70_000})
  void aTextOfAnySizeAndScriptArrives(int n) {
    for (String character : new String[] {"a", "é", "€", "😀"}) {
      sent.reset();
      String text = character.repeat(n);
      send(text, "x", true);
      assertEquals(List.of("81 " + text, "82 x"), frames());
      sent.reset();
      socket.text(text);
      assertEquals(List.of("81 " + text), frames());
    }
  }

  @Test
  void halfACharacterIsAQuestionMark() {
    socket.text("a\ud800b\udc00");
    assertEquals(List.of("81 a?b?"), frames());
  }

  @Test
  void aCutLetsWhatWasSentArrive() {
    send("head", "part", false);
    socket.text("more");
    socket.cut(1011, "why");
    List<String> sent = frames();
    assertEquals(List.of("81 head", "2 part", "81 more"), sent.subList(0, 3));
    assertTrue(sent.get(3).startsWith("88 ") && sent.get(3).endsWith("why"), sent.get(3));
    assertEquals(4, sent.size());
    assertEquals(List.of("GRACEFUL"), closes);
  }

  @Test
  void oneThatIsLeftLetsWhatWasSentArrive() {
    send("head", "end", true);
    socket.close(1001, "");
    socket.cut(1001, "");
    assertEquals(List.of("GRACEFUL"), closes);
  }

  @Test
  void aCutOfOneThatIsStuckWaitsForNothing() {
    room = 3;
    socket.text("head");
    socket.cut(1011, "");
    assertEquals(3, sent.size());
    assertEquals(List.of("IMMEDIATE"), closes);
  }

  @Test
  void afterTheEndNothingIsSent() {
    socket.abort();
    assertFalse(send("head", "body", true));
    socket.text("late");
    socket.cut(1011, "");
    socket.outputReady();
    assertEquals(0, sent.size());
    assertEquals(List.of("IMMEDIATE"), closes);
  }

  /** A system tells of room late where its buffers have grown. */
  @Test
  void aSocketThatHasNotToldOfRoomIsTried() {
    room = 5;
    AtomicInteger taken = new AtomicInteger();
    assertFalse(socket.send(null, ByteBuffer.allocate(20), true, taken::incrementAndGet));
    assertFalse(socket.stuck());
    room = 5;
    assertFalse(socket.stuck());
    assertTrue(socket.stuck());
    assertEquals(0, taken.get());
    room = 100;
    assertFalse(socket.stuck());
    assertEquals(1, taken.get());
    assertEquals(26, sent.size());
  }

  @Test
  void whatTheSocketDoesNotTakeFollowsWhenItDoes() {
    room = 5;
    List<String> done = new ArrayList<>();
    ByteBuffer b = ByteBuffer.wrap(new byte[] {'b'});
    assertFalse(socket.send("head", b, true, () -> done.add("written")));
    room = 4;
    socket.outputReady();
    assertEquals(List.of(), done);
    room = 1000;
    socket.outputReady();
    assertEquals(List.of("written"), done);
    assertEquals(List.of("81 head", "82 b"), frames());
  }

  @Test
  void whatWaitsIsRunOnTheIoThreadWhicheverThreadEmptiesTheQueue() {
    room = 5;
    List<String> done = new ArrayList<>();
    assertFalse(
        socket.send(null, ByteBuffer.wrap(new byte[] {'b'}), true, () -> done.add("written")));
    socket.pong(ByteBuffer.wrap(new byte[] {'p'}));
    room = 1000;
    ByteBuffer frame = socket.buffer(100);
    WebSocket.frameWriter().binary(frame, ByteBuffer.wrap(new byte[] {'c'}), true);
    socket.sendFrames(frame.flip());
    assertEquals(List.of("82 b", "82 c"), frames());
    assertEquals(List.of(), done);
    assertEquals(EventMask.WRITE, events, "the I/O thread would never come");
    socket.outputReady();
    assertEquals(List.of("written"), done);
    assertEquals(List.of("82 b", "82 c", "8a p"), frames());
    assertEquals(0, events);
  }

  @Test
  void anErrorOfOneWhoWaitedHoldsUpNoneOfTheOthersAndEndsIt() {
    room = 0;
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < 3; i++)
      socket.send(
          null,
          ByteBuffer.allocate(9),
          true,
          () -> {
            told.incrementAndGet();
            throw new IllegalStateException("for a test");
          });
    room = Integer.MAX_VALUE;
    assertFalse(socket.stuck());
    assertEquals(3, told.get());
    assertEquals(List.of("IMMEDIATE"), closes);
  }
}
