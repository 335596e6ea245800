package wsp.client.tunnel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection is alive, judged tick by tick. Ticks, not the clock: while this process is
 * frozen, it hears nothing, and that is not the peer's fault.
 *
 * <p>{@link #heard} comes from the thread that hears, {@link #tick} from the timer's.
 */
public final class Liveness {
  /** The action that a tick asks for. */
  public enum Action {
    NONE(null),
    PING(null),
    DROP_DEAD("no sign of life"),
    DROP_STALLED("the server takes nothing");

    private final @Nullable String why;

    Action(@Nullable String why) {
      this.why = why;
    }

    /** Why the link is over; null if it is not. */
    public @Nullable String why() {
      return why;
    }
  }

  /** While nothing is read, a closed peer shows only in that it resets what is sent. */
  private static final Duration PROBE = Duration.ofSeconds(1);

  /** Ticks that a peer has to answer a close frame behind which nothing can be on its way. */
  private static final int CLOSE_TICKS = 4;

  private final int pingTicks;
  private final int deadTicks;
  private final int stallTicks;
  private final int probeTicks;
  private volatile boolean heard;
  private volatile boolean carried;
  private int unused;
  private int quiet;
  private int sincePing;
  private int stalled;
  private int closing;
  private int closingLonger;

  /**
   * For one link. Pings are sent often enough for {@code deadPeer} to find three of them
   * unanswered.
   */
  public Liveness(Duration tick, Duration pingInterval, Duration deadPeer, Duration stallTimeout) {
    deadTicks = Math.max(2, ticks(deadPeer, tick));
    pingTicks = Math.max(1, Math.min(ticks(pingInterval, tick), deadTicks / 3));
    stallTicks = Math.max(2, ticks(stallTimeout, tick));
    probeTicks = ticks(PROBE, tick);
    unused = deadTicks;
  }

  private static int ticks(Duration duration, Duration tick) {
    return (int) Math.max(1, (duration.toMillis() + tick.toMillis() - 1) / tick.toMillis());
  }

  public int stallTicks() {
    return stallTicks;
  }

  public void heard() {
    heard = true;
  }

  /**
   * Something was carried by which the server gives credit as it comes: over a slow line it may be
   * on its way for long, and a connection that is closed here cuts it when the next credit comes.
   */
  public void carried() {
    carried = true;
  }

  /**
   * One more tick after a close frame has gone out; true if the answer to it is late. Where bytes
   * may be on their way before it, a peer that says something is waited for, but not for ever.
   *
   * @param leaving true while bytes before it still leave
   */
  public boolean isLate(boolean leaving) {
    countUnused();
    boolean used = unused < deadTicks;
    if ((leaving || (used && heard)) && ++closingLonger <= stallTicks) closing = 0;
    heard = false;
    return ++closing > (used ? Math.max(CLOSE_TICKS, pingTicks) : CLOSE_TICKS);
  }

  private void countUnused() {
    unused = carried ? 0 : unused + 1;
    carried = false;
  }

  /**
   * One more tick.
   *
   * @param reading false while we ourselves do not read, so that nothing can be heard
   * @param sending true if the peer has not taken what it was sent one tick ago
   */
  public Action tick(boolean reading, boolean sending) {
    quiet = heard || !reading ? 0 : quiet + 1;
    // A server that has just been heard need not be asked: where the server pings, one ping serves
    // both.
    if (heard && reading) sincePing = 0;
    heard = false;
    countUnused();
    stalled = sending ? stalled + 1 : 0;
    if (quiet >= deadTicks) return Action.DROP_DEAD;
    if (stalled >= stallTicks) return Action.DROP_STALLED;
    if (++sincePing < (reading ? pingTicks : Math.min(pingTicks, probeTicks))) return Action.NONE;
    sincePing = 0;
    return Action.PING;
  }
}
