package wsp.server.forward;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.Headers;
import wsp.observe.Outcomes;
import wsp.observe.ProxyStatus;
import wsp.relay.RelayState;
import wsp.relay.RelayState.Action;
import wsp.server.failure.ProxyError;
import wsp.server.forward.Answer.InvalidAnswerException;
import wsp.server.listener.Caller;
import wsp.server.pool.ClientPools;
import wsp.server.pool.LeaseClock;
import wsp.server.pool.PooledConnection;
import wsp.server.pool.Waiter;
import wsp.websocket.CloseCodes;

/**
 * One request and its response over one leased connection.
 *
 * <pre>
 *   caller ── body ──▶ onBody ──▶ connection       on the caller's thread
 *   caller ◀── response ── onText, onBinary ◀── connection    on the connection's thread
 * </pre>
 *
 * <p>Both directions run at the same time, and each pauses the reading of the hop before it when
 * the hop after it takes no more. The exchange ends in one of three ways: complete, an error status
 * as long as nothing has gone to the caller, or an abort. {@code this} guards the state; nothing is
 * sent while it is held.
 */
final class Exchange implements Waiter, PooledConnection.Served, Caller.BodySink {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** A connection that gave a sign of life so recently is taken for alive. */
  private static final long FRESH_NANOS = 5_000_000;

  private final Caller caller;
  private final ProxyRequest asked;
  private final ClientPools pools;
  private final LeaseClock clock;
  private final Outcomes<ProxyError> outcomes;

  // Of the caller's thread.
  private boolean leasing;

  /** Written before the first lease. */
  private long leaseDeadline;

  // Of the response's direction: the connection's thread.
  private final Answer answer;
  private boolean bodyWanted;

  @GuardedBy("this")
  private final KeptBody body;

  @GuardedBy("this")
  private final RelayState state = new RelayState(RelayState.Direction.AWAITED);

  /** The envelope is out, and parts of the body may follow as they come. */
  @GuardedBy("this")
  private boolean following;

  @GuardedBy("this")
  private @Nullable PooledConnection connection;

  /**
   * @param outcomes notes how it ends
   */
  Exchange(ProxyRequest asked, ClientPools pools, LeaseClock clock, Outcomes<ProxyError> outcomes) {
    this.asked = asked;
    this.caller = asked.caller();
    this.pools = pools;
    this.clock = clock;
    this.outcomes = outcomes;
    this.body = new KeptBody(!caller.head().hasBody());
    this.answer = new Answer(asked.arrival().terms().maxEnvelope(), asked.method().equals("HEAD"));
  }

  /**
   * Starts: with a lease, or with the body, so that a caller who never sends it holds no
   * connection.
   */
  void start() {
    caller.onGone(this::callerGone);
    if (!caller.head().hasBody()) lease();
    // Without any client there is no point in asking the caller for a body.
    else if (!pools.hasClient(wanted())) refused(ProxyError.NO_CLIENT);
    else caller.readBody(this);
  }

  private void lease() {
    leaseDeadline = clock.deadline();
    await();
  }

  private void await() {
    clock.lease(this, leaseDeadline);
    boolean late;
    synchronized (this) {
      late = !state.joined();
    }
    // The caller may have left before there was a place to give up.
    if (late) pools.giveUp(this);
  }

  // ---- the request's direction

  @Override
  public void onBody(ByteBuffer part, boolean last) {
    PooledConnection to;
    int kept;
    synchronized (this) {
      if (!state.joined()) return;
      asked.noted().requestBytes(part.remaining());
      body.add(part, last);
      to = following ? connection : null;
      if (to == null) caller.pauseBody();
      else body.sentToo();
      kept = body.size();
    }
    caller.keeps(kept);
    if (!leasing) {
      leasing = true;
      lease();
    } else if (to != null) {
      pass(to, part, last);
    }
  }

  private void pass(PooledConnection to, ByteBuffer part, boolean last) {
    to.socket().sendBinary(part, last);
    if (last) {
      requestSent(to);
    } else if (to.socket().congested()) {
      caller.pauseBody();
      to.socket().whenWritten(caller::resumeBody);
    }
  }

  private synchronized @Nullable PooledConnection sendingTo() {
    return state.joined() ? connection : null;
  }

  /**
   * Takes the connection, and watches it from before its health is checked: whichever way it dies,
   * either this thread or the one that closes it sees that.
   */
  @Override
  public boolean leased(PooledConnection leased) {
    synchronized (this) {
      if (!state.joined()) return false;
      connection = leased;
      answer.chargeTo(leased.envelopes());
      asked.noted().peer(leased.clientId());
      asked.noted().connected();
    }
    leased.serve(this);
    if (!leased.socket().isOpen()) {
      onConnectionClosed(leased, "closed while idle", 0);
      return true;
    }
    // The end of a connection may have arrived without having been read yet.
    if (System.nanoTime() - leased.socket().lastHeard() < FRESH_NANOS) send(leased);
    else leased.socket().afterReading(() -> send(leased));
    return true;
  }

  private void send(PooledConnection to) {
    ByteBuffer first;
    boolean last;
    synchronized (this) {
      if (connection != to || state.requestBegins() != Action.PASS) return;
      last = body.ended();
      first = body.takeUnsent();
    }
    LOG.debug("proxy request to {}", to.clientId());
    to.socket().send(EnvelopeCodec.encode(asked.envelope()), first, last);
    while (!last) {
      // The body that came while this was on its way to another connection; nearly always nothing.
      ByteBuffer more;
      synchronized (this) {
        if (!state.joined() || connection != to) return;
        last = body.ended();
        more = body.whole() ? body.takeUnsent() : ByteBuffer.allocate(0);
        following = !last && !more.hasRemaining();
      }
      if (last || more.hasRemaining()) to.socket().sendBinary(more, last);
      else break;
    }
    caller.keeps(kept());
    if (last) requestSent(to);
    else caller.resumeBody();
  }

  private synchronized int kept() {
    return body.size();
  }

  @Override
  public @Nullable String wanted() {
    return asked.client();
  }

  @Override
  public void refused(ProxyError error) {
    fail(error, wanted() == null ? "no connection" : "wanted is " + wanted());
  }

  private void requestSent(PooledConnection to) {
    synchronized (this) {
      // It may have been lost meanwhile, and the request be on its way to another one. Otherwise
      // the
      // answer's last frame ends the exchange, on its own thread.
      if (connection != to || state.requestEnds() != Action.FINISH) return;
    }
    complete(to);
  }

  // ---- the response's direction

  @Override
  public void onText(String part, boolean last) {
    if (outOfTurn()) return;
    try {
      answer.text(part, last);
    } catch (InvalidAnswerException e) {
      violation(e);
    }
  }

  /** Nothing has been asked yet: the connection is closed, and the request goes to another one. */
  private boolean outOfTurn() {
    PooledConnection from;
    synchronized (this) {
      if (state.request() != RelayState.Direction.AWAITED) return false;
      from = connection;
    }
    if (from != null) from.socket().close(1002, "message out of turn");
    return true;
  }

  @Override
  public void onBinary(ByteBuffer part, boolean last) {
    if (outOfTurn()) return;
    try {
      answer.body(part.remaining(), last);
      if (begin() && answer.hasBody()) write(part, last);
      if (answer.hasSurplus()) throw new InvalidAnswerException(1002, "a body where there is none");
      if (last) answer.end();
    } catch (InvalidAnswerException e) {
      violation(e);
    }
  }

  /** Status and fields go to the caller, once; false if the exchange has ended. */
  private boolean begin() {
    Headers told;
    synchronized (this) {
      if (!state.joined()) return false;
      if (state.responseBegins() != Action.PASS) return bodyWanted;
      body.drop();
      // From here on its end notes a status, and nothing is noted after the end.
      asked.noted().head(answer.status());
      told = answer.headers();
      String proxyStatus = told.first(ProxyStatus.FIELD);
      if (proxyStatus != null) asked.noted().proxyStatus(proxyStatus);
    }
    caller.keeps(0);
    Headers fields = asked.answer(told);
    bodyWanted = caller.respond(answer.status(), fields, answer.callerLength());
    return bodyWanted;
  }

  private void write(ByteBuffer part, boolean last) {
    if (!part.hasRemaining() && (!last || answer.hasLength())) return;
    asked.noted().responseBytes(part.remaining());
    caller.write(part, last);
    PooledConnection from = sendingTo();
    if (!last && from != null && caller.congested() && !from.socket().readingPaused()) {
      from.socket().pauseReading();
      caller.whenWritten(from.socket()::resumeReading);
    }
  }

  /**
   * All that arrived together has been handled. Only now the response is complete and the
   * connection may serve another caller: a frame that came with the answer but does not belong to
   * it has been found by now, and no other thread could have released the connection before.
   */
  @Override
  public void onReadComplete() {
    PooledConnection served = null;
    synchronized (this) {
      if (answer.complete() && state.responseEnds() == Action.FINISH) served = connection;
    }
    if (served != null) complete(served);
    else if (answer.begun() && !answer.complete() && begin()) caller.flush();
  }

  // ---- the end

  private void complete(PooledConnection served) {
    answer.drop();
    outcomes.completed(asked.noted());
    served.serve(null);
    if (served.socket().readingPaused()) served.socket().resumeReading();
    pools.release(served, System.nanoTime());
  }

  private void violation(InvalidAnswerException e) {
    PooledConnection from = sendingTo();
    fail(ProxyError.INVALID_ANSWER, String.valueOf(e.getMessage()));
    if (from != null) from.socket().close(e.closeCode(), "invalid answer");
  }

  /**
   * The connection is gone. As long as nothing was sent on it, or what was sent is known not to
   * have been executed and all still here, another one may serve instead, until the same deadline.
   *
   * @param code of the client's close frame, 0 for none
   */
  @Override
  public void onConnectionClosed(PooledConnection from, String reason, int code) {
    boolean goingAway = code == CloseCodes.GOING_AWAY;
    boolean again;
    boolean over;
    synchronized (this) {
      if (!state.joined() || connection != from) return;
      // The end may have come with the answer's last piece, before onReadComplete, and both before
      // the thread that sent the request has noted that.
      over = answer.complete() && body.ended();
      again =
          state.request() == RelayState.Direction.AWAITED
              || (goingAway && body.whole() && answer.awaited());
      if (over && !again) {
        var unused = state.requestEnds();
        unused = state.responseEnds();
      }
      if (again) {
        state.requestAgain();
        connection = null;
        following = false;
        body.again();
      }
    }
    if (again) {
      from.serve(null);
      pools.remove(from);
      await();
    } else if (over) {
      complete(from);
    } else {
      boolean cut = code == CloseCodes.ORIGIN_BROKE_OFF && answer.begun();
      fail(cut ? ProxyError.ORIGIN_CUT : ProxyError.CONNECTION_LOST, reason);
    }
  }

  private void callerGone() {
    fail(ProxyError.CALLER_LEFT, "");
  }

  /**
   * Ends the exchange early: closes the connection, which cancels the origin's request; and tells
   * the caller, by a status if nothing has gone out yet, else by breaking off.
   */
  private void fail(ProxyError error, String detail) {
    PooledConnection served;
    Action action;
    synchronized (this) {
      if (!state.joined()) return;
      action = state.fails();
      answer.drop();
      served = connection;
    }
    // Places are few, and callers that come and leave would hold them all until their deadlines.
    if (error == ProxyError.CALLER_LEFT && served == null) pools.giveUp(this);
    if (served != null) {
      // Messages that still come on it belong to this exchange, and are not read.
      pools.remove(served);
      // One that is closing already has its own last words; an invalid answer is told why.
      if (error != ProxyError.INVALID_ANSWER && served.socket().isOpen()) served.socket().abort();
    }
    tell(error, detail, action);
  }

  private void tell(ProxyError error, String detail, Action action) {
    boolean left = error == ProxyError.CALLER_LEFT;
    if (action == Action.ANSWER) {
      asked.arrival().refuse(asked.refused(error, detail), outcomes);
    } else {
      outcomes.failed(asked.noted(), error, detail, 0);
      // If the caller has its whole answer, only the connection to the client is lost.
      if (!left && !answer.complete()) caller.abort();
    }
    if (!left) caller.discardBody();
  }
}
