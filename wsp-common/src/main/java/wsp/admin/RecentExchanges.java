package wsp.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;

/**
 * The exchanges in flight, the last ones that ended, and the last of these that failed: at a
 * thousand requests a second a failure would be gone from among all others within a third of one.
 * Failures that strangers cause have places of their own, so that they cannot push the rest out.
 *
 * <p>Threads that serve requests only add to a map, count, and put one object into a ring: there is
 * no lock that they could wait for, and the reading thread does all the rest. Safe for all threads.
 */
final class RecentExchanges implements ExchangeObserver {
  static final int KEPT = 300;
  static final int STRANGERS_KEPT = 50;

  /** Beyond so many in flight, they are only counted. */
  static final int TRACKED = 4_096;

  /** An exchange that is over; so many have ended before it. */
  record Kept(long number, ExchangeRecord of) {
    /** Whether it belongs among the failures that the page lists. */
    boolean failed() {
      return !of.failure().isEmpty()
          || of.status() >= 500
          || (of.status() >= 400 && of.proxyStatus().startsWith("wsp-client"));
    }
  }

  /** The last ones of some sort. */
  private static final class Ring {
    private final AtomicReferenceArray<Kept> places;
    private final AtomicLong added = new AtomicLong();

    Ring(int size) {
      places = new AtomicReferenceArray<>(size);
    }

    void add(Kept e) {
      places.set((int) (added.getAndIncrement() % places.length()), e);
    }

    void between(long from, long below, Map<Long, Kept> to) {
      for (int i = 0; i < places.length(); i++) {
        Kept e = places.get(i);
        if (e != null && e.number >= from && e.number < below) to.put(e.number, e);
      }
    }
  }

  private final Set<ExchangeRecord> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReferenceArray<Kept> ring = new AtomicReferenceArray<>(KEPT);
  private final AtomicLong ended = new AtomicLong();
  private final Ring failures = new Ring(KEPT);
  private final Ring ofStrangers = new Ring(STRANGERS_KEPT);
  private final Predicate<ExchangeRecord> stranger;
  private final LongAdder failed = new LongAdder();

  /** Instants of nanoTime may be compared by their distance only. */
  private final long base = System.nanoTime();

  RecentExchanges(Predicate<ExchangeRecord> stranger) {
    this.stranger = stranger;
  }

  @Override
  public void begun(ExchangeRecord exchange) {
    if (inFlight.incrementAndGet() <= TRACKED) open.add(exchange);
    // A link that is lost may end it before it has begun, on another thread.
    if (exchange.endedAt() != 0) open.remove(exchange);
  }

  @Override
  public void ended(ExchangeRecord exchange) {
    inFlight.decrementAndGet();
    open.remove(exchange);
    if (!exchange.failure().isEmpty()) failed.increment();
    long number = ended.getAndIncrement();
    Kept kept = new Kept(number, exchange);
    // Before it is among all: who has seen it there does not look for it here again.
    if (kept.failed()) {
      boolean theirs = !exchange.failure().isEmpty() && stranger.test(exchange);
      (theirs ? ofStrangers : failures).add(kept);
    }
    ring.accumulateAndGet((int) (number % KEPT), kept, RecentExchanges::later);
  }

  /** A thread that was held up may come when the place is taken by a later one. */
  private static Kept later(@Nullable Kept one, Kept other) {
    return one == null || one.number < other.number ? other : one;
  }

  int inFlight() {
    return inFlight.get();
  }

  long total() {
    return ended.get();
  }

  long failed() {
    return failed.sum();
  }

  List<ExchangeRecord> oldest(int atMost) {
    List<ExchangeRecord> all = new ArrayList<>(open);
    all.sort(Comparator.comparingLong(e -> e.receivedAt() - base));
    return all.size() <= atMost ? all : all.subList(0, atMost);
  }

  /**
   * Those that ended from that number on, as far as they are still kept, in order: the last of all
   * and the last of those that failed. Stops at one whose number is taken and that is not in the
   * ring yet: it comes the next time.
   */
  List<Kept> since(long number) {
    List<Kept> last = lastSince(number);
    if (last.isEmpty()) return last;
    NavigableMap<Long, Kept> all = new TreeMap<>();
    long below = last.get(last.size() - 1).number() + 1;
    failures.between(number, below, all);
    ofStrangers.between(number, below, all);
    for (Kept e : last) all.put(e.number(), e);
    return new ArrayList<>(all.values());
  }

  private List<Kept> lastSince(long number) {
    long end = ended.get();
    List<Kept> some = new ArrayList<>();
    for (long n = Math.max(number, end - KEPT); n < end; n++) {
      Kept e = ring.get((int) (n % KEPT));
      if (e == null || e.number() < n) break;
      // A larger number: it was overwritten while this was reading.
      if (e.number() == n) some.add(e);
    }
    return some;
  }
}
