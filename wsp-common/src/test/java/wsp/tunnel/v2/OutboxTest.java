package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

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
    ByteBuffer b = first(box);
    b.position(b.position() + bytes);
    box.sent(bytes);
  }

  @Test
  void what_waits_is_a_copy_in_a_buffer_that_is_used_again() {
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
  void several_pieces_of_which_the_last_is_the_callers() {
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
  void what_is_dropped_goes_back_as_well() {
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
}
