package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wsp.websocket.ProtocolViolationException;

class InboxTest {
  private static final int WINDOW = 10_000;
  private static final int FRAME = 1_000;
  private static final long MILLI = 1_000_000;

  private final Windows memory = new Windows(1 << 30);
  private final Path way = new Path();
  private final Inbox inbox = new Inbox(Inbox.State.DATA, WINDOW, memory, way);
  private long now = MILLI;
  private long credit = WINDOW;

  /** A sender that has the credit after so long, and sends each frame in so long. */
  private void sends(int bytes, long away, long each) throws ProtocolViolationException {
    sends(inbox, bytes, away, each);
  }

  private void sends(Inbox to, int bytes, long away, long each) throws ProtocolViolationException {
    if (to != inbox) credit = WINDOW;
    for (int sent = 0; sent < bytes; ) {
      long given = 0;
      while (credit >= FRAME) {
        credit -= FRAME;
        sent += FRAME;
        now += each;
        to.data(FRAME, now);
        if (to.passedOn(FRAME)) given += to.credit(now);
      }
      credit += given;
      now += away;
    }
  }

  private long window() {
    return memory.used();
  }

  @Test
  void aLongWayMakesTheWindowGrow() throws Exception {
    assertTrue(inbox.reserve());
    sends(3_000_000, 50 * MILLI, 1_000);
    assertTrue(window() >= 16 * WINDOW, () -> "" + window());
  }

  @Test
  void aShortWayDoesABitWhereTheReaderTakesAllAtOnce() throws Exception {
    assertTrue(inbox.reserve());
    sends(20_000, MILLI / 100, MILLI / 10);
    for (int i = 0; i < 100; i++) {
      sends(50_000, MILLI / 100, MILLI / 10);
      now += 50 * MILLI;
    }
    assertEquals(Window.EASY, window());
  }

  @Test
  void onAShortWayAllWindowsOfALinkGrowByNoMoreThanOneWould() throws Exception {
    Inbox[] all = new Inbox[8];
    for (int i = 0; i < all.length; i++) {
      all[i] = another();
      assertTrue(all[i].reserve());
    }
    for (Inbox one : all) sends(one, 300_000, MILLI / 100, MILLI / 10);
    assertTrue(window() > 8 * WINDOW + (Window.EASY >> 1), () -> "" + window());
    assertTrue(window() <= 8 * WINDOW + Window.EASY, () -> "" + window());
    for (Inbox one : all) one.drop();
    assertTrue(inbox.reserve());
    sends(inbox, 1_000_000, MILLI / 100, MILLI / 10);
    assertEquals(Window.EASY, window());
  }

  @Test
  void aShortWayDoesNotWhereTheReaderIsHeldUpNowAndThen() throws Exception {
    assertTrue(inbox.reserve());
    for (int i = 0; i < 100; i++) {
      inbox.pause();
      sends(WINDOW / 2, MILLI / 100, MILLI / 10);
    }
    assertEquals(WINDOW, window());
  }

  @Test
  void growthLeavesThreeQuartersOfTheMemoryToTheStreamsToCome() throws Exception {
    memory.limit(8 * WINDOW);
    assertTrue(inbox.reserve());
    sends(3_000_000, 50 * MILLI, 1_000);
    assertTrue(window() > 2 * WINDOW && window() < 3 * WINDOW, () -> "" + window());
    for (int i = 0; i < 5; i++) assertTrue(another().reserve());
    assertFalse(another().reserve());
  }

  private Inbox another() {
    return new Inbox(Inbox.State.DATA, WINDOW, memory, way);
  }

  @Test
  void aReaderThatIsSlowMakesItShrink() throws Exception {
    assertTrue(inbox.reserve());
    sends(3_000_000, 50 * MILLI, 1_000);
    for (int i = 0; i < 2000; i++) {
      inbox.pause();
      sends(WINDOW / 2, MILLI, 50 * MILLI);
    }
    assertEquals(WINDOW, window());
  }

  @Test
  void aSenderThatIsSlowMakesItShrinkToWhatEveryReaderMayHave() throws Exception {
    assertTrue(inbox.reserve());
    sends(3_000_000, 50 * MILLI, 1_000);
    sends(12_000_000, MILLI, 50 * MILLI);
    assertTrue(window() <= Window.EASY, () -> "" + window());
  }

  @Test
  void dataBeyondTheCreditIsAViolation() throws Exception {
    inbox.data(WINDOW, now);
    assertThrows(ProtocolViolationException.class, () -> inbox.data(1, now));
  }

  @Test
  void theEndGivesTheMemoryBack() throws Exception {
    assertTrue(inbox.reserve());
    sends(1_000_000, 50 * MILLI, 1_000);
    inbox.drop();
    assertEquals(0, window());
  }

  /** The sizes of the pieces that are kept of so many. */
  private List<Integer> kept(int pieces, int bytes) {
    byte[] all = new byte[pieces * bytes];
    new Random(7).nextBytes(all);
    for (int i = 0; i < pieces; i++)
      inbox.hold(ByteBuffer.wrap(all, i * bytes, bytes), i == pieces - 1);
    List<Integer> sizes = new ArrayList<>();
    ByteBuffer got = ByteBuffer.allocate(all.length);
    for (Inbox.Piece p; (p = inbox.next()) != null; ) {
      assertEquals(!inbox.holds(), p.last());
      sizes.add(p.data().remaining());
      got.put(p.data());
    }
    assertArrayEquals(all, got.array());
    return sizes;
  }

  @Test
  void dataThatComesByteByByteIsKeptTogether() {
    assertEquals(List.of(16_384, 16_384, 7_232), kept(40_000, 1));
    assertEquals(List.of(16_300, 3_260), kept(6, 3_260));
    assertEquals(List.of(16_384, 16_384), kept(2, 16_384));
  }

  @Test
  void dataOfNoBytesIsNotKeptUnlessItIsTheEnd() {
    for (int i = 0; i < 10; i++) inbox.hold(ByteBuffer.allocate(0), false);
    assertFalse(inbox.holds());
    assertEquals(List.of(0), kept(1, 0));
  }
}
