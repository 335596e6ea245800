package wsp.client.serve;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.observe.ExchangeRecord;
import wsp.process.BoundedExecutor.Task;

/**
 * The first part of an exchange: whether its request may be performed here. It is decided at once,
 * or on a worker where that takes long. For one request.
 */
final class Trial {
  private final Terms terms;
  private final ExchangeContext context;
  private final ExchangeRecord noted;
  private final BiConsumer<RequestEnvelope, Destination> accepted;
  private final Consumer<ReplayException> refused;
  private volatile @Nullable Task waiting;

  /** The record learns the destination, and a rule that denies it. */
  Trial(
      Terms terms,
      ExchangeContext context,
      ExchangeRecord noted,
      BiConsumer<RequestEnvelope, Destination> accepted,
      Consumer<ReplayException> refused) {
    this.terms = terms;
    this.context = context;
    this.noted = noted;
    this.accepted = accepted;
    this.refused = refused;
  }

  /** Decides, once; raw if the wire carries bytes that are no HTTP. */
  void begin(RequestEnvelope request, boolean raw) {
    // Before it may end: it is taken out then.
    context.tunnels().begins(noted, request, refused);
    try {
      Destination destination = Judging.destination(request, terms.tunnelPorts(), raw, noted);
      Headers seen = request.seen();
      long cost = terms.rules().cost(request.method(), destination, seen);
      if (Judging.isCostly(cost)) aside(request, destination, seen, cost);
      else decide(request, destination, seen);
    } catch (ReplayException e) {
      refused.accept(e);
    }
  }

  /**
   * Its turn comes beside those of other servers, and of cheaper and dearer requests: which caller
   * has sent it is not known here, and many dear ones do not hold up one that takes little.
   */
  private record Owner(String target, int costBits) {}

  private void aside(RequestEnvelope request, Destination destination, Headers seen, long cost)
      throws ReplayException {
    Task task =
        new Task(
            new Owner(noted.peer(), Long.SIZE - Long.numberOfLeadingZeros(cost)),
            System.nanoTime() + terms.patienceNanos(),
            () -> {
              waiting = null;
              decide(request, destination, seen);
            },
            this::late);
    waiting = task;
    try {
      var unused = context.workers().execute(task);
    } catch (RejectedExecutionException e) {
      throw new ReplayException(Failure.INTERNAL, "the client is stopping");
    }
  }

  private void late() {
    waiting = null;
    refused.accept(
        new ReplayException(
            Failure.TOO_MUCH_TO_JUDGE, "the request has waited too long to be judged"));
  }

  private void decide(RequestEnvelope request, Destination destination, Headers seen) {
    try {
      Judging.judge(terms.rules(), request.method(), destination, seen, noted);
    } catch (ReplayException e) {
      refused.accept(e);
      return;
    }
    context.tunnels().accepted(noted, terms, context.workers());
    accepted.accept(request, destination);
  }

  /** The request is over: nobody waits for the decision any more. */
  void giveUp() {
    Task task = waiting;
    if (task != null) context.workers().remove(task);
  }
}
