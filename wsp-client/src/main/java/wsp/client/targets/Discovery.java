package wsp.client.targets;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.address.NameLookup;
import wsp.address.SystemNames;

/**
 * Follows the addresses of one name. A lookup runs on a worker, never two at a time: one that hangs
 * is waited for, and told of. Only an answer with addresses changes anything; until the first one,
 * the name is asked for with back-off. Each news is one line of the log, once.
 *
 * <p>{@link #tick} is for one thread; answers are handed on by a worker, one after the other.
 */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  /** More servers than these are no longer a matter of one name. */
  static final int MOST = 100;

  /** How many of those left out are named. */
  private static final int NAMED = 10;

  static final Duration LIMIT = Duration.ofSeconds(10);

  private final Target target;
  private final NameLookup lookup;
  private final Duration interval;
  private final Backoff backoff;
  private final Executor workers;
  private final Consumer<Set<InetAddress>> found;

  private enum State {
    IDLE,
    RUNNING,
    /** A look-up runs still that counts as failed. */
    LATE
  }

  @GuardedBy("this")
  private State state = State.IDLE;

  @GuardedBy("this")
  private boolean known;

  @GuardedBy("this")
  private long startedAt;

  @GuardedBy("this")
  private Duration pause = Duration.ZERO;

  @GuardedBy("this")
  private String told = "";

  Discovery(
      Target target,
      NameLookup lookup,
      Duration interval,
      Backoff backoff,
      Executor workers,
      Consumer<Set<InetAddress>> found) {
    this.target = target;
    this.lookup = lookup;
    this.interval = interval;
    this.backoff = backoff;
    this.workers = workers;
    this.found = found;
  }

  /** One pass of maintenance; nanoTime. */
  void tick(long now) {
    if (!begins(now)) return;
    try {
      workers.execute(this::look);
    } catch (RejectedExecutionException e) {
      // The client is stopping.
    }
  }

  private synchronized boolean begins(long now) {
    long passed = now - startedAt;
    if (state == State.RUNNING && passed > LIMIT.toNanos()) {
      state = State.LATE;
      failed("no answer within " + LIMIT.toSeconds() + " s");
    }
    if (state != State.IDLE || (!pause.isZero() && passed < pause.toNanos())) return false;
    state = State.RUNNING;
    startedAt = now;
    return true;
  }

  private void look() {
    String failure = "internal error";
    try {
      List<InetAddress> all = usable(lookup.all(target.url().lookedUp()));
      failure = all.isEmpty() ? "there are no addresses" : null;
      if (!all.isEmpty()) {
        Set<InetAddress> used = new LinkedHashSet<>(all.subList(0, Math.min(MOST, all.size())));
        resolved(all);
        found.accept(used);
      }
    } catch (UnknownHostException e) {
      failure = SystemNames.isUnanswered(e) ? "no name server answers" : "unknown host";
    } finally {
      over(failure);
    }
  }

  /**
   * Each once and in one order, so that all clients leave out the same ones. An address of no
   * machine is no server's; connecting to 0.0.0.0, with which some answer for names that they
   * block, would lead to this machine.
   */
  private static List<InetAddress> usable(InetAddress[] addresses) {
    return Arrays.stream(addresses)
        .filter(a -> !a.isAnyLocalAddress() && !a.isMulticastAddress())
        .distinct()
        .sorted(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned))
        .toList();
  }

  private synchronized void over(@Nullable String failure) {
    // A resolver that gives up later than we do has failed already: one event, one line.
    if (failure != null && state != State.LATE) failed(failure);
    state = State.IDLE;
  }

  private synchronized void failed(String why) {
    pause = known ? interval : backoff.next(Attempts.LONGEST_DELAY);
    String news = why + (known ? "; the addresses known so far stay" : "");
    if (isNews(news)) LOG.warn("Unable to resolve {}: {}", target, news);
  }

  private synchronized void resolved(List<InetAddress> all) {
    known = true;
    pause = interval;
    int used = Math.min(MOST, all.size());
    String news = used + " addresses: " + texts(all.subList(0, used));
    if (!isNews(all.size() > MOST ? news + texts(all) : news)) return;
    LOG.info("{} has {}", target, news);
    if (used < all.size()) LOG.warn("{} has too many addresses: {}", target, leftOut(all));
  }

  private static String leftOut(List<InetAddress> all) {
    int end = Math.min(all.size(), MOST + NAMED);
    String rest = end < all.size() ? " and " + (all.size() - end) + " more" : "";
    return texts(all.subList(MOST, end)) + rest + " are left out";
  }

  @GuardedBy("this")
  private boolean isNews(String text) {
    boolean news = !text.equals(told);
    told = text;
    return news;
  }

  private static String texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }
}
