package wsp.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/** Everything that is counted. Safe for all threads. */
final class Tally {
  private static final int SHOWN = 40;
  private static final int PAGE = 1 << 16;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<Kind, Map<Outcome, LongAdder>> outcomes = new ConcurrentHashMap<>();
  private final Map<Long, AtomicIntegerArray> executions = new ConcurrentHashMap<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder twice = new LongAdder();

  // Guarded by this.
  private final List<String> problems = new ArrayList<>();

  void outcome(Kind kind, Outcome outcome) {
    requests.increment();
    outcomes
        .computeIfAbsent(kind, k -> new ConcurrentHashMap<>())
        .computeIfAbsent(outcome, o -> new LongAdder())
        .increment();
  }

  /** Something to be told of at the end: a fault, the reason of an error. */
  void count(String what) {
    counts.computeIfAbsent(what, w -> new LongAdder()).increment();
  }

  /** Something that must not be. */
  void wrong(String what) {
    wrong.increment();
    problem(what);
  }

  private synchronized void problem(String what) {
    if (problems.size() < SHOWN) problems.add(what);
  }

  /** A request has come to the origin. */
  void executed(Task task) {
    int before =
        executions
            .computeIfAbsent(task.id() / PAGE, page -> new AtomicIntegerArray(PAGE))
            .getAndIncrement((int) (task.id() % PAGE));
    if (before == 0) return;
    twice.increment();
    problem("executed twice: " + task);
  }

  int executions(Task task) {
    AtomicIntegerArray page = executions.get(task.id() / PAGE);
    return page == null ? 0 : page.get((int) (task.id() % PAGE));
  }

  long requests() {
    return requests.sum();
  }

  long wrong() {
    return wrong.sum();
  }

  long twice() {
    return twice.sum();
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** How often there was this outcome, over all kinds. */
  long of(Outcome outcome) {
    return outcomes.values().stream()
        .mapToLong(m -> m.containsKey(outcome) ? m.get(outcome).sum() : 0)
        .sum();
  }

  /** Lines of a table: kinds down, outcomes across; then whatever else was counted. */
  String table() {
    StringBuilder s = new StringBuilder(String.format("%-28s", "requests: " + requests()));
    for (Outcome o : Outcome.values()) s.append(String.format("%12s", o));
    for (Kind k : Kind.values()) {
      Map<Outcome, LongAdder> row = outcomes.get(k);
      if (row == null) continue;
      s.append(String.format("%n%-28s", k));
      for (Outcome o : Outcome.values())
        s.append(String.format("%12s", row.containsKey(o) ? row.get(o) : "."));
    }
    s.append(String.format("%n%-28s", "all"));
    for (Outcome o : Outcome.values()) s.append(String.format("%12d", of(o)));
    new TreeMap<>(counts)
        .forEach((what, n) -> s.append(String.format("%n%10d  %s", n.sum(), what)));
    return s.append(String.format("%n%10d  wrong answers%n%10d  executed twice", wrong(), twice()))
        .toString();
  }
}
