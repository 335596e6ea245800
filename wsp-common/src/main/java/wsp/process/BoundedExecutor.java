package wsp.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the threads of another executor, so many at once at most: for those that take much
 * memory, or a core, while they run. The others wait and hold no thread; their owners take turns
 * ({@link Turns}), so that one who has many holds up nobody but itself. What has waited to its
 * deadline is told so when a thread is free for the next one. Safe for all threads.
 */
public final class BoundedExecutor {
  /** What is to be run; equal to itself alone. */
  public static final class Task {
    private final Object owner;
    private final long deadline;
    private final Runnable step;
    private final Runnable late;

    /**
     * A task that is not given to anybody yet.
     *
     * @param owner who takes turns with others; equal for all tasks of one
     * @param deadline until when it may wait; nanoTime
     * @param late is run instead where it has waited for longer, on the same thread
     */
    public Task(Object owner, long deadline, Runnable step, Runnable late) {
      this.owner = owner;
      this.deadline = deadline;
      this.step = step;
      this.late = late;
    }
  }

  private final Executor threads;
  private final int most;

  @GuardedBy("this")
  private final Turns<Task> waiting;

  @GuardedBy("this")
  private int running;

  /** So many at once, and so many of one owner that wait; what a task throws is its affair. */
  public BoundedExecutor(Executor threads, int most, int mostOfOne) {
    this.threads = threads;
    this.most = most;
    this.waiting = new Turns<>(mostOfOne);
  }

  /**
   * As many at once as there are cores, or fewer where the heap is small.
   *
   * @param bytes that one takes at the most: an eighth of the heap is for all
   * @param mostOfOne how many of one owner may wait
   */
  public static BoundedExecutor ofCores(Executor threads, long bytes, int mostOfOne) {
    Runtime here = Runtime.getRuntime();
    long room = here.maxMemory() / 8 / bytes;
    int most = (int) Math.max(1, Math.min(here.availableProcessors(), room));
    return new BoundedExecutor(threads, most, mostOfOne);
  }

  /** Runs a task soon; false if too many of its owner wait, an error if the threads take none. */
  public synchronized boolean execute(Task task) {
    if (!waiting.add(task.owner, task)) return false;
    if (running == most) return true;
    try {
      go();
    } catch (RejectedExecutionException e) {
      waiting.remove(task);
      throw e;
    }
    return true;
  }

  /**
   * One more runs. Under the lock: else what comes in that moment would rely on a place that the
   * other executor refuses, and wait for ever.
   */
  @GuardedBy("this")
  private void go() {
    running++;
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      running--;
      throw e;
    }
  }

  /** Takes a task out that is not wanted any more, if it has not begun. */
  public synchronized void remove(Task task) {
    waiting.remove(task);
  }

  private void run() {
    try {
      for (Task late; (late = late()) != null; ) late.late.run();
      Task task = next();
      if (task != null) task.step.run();
    } finally {
      goOn();
    }
  }

  private synchronized @Nullable Task late() {
    Task eldest = waiting.eldest();
    if (eldest == null || System.nanoTime() - eldest.deadline < 0) return null;
    waiting.remove(eldest);
    return eldest;
  }

  private synchronized @Nullable Task next() {
    return waiting.next();
  }

  /** What waits when the other executor is closed is dropped, as what waits there is. */
  private synchronized void goOn() {
    running--;
    if (!waiting.isEmpty()) go();
  }

  /**
   * Things that wait, of several owners, who take turns: each gets one of its own on before any
   * gets the next, however many others have. An owner's own keep their order. For one thread at a
   * time.
   */
  private static final class Turns<T> {
    private final int mostOfOne;

    /** The one whose turn it is first. */
    private final Map<Object, Set<T>> byOwner = new LinkedHashMap<>();

    /** Whose each is, in the order in which they came. */
    private final Map<T, Object> owners = new LinkedHashMap<>();

    Turns(int mostOfOne) {
      this.mostOfOne = mostOfOne;
    }

    boolean isEmpty() {
      return owners.isEmpty();
    }

    /** One more waits; false if as many of its owner do already. */
    boolean add(Object owner, T thing) {
      Set<T> own = byOwner.computeIfAbsent(owner, o -> new LinkedHashSet<>());
      if (own.size() >= mostOfOne) return false;
      own.add(thing);
      owners.put(thing, owner);
      return true;
    }

    /** The one that has waited longest, of all owners; it waits on. */
    @Nullable T eldest() {
      Iterator<T> all = owners.keySet().iterator();
      return all.hasNext() ? all.next() : null;
    }

    /** The one whose turn it is, which waits no longer. */
    @Nullable T next() {
      Iterator<Map.Entry<Object, Set<T>>> all = byOwner.entrySet().iterator();
      if (!all.hasNext()) return null;
      Map.Entry<Object, Set<T>> turn = all.next();
      Object owner = turn.getKey();
      Set<T> own = turn.getValue();
      T first = own.iterator().next();
      all.remove();
      own.remove(first);
      if (!own.isEmpty()) byOwner.put(owner, own);
      owners.remove(first);
      return first;
    }

    void remove(T thing) {
      Object owner = owners.remove(thing);
      Set<T> own = owner == null ? null : byOwner.get(owner);
      if (own == null) return;
      own.remove(thing);
      if (own.isEmpty()) byOwner.remove(owner);
    }
  }
}
