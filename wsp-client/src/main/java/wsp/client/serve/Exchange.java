package wsp.client.serve;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.client.tunnel.ClientStream;
import wsp.client.tunnel.Served;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.observe.ExchangeRecord;
import wsp.observe.Kind;
import wsp.observe.ProxyStatus;
import wsp.observe.RequestId;
import wsp.observe.Side;
import wsp.relay.RelayState;
import wsp.relay.RelayState.Action;

/**
 * One request and its answer (docs/wire.md): destination, verdict, replay, answer. The body of the
 * request is taken to its end in every case; the answer may be complete before that.
 *
 * <p>Threads: {@link #start} and {@link #body} are called by the WebSocket's, one after the other;
 * the sink's methods by the origin connection's, or by the thread that found the failure. Judging
 * that may take long is done on a worker, and what comes of the body meanwhile is held.
 */
final class Exchange implements Served, ResponseSink, ExchangeMemory.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final ClientStream stream;
  private final ExchangeContext context;
  private final Terms terms;

  /** Until it begins: one that is refused is not kept while its answer waits for the server. */
  private @Nullable RequestEnvelope begins;

  private final ExchangeRecord noted;
  private final ExchangeMemory memory;
  private final Trial trial;

  @GuardedBy("this")
  private final RelayState state = new RelayState(RelayState.Direction.OPEN);

  /** Set under the lock. */
  private volatile @Nullable OriginStream replay;

  /** The latest part of the request's body, as long as there is no replay that could take it. */
  @GuardedBy("this")
  private @Nullable ByteBuffer heldPart;

  /** Of the request; there before the last part of its body. */
  private volatile Headers requestTrailers = Headers.EMPTY;

  /** The failure that is told when an interim head is out. */
  @GuardedBy("this")
  private @Nullable ReplayException late;

  /** One that is not begun. */
  Exchange(
      ClientStream stream,
      ExchangeContext context,
      ExchangeMemory memory,
      RequestEnvelope request) {
    this.stream = stream;
    this.context = context;
    this.terms = context.terms();
    this.memory = memory;
    Headers fields = request.headers();
    String id = RequestId.of(fields);
    noted = context.noted(stream, request.method(), fields, id);
    trial = new Trial(terms, context, noted, this::replay, this::ends);
    // An original server gives a request no id: what stands in the log here reaches the origin.
    Headers own = RequestId.on(fields, id);
    begins = new RequestEnvelope(request.method(), request.url(), own, request.contentLength());
  }

  /** Judges the request, and replays it or answers at once. */
  @Override
  public void start() {
    context.outcomes().begun(noted);
    RequestEnvelope request = begins;
    if (request == null) throw new IllegalStateException("it has begun");
    begins = null;
    if (memory.begins(request.headers(), this)) trial.begin(request, stream.carriesInterim());
    else onFailure(ExchangeMemory.noMemory());
  }

  private void replay(RequestEnvelope request, Destination destination) {
    OriginStream started = terms.origins().prepare(request, destination, this);
    if (!memory.replays(started)) {
      onFailure(ExchangeMemory.noMemory());
      return;
    }
    ByteBuffer part;
    boolean last;
    synchronized (this) {
      if (!state.joined()) return;
      replay = started;
      part = heldPart;
      last = state.request() == RelayState.Direction.ENDED;
      heldPart = null;
    }
    started.start();
    if (part != null && pass(started, part, last)) onRequestTaken();
  }

  @Override
  public boolean body(ByteBuffer part, boolean last) {
    OriginStream to;
    boolean over;
    noted.requestBytes(part.remaining());
    synchronized (this) {
      boolean wanted = state.joined();
      over = last && state.requestEnds() == Action.FINISH;
      to = wanted ? replay : null;
      if (to == null && wanted) {
        // The WebSocket uses its buffer again.
        heldPart = ByteBuffer.allocate(part.remaining()).put(part).flip();
        return false;
      }
    }
    boolean taken = to == null || pass(to, part, last);
    if (over) finished();
    return taken;
  }

  private boolean pass(OriginStream to, ByteBuffer part, boolean last) {
    if (last && requestTrailers.size() > 0) to.trailers(requestTrailers);
    return to.body(part, last);
  }

  /**
   * But for those that a rule reads: it has judged the head, and an origin may merge the two. They
   * are here until the exchange ends; those that find no memory are dropped (RFC 9110 §6.5.1).
   */
  @Override
  public void trailers(Headers fields) {
    Headers kept = fields.without(terms.rules()::readsField);
    if (memory.trailers(kept)) requestTrailers = kept;
    else LOG.info("[{}] trailers of the request were dropped: no memory", noted.requestId());
  }

  @Override
  public void onRequestTaken() {
    stream.taken();
  }

  @Override
  public synchronized void onConnected() {
    noted.connected();
  }

  @Override
  public void onInterim(ResponseEnvelope head) {
    synchronized (this) {
      if (state.interimBegins() != Action.PASS) return;
    }
    stream.interim(ProxyStatus.ofOrigin(head));
    ReplayException failure;
    synchronized (this) {
      failure = state.interimEnds() == Action.ANSWER ? late : null;
    }
    if (failure != null) answer(failure, failure.failure().status(terms.errorCodes()));
  }

  @Override
  public void onBodyWanted() {
    stream.bodyWanted();
  }

  @Override
  public void onHead(ResponseEnvelope head) {
    synchronized (this) {
      if (state.responseBegins() != Action.PASS) return;
      // From here on its end notes a status, and nothing is noted after the end.
      noted.head(head.status());
      if (head.status() == 101) noted.kind(Kind.UPGRADE);
    }
    stream.head(ProxyStatus.ofOrigin(head));
  }

  @Override
  public void onTrailers(Headers fields) {
    stream.trailers(ProxyStatus.without(fields, ProxyStatus.CLIENT, ProxyStatus.SERVER));
  }

  @Override
  public void onPause() {
    stream.flush();
  }

  @Override
  public boolean onBody(ByteBuffer piece, boolean last) {
    int bytes = piece.remaining();
    noted.responseBytes(bytes);
    boolean sent = stream.data(piece, last, last ? this::responseSent : this::resume);
    if (!sent) memory.waits(bytes);
    else if (last) responseSent();
    return sent;
  }

  @Override
  public boolean copies() {
    return stream.copies();
  }

  @Override
  public int takesAtOnce() {
    return stream.takesAtOnce();
  }

  private void resume() {
    memory.taken();
    OriginStream from = replay;
    if (from != null) from.resume();
  }

  private void responseSent() {
    boolean over;
    memory.taken();
    synchronized (this) {
      over = state.responseEnds() == Action.FINISH;
    }
    if (over) finished();
  }

  /** The server has all, and has sent all; the origin may not have taken all of that. */
  private void finished() {
    OriginStream to = replay;
    context.outcomes().completed(noted);
    if (to == null || to.isOver(this::over)) over();
    else {
      stream.rests();
      context.rests(this, memory);
    }
  }

  private void over() {
    context.isOver(this, memory);
    stream.finished();
  }

  @Override
  public void ends(ReplayException why) {
    OriginStream from = replay;
    if (from != null) from.cancel();
    onFailure(why);
  }

  @Override
  public void onFailure(ReplayException failure) {
    Failure row = failure.failure();
    String why = String.valueOf(failure.getMessage());
    int status = row.status(terms.errorCodes());
    Action action;
    boolean answer;
    synchronized (this) {
      action = state.fails();
      if (action == Action.NOTHING) return;
      answer = action != Action.BREAK && row.side() != Side.SERVER;
      heldPart = null;
      if (action == Action.LATER && answer) late = failure;
    }
    context.outcomes().failed(noted, row, why, answer ? status : 0);
    if (!answer) {
      memory.close();
      FailureAnswer.breakOff(stream, row, why);
      return;
    }
    // The held part of the body is dropped.
    stream.taken();
    if (action == Action.ANSWER) answer(failure, status);
  }

  private void answer(ReplayException failure, int status) {
    FailureAnswer answer = FailureAnswer.of(failure, status, noted, context.id());
    stream.head(answer.head());
    var unused = onBody(ByteBuffer.wrap(answer.body(noted.method())), true);
  }

  @Override
  public void cancel() {
    synchronized (this) {
      state.cancels();
      heldPart = null;
    }
    OriginStream from = replay;
    trial.giveUp();
    if (from != null) from.cancel();
    context.isOver(this, memory);
    context.outcomes().cancelled(noted);
  }
}
