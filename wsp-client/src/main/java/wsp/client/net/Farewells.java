package wsp.client.net;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections over TLS on which this end has said that it sends no more. The other end may
 * never answer that, or go on sending all the time, so each ends within a moment, and so many are
 * kept at the most; what was written before is with the kernel then, which delivers it. Safe for
 * all threads.
 */
final class Farewells {
  /** A connection that is at its end. */
  interface Leaving {
    /** How many bytes the socket has taken of what was written. */
    long written();

    /** Ends it without a reset, if it has not ended. */
    void leave();
  }

  static final Farewells OF_PROCESS =
      new Farewells(128, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));

  /** So often it is looked at, while the other end takes some of what was written: for a minute. */
  private static final int LOOKS = 30;

  private final int most;
  private final Executor later;

  /** The eldest first. */
  @GuardedBy("this")
  private final Set<Leaving> leaving = new LinkedHashSet<>();

  /**
   * @param later runs what it gets after a moment
   */
  Farewells(int most, Executor later) {
    this.most = most;
    this.later = later;
  }

  /** This one is at its end from now on. */
  void add(Leaving one) {
    Leaving eldest;
    synchronized (this) {
      if (!leaving.add(one)) return;
      eldest = leaving.size() > most ? removeFirst() : null;
    }
    if (eldest != null) eldest.leave();
    look(one, one.written(), LOOKS);
  }

  @GuardedBy("this")
  private @Nullable Leaving removeFirst() {
    Iterator<Leaving> all = leaving.iterator();
    Leaving first = all.next();
    all.remove();
    return first;
  }

  private void look(Leaving one, long before, int looks) {
    later.execute(
        () -> {
          long now = one.written();
          if (now > before && looks > 1) look(one, now, looks - 1);
          else if (remove(one)) one.leave();
        });
  }

  /** It has ended; false if it was not here any more. */
  synchronized boolean remove(Leaving one) {
    return leaving.remove(one);
  }
}
