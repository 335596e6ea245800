package wsp.client.serve;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.destination.Destination;
import wsp.envelope.RequestEnvelope;
import wsp.observe.ExchangeRecord;
import wsp.process.BoundedExecutor;

/**
 * The first part of an exchange: whether its request may be performed here. It is decided at once,
 * or on a worker where that takes long. For one request.
 */
final class Trial {
  /** Hears that it may; perhaps on a worker. */
  interface Accepted {
    void accepted(RequestEnvelope request, Destination destination);
  }

  private final Terms terms;
  private final BoundedExecutor workers;
  private final ExchangeRecord noted;
  private final Accepted accepted;
  private final Consumer<ReplayException> refused;
  private volatile @Nullable Runnable waiting;

  /**
   * @param noted learns the destination, and a rule that denies it
   * @param refused hears that it may not, instead
   */
  Trial(
      Terms terms,
      BoundedExecutor workers,
      ExchangeRecord noted,
      Accepted accepted,
      Consumer<ReplayException> refused) {
    this.terms = terms;
    this.workers = workers;
    this.noted = noted;
    this.accepted = accepted;
    this.refused = refused;
  }

  /**
   * Decides, once.
   *
   * @param raw whether the wire carries bytes that are no HTTP
   */
  void begin(RequestEnvelope request, boolean raw) {
    try {
      Destination destination = Judging.destination(request, terms.tunnelPorts(), raw, noted);
      if (Judging.isCostly(terms.rules(), request, destination)) aside(request, destination);
      else decide(request, destination);
    } catch (ReplayException e) {
      refused.accept(e);
    }
  }

  private void aside(RequestEnvelope request, Destination destination) throws ReplayException {
    Runnable task =
        () -> {
          waiting = null;
          decide(request, destination);
        };
    waiting = task;
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      throw new ReplayException(Failure.INTERNAL, "the client is stopping");
    }
  }

  private void decide(RequestEnvelope request, Destination destination) {
    try {
      Judging.judge(terms.rules(), request, destination, noted);
    } catch (ReplayException e) {
      refused.accept(e);
      return;
    }
    accepted.accepted(request, destination);
  }

  /** The request is over: nobody waits for the decision any more. */
  void giveUp() {
    Runnable task = waiting;
    if (task != null) workers.remove(task);
  }
}
