package wsp.client.targets;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import wsp.client.tunnel.ClientLink;
import wsp.client.tunnel.Ending;

/**
 * When a pool may dial: with back-off behind a failure, and one at a time as long as its server
 * closes what has opened before it served. Times are in nanoTime. Guarded by the lock of its pool.
 */
final class Attempts {
  /** A server that comes back is found within this. */
  static final Duration LONGEST_DELAY = Duration.ofMillis(2500);

  /** A server that does not want us is asked again after this. */
  static final Duration LONGEST_DELAY_REFUSED = Duration.ofSeconds(30);

  /** A link that lives for so many ticks is wanted. */
  private static final int TICKS = 2;

  private static final Dialer.Failure NONE = new Dialer.Failure(false, "");

  private final Backoff backoff;

  /**
   * The links that their server may yet close, with the ticks that each has lived: it can judge a
   * greeting only after the handshake.
   */
  private final Map<ClientLink, Integer> unproven = new HashMap<>();

  /** The server has closed one before it served: one at a time from here on, until one serves. */
  private boolean unwanted;

  private int connecting;

  /** No dialling before this; only while {@code waiting}. */
  private long notBefore;

  private boolean waiting;
  private Dialer.Failure last = NONE;
  private long dials;
  private long failed;

  /** How often there was a link after there had been none. */
  private long connects;

  private long lost;

  Attempts(Backoff backoff) {
    this.backoff = backoff;
  }

  /** Begins so many attempts, or as many of them as may be made now; says how many. */
  int begin(int missing, long now) {
    if (waiting && notBefore - now > 0) return 0;
    waiting = false;
    int n = unwanted ? Math.min(missing, connecting + unproven.size() == 0 ? 1 : 0) : missing;
    connecting += n;
    dials += n;
    return n;
  }

  void takeBack() {
    connecting--;
    dials--;
  }

  void failed() {
    connecting--;
    failed++;
  }

  /** One has come to a link; false if the server may well close it at once, as it did before. */
  boolean opened(ClientLink link, boolean alone) {
    connecting--;
    if (alone) connects++;
    unproven.put(link, 0);
    return !unwanted;
  }

  /** A link has ended; true if it had not served. */
  boolean ended(ClientLink link, Ending ending) {
    if (ending.lost()) lost++;
    return unproven.remove(link) != null;
  }

  void refused(String why) {
    unwanted = true;
    failed++;
    last = new Dialer.Failure(true, why);
  }

  /** A link serves; true if the server wants us again, which had refused. */
  boolean served(ClientLink link) {
    return unproven.remove(link) != null && proven();
  }

  /** One pass of maintenance: a link that lives is wanted; true as with {@link #served}. */
  boolean tick() {
    unproven.replaceAll((link, ticks) -> ticks + 1);
    return unproven.values().removeIf(ticks -> ticks > TICKS) && proven();
  }

  /** One has come to something: the next failure is the first one again. */
  private boolean proven() {
    backoff.reset();
    waiting = false;
    last = NONE;
    boolean before = unwanted;
    unwanted = false;
    return before;
  }

  /** Dials no more for a while, which is returned. */
  Duration pause(boolean refused, long now) {
    Duration delay = backoff.next(refused ? LONGEST_DELAY_REFUSED : LONGEST_DELAY);
    notBefore = now + delay.toNanos();
    waiting = true;
    return delay;
  }

  /** True from {@link #pause} to the next attempt. */
  boolean waiting() {
    return waiting;
  }

  /** The latest failure is this; true if it is news, for which quoted words do not count. */
  boolean isNews(Dialer.Failure failure) {
    boolean news = !failure.reason().equals(last.reason());
    last = failure;
    return news;
  }

  int connecting() {
    return connecting;
  }

  PoolCounts counts(String target, OpenLinks open, int wire) {
    return new PoolCounts(
        target,
        connecting,
        open.idle(),
        open.busy(),
        open.exchanges(),
        wire,
        dials,
        failed,
        Math.max(0, connects - 1),
        lost,
        last.words());
  }
}
