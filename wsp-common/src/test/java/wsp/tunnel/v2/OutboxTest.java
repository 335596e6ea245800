package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.websocket.FrameWriter;

/** {@link Outbox} keeps what waits in buffers of a pool, and gives each back once. */
class OutboxTest {
  /** More than the pool has buffers. */
  private static final int MANY = 200;

  private static final int PIECE = 20_000;

  private static ByteBuffer piece(int n) {
    ByteBuffer b = ByteBuffer.allocate(PIECE);
    while (b.hasRemaining()) b.put((byte) n);
    return b.flip();
  }

  private static ByteBuffer first(Outbox box) {
    ByteBuffer b = box.piece();
    assertNotNull(b);
    return b;
  }

  private static void send(Outbox box, int bytes) {
    box.sent(bytes);
  }

  @Test
  void whatWaitsIsACopyInABufferThatIsUsedAgain() {
    for (int i = 0; i < MANY; i++) {
      Outbox box = new Outbox(2 * PIECE);
      ByteBuffer theirs = piece(i);
      box.add(theirs, false);
      send(box, 5);
      box.settle();
      theirs.clear().put(5, (byte) (i + 1));
      assertTrue(first(box).isDirect(), "a buffer of the heap: " + i);
      assertEquals((byte) i, first(box).get(first(box).position()));
      assertEquals(PIECE - 5, first(box).remaining());
      send(box, PIECE - 5);
      assertTrue(box.isWritten());
    }
  }

  @Test
  void severalPiecesOfWhichTheLastIsTheCallers() {
    for (int i = 0; i < MANY; i++) {
      Outbox box = new Outbox(3 * PIECE);
      box.add(piece(1), false);
      box.settle();
      box.add(piece(2), false);
      send(box, PIECE);
      send(box, PIECE);
      box.settle();
      box.add(piece(3), true);
      box.settle();
      assertTrue(first(box).isDirect(), "a buffer of the heap: " + i);
      send(box, PIECE);
      assertTrue(box.ended());
    }
  }

  @Test
  void whatIsDroppedGoesBackAsWell() {
    for (int i = 0; i < MANY; i++) {
      Outbox box = new Outbox(PIECE);
      box.add(piece(1), false);
      box.settle();
      assertTrue(first(box).isDirect(), "a buffer of the heap: " + i);
      box.add(piece(2), false);
      box.drop();
      box.settle();
      assertTrue(!box.congested());
    }
  }

  /** All buffers of the pool are another's, as far as they are free. */
  private static void othersTakeWhatIsFree() {
    List<Outbox> others = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Outbox other = new Outbox(0);
      other.add(piece(99), false);
      other.settle();
      others.add(other);
    }
    others.forEach(Outbox::drop);
  }

  @Test
  void aBufferIsGivenBackOnlyWhenItsBytesAreInTheFrame() throws Exception {
    var stream = new Pair().server.stream(Inbox.State.HEAD);
    stream.out.credit(PIECE);
    stream.out.add(piece(7), true);
    stream.out.settle();
    FrameWriter between =
        FrameWriter.ofClient(
            () -> {
              othersTakeWhatIsFree();
              return 0;
            });
    Sender<RequestEnvelope, ResponseEnvelope> sender =
        new Sender<>(between, PIECE, new Budget(1 << 20));
    sender.ready(stream);
    ByteBuffer out = ByteBuffer.allocate(2 * PIECE);
    while (!stream.out.ended()) assertFalse(sender.fill(out).isEmpty());
    assertEquals(7, out.get(out.position() - 1));
  }
}
