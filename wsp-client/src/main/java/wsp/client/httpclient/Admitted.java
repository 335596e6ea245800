package wsp.client.httpclient;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to secure origins, each of which takes memory of {@code HttpClient}'s, and which
 * of them goes where there is no room for one more: an idle one, of the owner that has most of
 * them; of one owner that has more than half, for another owner's, whichever has been still for
 * longest; otherwise one that has been still for long. Owners are those of {@link
 * wsp.client.origin.Holders}. For one thread.
 */
final class Admitted {
  /** One by which something has moved since then does not go for another. */
  private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Comparator<Connection> STILLEST =
      Comparator.comparingLong(one -> -one.stillFor());

  /** A connection of HttpClient's. */
  interface Connection {
    /** True if one of these is what it began with, or where it leads. */
    boolean isOneOf(Set<?> used);

    /** Of {@link wsp.client.origin.Holders#owner}, for that host. */
    Object owner();

    /** For how long nothing has moved by it, in nanoseconds. */
    long stillFor();

    /** It has to go, and {@link #leaves} then. */
    void givesWay();
  }

  private final int most;
  private final Supplier<Set<?>> used;
  private final Set<Connection> all = new HashSet<>();

  private final Map<Object, Integer> ofOwner = new HashMap<>();

  /**
   * @param used what requests go by: what connections began with, or, where that is not known,
   *     where they lead
   */
  Admitted(int most, Supplier<Set<?>> used) {
    this.most = most;
    this.used = used;
  }

  /** False if there is no memory for one more, and none that can go. */
  boolean enters(Connection one) {
    while (all.size() >= most) {
      Connection first = surplus(one.owner());
      if (first == null) return false;
      first.givesWay();
      // Whatever became of it.
      leaves(first);
    }
    if (all.add(one)) ofOwner.merge(one.owner(), 1, Integer::sum);
    return true;
  }

  void leaves(Connection one) {
    if (all.remove(one)) ofOwner.computeIfPresent(one.owner(), (owner, n) -> n == 1 ? null : n - 1);
  }

  private @Nullable Connection surplus(Object newcomer) {
    Connection idle = idle();
    if (idle != null) return idle;
    Map.Entry<Object, Integer> first =
        Collections.max(ofOwner.entrySet(), Map.Entry.comparingByValue());
    boolean tooMany = first.getValue() > most / 2 && !first.getKey().equals(newcomer);
    Connection stillest =
        all.stream()
            .filter(each -> !tooMany || each.owner().equals(first.getKey()))
            .min(STILLEST)
            .orElseThrow();
    return tooMany || stillest.stillFor() >= STILL_NANOS ? stillest : null;
  }

  private @Nullable Connection idle() {
    Set<?> now = used.get();
    return all.stream()
        .filter(each -> !each.isOneOf(now))
        .min(Comparator.comparingInt((Connection each) -> -count(each)).thenComparing(STILLEST))
        .orElse(null);
  }

  private int count(Connection of) {
    return ofOwner.getOrDefault(of.owner(), 0);
  }
}
