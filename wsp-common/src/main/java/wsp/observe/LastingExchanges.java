package wsp.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import wsp.process.BoundedExecutor;
import wsp.process.OneByOne;
import wsp.process.Safely;

/**
 * The exchanges under way that have no end of their own: tunnels and upgrades. Nothing but their
 * two ends ends them, so that a key that was withdrawn would hold for as long as its holder likes:
 * each new configuration judges them again, while it leaves requests to the one that they came
 * under. Safe for all threads.
 *
 * @param <E> one of them
 * @param <T> what a configuration judges by
 */
public abstract class LastingExchanges<E, T> implements ExchangeObserver {
  private final Map<ExchangeRecord, E> all = new ConcurrentHashMap<>();
  private final OneByOne<ExchangeRecord> dear = new OneByOne<>(this::judgeWholly);

  /** The last that came while this daemon ran; null: none. */
  private volatile @Nullable T latest;

  /**
   * Ends one that may not be any more.
   *
   * @param wholly otherwise what is dear to judge is left, on a thread that must not be held up
   * @return true if it was left
   */
  protected abstract boolean judge(E one, T by, boolean wholly);

  /** From now on, those that begin are judged by these, too. */
  public final void use(T next) {
    latest = next;
  }

  /** One is under way from now on, before it can end. */
  protected final void add(ExchangeRecord noted, E one) {
    all.put(noted, one);
  }

  protected final @Nullable E get(ExchangeRecord noted) {
    return all.get(noted);
  }

  /** These allow one of them; others may have come meanwhile. */
  protected final void judgedBy(T terms, ExchangeRecord noted, BoundedExecutor workers) {
    T now = latest;
    if (now != null && !now.equals(terms)) judge(noted, now, workers);
  }

  @Override
  public final void ended(ExchangeRecord noted) {
    all.remove(noted);
  }

  public final int count() {
    return all.size();
  }

  /** Ends those that may not be any more: those that are dear to judge later, one by one. */
  public final void judge(T by, BoundedExecutor workers) {
    Safely.each(all.keySet(), noted -> judge(noted, by, workers));
  }

  private void judge(ExchangeRecord noted, T by, BoundedExecutor workers) {
    E one = all.get(noted);
    if (one != null && judge(one, by, false)) dear.add(noted, workers);
  }

  /** By the latest, which may have come while it waited for that. */
  private void judgeWholly(ExchangeRecord noted) {
    E one = all.get(noted);
    T by = latest;
    if (one != null && by != null) judge(one, by, true);
  }
}
