package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.websocket.ProtocolViolationException;

/** Windows on ways of all kinds, in a time of their own. */
class WindowGrowthTest {
  private static final int FIRST = 49_152;
  private static final double MIB_PER_SECOND = (1 << 20) / 1e9;

  private record Frame(long at, int bytes) {}

  private final Windows memory = new Windows(1 << 30);

  /** One download: a sender, a way, and a reader. */
  private final class Download {
    final Inbox inbox = new Inbox(Inbox.State.HEAD, FIRST, memory, new Path());
    private final Deque<Frame> coming = new ArrayDeque<>();
    private final Deque<Frame> credits = new ArrayDeque<>();
    private final Deque<Frame> unread = new ArrayDeque<>();
    private final Random random = new Random(7);
    private final long way;
    private final int piece;

    /** Nanoseconds between two deliveries of the way, and of the origin. */
    long burst = 1;

    long jitter = 1;
    long originBurst = 1;
    double sends;
    double reads;
    private long now;
    private long credit = FIRST;
    private long offered;
    private double read;
    private long last;
    long got;

    /**
     * @param millis there and back
     * @param piece bytes of the origin's pieces
     */
    Download(double millis, int piece, double sends, double reads) {
      this.way = (long) (millis * 500_000);
      this.piece = piece;
      this.sends = sends * MIB_PER_SECOND;
      this.reads = reads * MIB_PER_SECOND;
      assertTrue(inbox.reserve());
      inbox.asked(0);
      now = 2 * way;
      inbox.head(now);
    }

    void run(long millis) throws ProtocolViolationException {
      long step = Math.min(way / 25, 500_000);
      for (long end = now + millis * 1_000_000; now < end; now += step) {
        while (!credits.isEmpty() && credits.peek().at <= now) credit += credits.remove().bytes;
        send(step);
        for (; !coming.isEmpty() && coming.peek().at <= now; unread.add(coming.remove()))
          inbox.data(coming.peek().bytes, now);
        read(step);
      }
    }

    private void send(long step) {
      if (now / originBurst != (now - step) / originBurst)
        offered += (long) (sends * Math.max(step, originBurst));
      offered = Math.min(offered, Math.max(FIRST, (long) (sends * Math.max(step, originBurst))));
      while (credit > 0 && offered >= piece) {
        int bytes = (int) Math.min(piece, credit);
        credit -= bytes;
        offered -= bytes;
        long at = now + way + random.nextLong(jitter);
        last = Math.max(last, (at + burst - 1) / burst * burst);
        coming.add(new Frame(last, bytes));
      }
    }

    private void read(long step) {
      read = Math.min(read + reads * step, Math.max(reads * step, FIRST));
      while (!unread.isEmpty() && read >= unread.peek().bytes) {
        int bytes = unread.remove().bytes;
        read -= bytes;
        got += bytes;
        if (inbox.passedOn(bytes)) credits.add(new Frame(now + way, inbox.credit(now)));
      }
      if (!unread.isEmpty()) inbox.pause();
    }
  }

  /** Milliseconds: there and back, between deliveries, of jitter. */
  @ParameterizedTest
  @CsvSource({
    "50, 0, 0, 16384",
    "50, 0, 0, 15000",
    "50, 0, 0, 16376",
    "50, 2, 0, 16376",
    "50, 0, 0, 1234",
    "50, 10, 0, 16384",
    "50, 50, 0, 15000",
    "50, 60, 0, 16384",
    "50, 1, 20, 16384",
    "50, 5, 60, 15000",
    "200, 0, 40, 16384",
    "10, 3, 5, 16384"
  })
  void aLongWayMakesItGrowHoweverItDelivers(double millis, long burst, long jitter, int piece)
      throws Exception {
    Download d = new Download(millis, piece, 4000, 4000);
    d.burst = Math.max(1, burst * 1_000_000);
    d.jitter = Math.max(1, jitter * 1_000_000);
    d.run((long) (40 * (millis + burst + jitter)));
    assertTrue(memory.used() >= 15 << 20, () -> "" + memory.used());
  }

  /** Milliseconds there and back, MiB a second, bytes of a piece, milliseconds between bursts. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 10, 4000, 16384, 0",
    "0.1, 100, 4000, 16384, 0",
    "0.1, 100, 4000, 15000, 0",
    "0.1, 1, 4000, 1000, 5",
    "0.1, 10, 4000, 16384, 3",
    "1, 5, 4000, 9000, 10"
  })
  void aShortWayDoesABitAtMostWhereTheSenderIsSlow(
      double millis, double sends, double reads, int piece, long originBurst) throws Exception {
    Download d = new Download(millis, piece, sends, reads);
    d.originBurst = Math.max(1, originBurst * 1_000_000);
    d.run(500);
    assertTrue(d.got > FIRST, () -> "" + d.got);
    assertTrue(memory.used() <= Window.EASY, () -> "" + memory.used());
  }

  /** Milliseconds there and back, MiB a second, bytes of a piece. */
  @ParameterizedTest
  @CsvSource({"0.1, 100, 16384", "0.1, 10, 15000", "1, 10, 16384"})
  void aShortWayDoesNotWhereTheReaderIsSlow(double millis, double reads, int piece)
      throws Exception {
    Download d = new Download(millis, piece, 4000, reads);
    d.run(500);
    assertTrue(d.got > FIRST, () -> "" + d.got);
    assertEquals(FIRST, memory.used());
  }

  /** MiB of all memory, of which a quarter is for growth, and of what one that is alone gets. */
  @ParameterizedTest
  @CsvSource({"64, 12", "96, 19", "512, 102"})
  void aloneItHasFourFifthsOfThat(long all, long alone) throws Exception {
    memory.limit(all << 20);
    Download d = new Download(50, 16_384, 4000, 4000);
    d.run(2000);
    assertEquals(alone, memory.used() >> 20);
    long before = d.got;
    d.run(1000);
    long more = d.got - before >> 20;
    assertTrue(more > alone * 20 * 9 / 10, () -> more + " MiB in a second");
  }

  /** Milliseconds there and back, bytes of a piece. */
  @ParameterizedTest
  @CsvSource({"50, 16384", "50, 1234", "200, 15000"})
  void itHasWhatItNeedsAfterSixRoundTrips(long millis, int piece) throws Exception {
    memory.limit(160 << 20);
    new Download(millis, piece, 4000, 4000).run(6 * millis);
    assertTrue(memory.used() >= 30 << 20, () -> "" + memory.used());
  }

  /** MiB a second that the origin sends, which are half as many in a round trip, and so more. */
  @ParameterizedTest
  @ValueSource(ints = {5, 20, 80, 300})
  void aFarSenderThatIsSlowHasAFewTimesWhatIsUnderWay(int sends) throws Exception {
    Download d = new Download(50, 16_384, sends, 4000);
    d.run(2000);
    long before = d.got;
    d.run(1000);
    long more = d.got - before >> 20;
    assertTrue(more >= sends * 9 / 10, () -> more + " MiB in a second");
    long underWay = (sends << 20) / 20;
    assertTrue(memory.used() <= 13 * underWay, () -> "" + memory.used());
  }

  @Test
  void aReaderThatBecomesSlowGivesItBack() throws Exception {
    memory.limit(96 << 20);
    Download d = new Download(50, 16_384, 4000, 4000);
    d.run(2000);
    assertTrue(memory.used() >= 15 << 20, () -> "" + memory.used());
    d.reads = MIB_PER_SECOND;
    d.run(30_000);
    assertTrue(memory.used() <= 1 << 20, () -> "" + memory.used());
    d.reads = MIB_PER_SECOND * 4000;
    d.run(2000);
    assertTrue(memory.used() >= 15 << 20, () -> "" + memory.used());
  }

  @Test
  void aFarReaderThatIsSlowHasNoMoreThanItTakes() throws Exception {
    new Download(50, 16_384, 4000, 5).run(5000);
    assertTrue(memory.used() <= 2 << 20, () -> "" + memory.used());
  }

  @Test
  void theNextOneFindsRoomToo() throws Exception {
    memory.limit(64 << 20);
    Download[] all = new Download[4];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Download(50, 16_384, 4000, 4000);
      long before = memory.used();
      for (int round = 0; round < 200; round++) for (int k = 0; k <= i; k++) all[k].run(10);
      assertTrue(before < 16 << 20, () -> "" + before);
    }
    long[] got = new long[all.length];
    for (int k = 0; k < all.length; k++) got[k] = all[k].got;
    for (int round = 0; round < 100; round++) for (Download d : all) d.run(10);
    for (int k = 0; k < all.length; k++) {
      long more = all[k].got - got[k];
      assertTrue(more > 20 << 20, () -> "" + more);
    }
  }

  /** Whatever it has grown to: by what it shrinks at a time is no round part of that. */
  @ParameterizedTest
  @ValueSource(ints = {10, 15, 20, 25, 30})
  void aSenderThatBecomesSlowLeavesItAsLargeAsOnTheShortestWay(int sends) throws Exception {
    Download d = new Download(50, 16_384, sends, 2000);
    d.run(5000);
    assertTrue(memory.used() > 4 * Window.EASY, () -> "" + memory.used());
    d.sends = 0.5 * MIB_PER_SECOND;
    d.run(200_000);
    assertEquals(Window.EASY, memory.used());
  }
}
