package wsp.limit;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Events of one kind, of which a few are told and the others counted, so that a flood of them is no
 * flood of lines: a few at once, a few in each second after that, and every ten seconds how many
 * more there were, and from how many addresses. Takes the same memory however many there are. Time
 * is an argument, by {@link System#nanoTime()}. Safe for all threads.
 */
final class Flood {
  /** How many are told at once, and in a second when they go on. */
  static final int AT_ONCE = 20;

  static final int PER_SECOND = 3;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long BETWEEN_SUMS = 10 * SECOND;

  /** A power of two; beyond three quarters of it addresses are not told apart any more. */
  private static final int ADDRESSES = 1024;

  private final String kind;
  private int tokens = AT_ONCE;
  private boolean begun;
  private long refilled;

  // Of the events that were not told.
  private long untold;
  private long since;
  private int @Nullable [] addresses;
  private int differing;

  Flood(String kind) {
    this.kind = kind;
  }

  /** One more, from an address without its port; true if it is to be told. */
  synchronized boolean tells(String from, long now) {
    refill(now);
    if (tokens > 0) {
      tokens--;
      return true;
    }
    if (untold++ == 0) since = now;
    note(from);
    return false;
  }

  private void refill(long now) {
    if (!begun) refilled = now;
    begun = true;
    long more = (now - refilled) / (SECOND / PER_SECOND);
    if (more <= 0) return;
    refilled += more * (SECOND / PER_SECOND);
    tokens = (int) Math.min(AT_ONCE, tokens + more);
  }

  private void note(String from) {
    int[] known = addresses;
    if (known == null) {
      known = new int[ADDRESSES];
      addresses = known;
    }
    int hash = from.hashCode() * 0x9E3779B9 | 1;
    for (int i = hash >>> 16; differing < ADDRESSES / 4 * 3; i++) {
      int at = i & (ADDRESSES - 1);
      if (known[at] == hash) return;
      if (known[at] != 0) continue;
      known[at] = hash;
      differing++;
      return;
    }
  }

  /** The sum of those that were not told, once it is due; else null. */
  synchronized @Nullable String sum(long now) {
    return untold > 0 && now - since >= BETWEEN_SUMS ? sumNow(now) : null;
  }

  /** The same at once; null if all were told. */
  synchronized @Nullable String sumNow(long now) {
    if (untold == 0) return null;
    String some = differing >= ADDRESSES / 4 * 3 ? "over " : "";
    String sum =
        String.format(
            Locale.ROOT,
            "… and %,d more like it in %d s from %s%,d address%s: %s",
            untold,
            Math.max(1, (now - since) / SECOND),
            some,
            differing,
            differing == 1 ? "" : "es",
            kind);
    untold = 0;
    differing = 0;
    addresses = null;
    return sum;
  }
}
