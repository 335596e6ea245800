package wsp.chaos;

import java.io.IOException;
import java.util.Random;
import wsp.testing.Await;

/**
 * Bytes both ways at once, on a connection that is no HTTP any more: the {@link Payload} of a
 * number on each way. A thread of its own sends.
 */
final class BothWays {
  private static final int PIECE = 1 << 14;

  /** Longer than each limit of idleness of a run. */
  private static final long IDLE_NANOS = 4_000_000_000L;

  /** Those that are shorter are many, and never idle. */
  private static final int SHORT = 50_000;

  private final HttpSocket socket;
  private final long sentId;
  private final int sent;
  private final boolean halves;
  private final long takenId;
  private long taken;
  private boolean wrong;
  private boolean ended;

  /** The next read may say that it has ended, even so. */
  private volatile boolean refused;

  /**
   * Sends the payload of a number, and takes that of another.
   *
   * @param sent how many bytes
   * @param halves whether it closes its half behind them
   */
  BothWays(HttpSocket socket, long sentId, int sent, boolean halves, long takenId) {
    this.socket = socket;
    this.sentId = sentId;
    this.sent = sent;
    this.halves = halves;
    this.takenId = takenId;
  }

  /** Goes on until nothing more comes, and nothing more can be sent. */
  void run() throws IOException {
    Thread sender = Threads.start("both-ways", this::send);
    try {
      socket.body(new Head("\r\n"), true, this::take);
      ended = true;
    } catch (IOException e) {
      socket.reset();
    } finally {
      join(sender);
    }
  }

  private static void join(Thread sender) {
    try {
      sender.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void take(byte[] bytes, int from, int n) throws IOException {
    wrong |= !Payload.matches(takenId, taken, bytes, from, n);
    taken += n;
    if (wrong) throw new IOException("wrong bytes");
  }

  private void send() {
    Random random = new Random(sentId);
    byte[] piece = new byte[PIECE];
    boolean idles = sent > SHORT && random.nextInt(8) == 0;
    try {
      for (int at = 0; at < sent; ) {
        int n = Math.min(1 + random.nextInt(PIECE), sent - at);
        Payload.fill(sentId, at, piece, 0, n);
        socket.write(piece, n);
        if (idles && at < sent / 2 && at + n >= sent / 2) idle();
        at += n;
      }
      if (halves) socket.endOutput();
    } catch (IOException e) {
      refused = true;
    }
  }

  private static void idle() {
    long end = System.nanoTime() + IDLE_NANOS;
    for (long left = IDLE_NANOS; left > 0; left = end - System.nanoTime()) Await.pace(left);
  }

  /** How many bytes came. */
  long taken() {
    return taken;
  }

  /** Whether any of them was not the one that was sent. */
  boolean wrong() {
    return wrong;
  }

  /** Whether they ended, rather than broke off. */
  boolean ended() {
    return ended && !refused;
  }
}
