package wsp.client.serve;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.process.Safely;

/**
 * The answers that their servers do not take, of which each keeps a piece and its connection: how
 * much memory they take together. Where there is no room for one, that of the server with most
 * which has waited longest gives way. Safe for all threads.
 */
final class Untaken {
  private final long limit;
  private final LongSupplier nanoTime;
  private final AtomicLong used = new AtomicLong();

  /** Those that have waited once, and are not over. Guarded by this. */
  private final Set<ExchangeMemory> all = new LinkedHashSet<>();

  Untaken(long limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  /** What the answers for one server take. */
  final class Server {
    private final AtomicLong mine = new AtomicLong();

    /** So many bytes more; a negative number gives back. */
    void add(long bytes) {
      mine.addAndGet(bytes);
      used.addAndGet(bytes);
    }

    Untaken all() {
      return Untaken.this;
    }
  }

  long now() {
    return nanoTime.getAsLong();
  }

  long used() {
    return used.get();
  }

  synchronized void add(ExchangeMemory one) {
    all.add(one);
  }

  synchronized void remove(ExchangeMemory one) {
    all.remove(one);
  }

  /** Breaks off answers until the others have room; with no lock held. */
  void makeRoom() {
    for (ExchangeMemory gone; used.get() > limit && (gone = surplus()) != null; )
      Safely.run(gone::givesWay);
  }

  /** The one to give way, which takes nothing any more; null if there is none. */
  private synchronized @Nullable ExchangeMemory surplus() {
    Server most = null;
    long held = 0;
    for (ExchangeMemory one : all) {
      long its = one.waiting() == 0 ? 0 : one.server().mine.get();
      if (its > held) most = one.server();
      held = Math.max(held, its);
    }
    ExchangeMemory first = null;
    for (ExchangeMemory one : all) {
      if (one.server() != most || one.waiting() == 0) continue;
      if (first == null || one.since() - first.since() < 0) first = one;
    }
    if (first != null) first.close();
    return first;
  }

  static ReplayException noMemory() {
    return new ReplayException(
        Failure.NO_MEMORY, "the answers that are not taken are too many, and this has waited long");
  }
}
