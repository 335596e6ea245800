package wsp.client.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.UpgradeField;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.process.BoundedExecutor;
import wsp.process.BoundedExecutor.Task;
import wsp.process.Safely;

/**
 * The tunnels and upgrades under way here. Nothing but their two ends ends them: so each new
 * configuration judges them again, while it leaves requests to the one that they came under. Safe
 * for all threads.
 */
public final class OpenTunnels implements ExchangeObserver {
  /** One that is dear to judge ends if it has not had its turn until then. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** One of them, and who ends it. */
  private record Open(RequestEnvelope request, String peer, Consumer<ReplayException> ends) {
    /** Ends it if it may not be any more: at once, or later if that is dear to judge. */
    void judge(Terms by, BoundedExecutor workers) {
      ExchangeRecord unseen = new ExchangeRecord("", "", request.method(), "");
      try {
        Destination to = Judging.destination(request, by.tunnelPorts(), true, unseen);
        Headers seen = request.seen();
        if (!Judging.isCostly(by.rules().cost(request.method(), to, seen))) judge(by, to, seen);
        else if (!workers.execute(aside(() -> judge(by, to, seen)))) ends.accept(tooMuch());
      } catch (ReplayException e) {
        ends.accept(e);
      }
    }

    private void judge(Terms by, Destination to, Headers seen) {
      ExchangeRecord unseen = new ExchangeRecord("", "", request.method(), "");
      try {
        Judging.judge(by.rules(), request.method(), to, seen, unseen);
      } catch (ReplayException e) {
        ends.accept(e);
      }
    }

    private Task aside(Runnable step) {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      return new Task(peer, deadline, () -> Safely.run(step), () -> ends.accept(tooMuch()));
    }

    private static ReplayException tooMuch() {
      return new ReplayException(
          Failure.TOO_MUCH_TO_JUDGE, "the tunnel has waited too long to be judged again");
    }
  }

  private final Map<ExchangeRecord, Open> all = new ConcurrentHashMap<>();

  /** The last that came while this client ran; null: none. */
  private volatile @Nullable Terms latest;

  /** From now on, those that begin are judged by these, too. */
  void use(Terms next) {
    latest = next;
  }

  /**
   * One that may be one of those, and is allowed by these terms; others may have come meanwhile.
   *
   * @param ends it, on any thread
   */
  void begins(
      ExchangeRecord noted,
      RequestEnvelope request,
      Terms by,
      BoundedExecutor workers,
      Consumer<ReplayException> ends) {
    if (!Destination.isTunnel(request.url()) && !request.headers().has(UpgradeField.NAME)) return;
    Open one = new Open(request, noted.peer(), ends);
    all.put(noted, one);
    Terms now = latest;
    if (now != null && !now.equals(by)) one.judge(now, workers);
  }

  @Override
  public void ended(ExchangeRecord noted) {
    all.remove(noted);
  }

  /** Ends those that may not be any more: those that are dear to judge later, one by one. */
  void judge(Terms by, BoundedExecutor workers) {
    Safely.each(all.values(), one -> one.judge(by, workers));
  }
}
