package wsp.client.origin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import wsp.limit.Budget;
import wsp.process.Safely;

/**
 * The heads of answers, and the trailers, that origins have begun and not ended: how much memory
 * they take together, and how long each may take. Where there is no room for one, the eldest of the
 * origin that is most to blame goes ({@link Holders}): so one which ends none of its heads, or
 * begins many, neither keeps others from theirs nor pushes them out. Safe for all threads.
 */
public final class HeadMemory {
  /** Fewer bytes are not counted: nearly all heads are shorter, and a request takes as much. */
  static final int UNCOUNTED = 8 * 1024;

  private final Budget budget;
  private final Budget.Share all;
  private final long limitNanos;
  private final LongSupplier nanoTime;

  /** The eldest first. Guarded by this. */
  private final Set<Share> begun = new LinkedHashSet<>();

  /** For so many bytes together, and so long from the first byte of a head to its last. */
  public HeadMemory(long bytes, Duration limit) {
    this(bytes, limit, System::nanoTime);
  }

  HeadMemory(long bytes, Duration limit, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.budget = new Budget(bytes);
    this.all = budget.share();
    this.limitNanos = limit.toNanos();
  }

  /** How many bytes there are. */
  public long limit() {
    return budget.limit();
  }

  /** How many bytes are counted. */
  public long used() {
    return budget.used();
  }

  /** For one connection. */
  public Share share() {
    return new Share();
  }

  /** One pass of maintenance: fails those that take too long; nanoTime. */
  public void sweep(long now) {
    List<Runnable> tell = new ArrayList<>();
    synchronized (this) {
      for (Share share : List.copyOf(begun))
        if (now - share.since > limitNanos) tell.add(share.end(late(share.trailers)));
    }
    Safely.each(tell, Runnable::run);
  }

  /** What one is told that has to go because others need the room. */
  public static ReplayException noMemory() {
    return new ReplayException(
        Failure.NO_MEMORY, "the heads of answers that have begun here are too long");
  }

  private static ReplayException late(boolean trailers) {
    return trailers
        ? new ReplayException(
            Failure.CUT_BODY, "the origin began its trailers, and did not end them in time")
        : new ReplayException(
            Failure.NO_ANSWER,
            "the origin began the head of its answer, and did not end it in time");
  }

  /** What one connection has begun and not ended. Of the thread that reads, but for its end. */
  public final class Share implements Holders.Head {
    // Guarded by the memory; the first is also read by the thread that reads, which sets it.
    private boolean unfinished;
    private boolean trailers;
    private volatile boolean over;
    private @Nullable ReplayException why;
    private int counted;
    private long since;
    private String host = "";
    private @Nullable Consumer<ReplayException> owner;

    private Share() {}

    @Override
    public String host() {
      return host;
    }

    @Override
    public long bytes() {
      return counted;
    }

    @Override
    public long since() {
      return since;
    }

    public void whole() {
      if (unfinished) forget();
    }

    /**
     * This is unfinished, after what has just come.
     *
     * @param bytes that it takes, at least one
     * @param inTrailers whether they are of trailers
     * @param from the host of its origin
     * @param of is told, by any thread, if it takes too long, or if others need the room
     * @throws ReplayException if there is no room for it
     */
    public void holds(int bytes, boolean inTrailers, String from, Consumer<ReplayException> of)
        throws ReplayException {
      boolean more = count(bytes, inTrailers, from, of);
      if (over && why != null) throw why;
      if (!more) return;
      for (Runnable tell = makeRoom(); tell != null; tell = makeRoom()) Safely.run(tell);
    }

    /** Ends one if there is no room; one whose end is noted is unfinished at that moment. */
    private @Nullable Runnable makeRoom() throws ReplayException {
      synchronized (HeadMemory.this) {
        if (budget.suffices()) return null;
        long now = nanoTime.getAsLong();
        Share first = Holders.surplus(begun, now, Comparator.comparingLong(s -> s.since - now));
        if (first == null) return null;
        if (first != this) return first.end(noMemory());
        close();
        throw noMemory();
      }
    }

    /** True if it takes more than before, and is not over. */
    private boolean count(
        int bytes, boolean inTrailers, String from, Consumer<ReplayException> of) {
      synchronized (HeadMemory.this) {
        if (over) return false;
        if (unfinished && trailers != inTrailers) forget();
        if (!unfinished) {
          unfinished = true;
          trailers = inTrailers;
          since = nanoTime.getAsLong();
          host = from;
          owner = of;
          begun.add(this);
        }
        int now = bytes > UNCOUNTED ? bytes : 0;
        boolean more = now > counted;
        all.add(now - counted);
        counted = now;
        return more;
      }
    }

    private void forget() {
      synchronized (HeadMemory.this) {
        unfinished = false;
        begun.remove(this);
        all.add(-counted);
        counted = 0;
        owner = null;
      }
    }

    /** Under the lock of the memory; what is returned tells the owner, and is run without it. */
    private Runnable end(ReplayException failure) {
      Consumer<ReplayException> told = owner;
      why = failure;
      close();
      return () -> {
        if (told != null) told.accept(failure);
      };
    }

    /** The connection is over: nothing is here, and nothing will be. */
    public void close() {
      synchronized (HeadMemory.this) {
        over = true;
        forget();
      }
    }
  }
}
