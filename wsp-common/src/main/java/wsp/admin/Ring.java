package wsp.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last exchanges of some sort that have ended. Adding takes no lock; safe for all threads. */
final class Ring {
  private final AtomicReferenceArray<EndedExchange> places;
  private final AtomicLong added = new AtomicLong();

  Ring(int size) {
    places = new AtomicReferenceArray<>(size);
  }

  /** In the place of the oldest, once all places are taken. */
  void add(EndedExchange e) {
    places.set((int) (added.getAndIncrement() % places.length()), e);
  }

  /** Those whose number is in a range, in no order. */
  List<EndedExchange> between(long from, long below) {
    List<EndedExchange> some = new ArrayList<>();
    for (int i = 0; i < places.length(); i++) {
      EndedExchange e = places.get(i);
      if (e != null && e.number() >= from && e.number() < below) some.add(e);
    }
    return some;
  }
}
