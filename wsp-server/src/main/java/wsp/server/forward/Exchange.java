package wsp.server.forward;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.observe.Outcomes;
import wsp.observe.ProxyStatus;
import wsp.relay.RelayState;
import wsp.relay.RelayState.Action;
import wsp.server.failure.ProxyError;
import wsp.server.listener.Caller;
import wsp.server.pool.ClientPools;
import wsp.server.pool.Lease;
import wsp.server.pool.LeaseClock;
import wsp.server.pool.Waiter;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;

/**
 * One request and its response: joins a caller with a leased stream.
 *
 * <pre>
 *   caller ── body ──▶ onBody ──▶ stream                 on the caller's thread
 *   caller ◀── response ── onHead, onData ◀── stream     on the link's thread
 * </pre>
 *
 * <p>Both directions run at the same time, and each pauses the reading of the hop before it when
 * the hop after it takes no more. The exchange ends in one of three ways: complete, an error status
 * as long as nothing has gone to the caller, or an abort. {@code this} guards the state; nothing is
 * sent while it is held.
 */
final class Exchange
    implements Waiter, StreamListener<RequestEnvelope, ResponseEnvelope>, Caller.BodySink {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Caller caller;
  private final ProxyRequest asked;
  private final ClientPools pools;
  private final LeaseClock clock;
  private final Outcomes<ProxyError> outcomes;

  // Of the caller's thread.
  private boolean leasing;

  /** Written before the first lease. */
  private long leaseDeadline;

  // Of the response's direction: the link's thread.
  private boolean bodyWanted;
  private boolean lengthKnown;

  @GuardedBy("this")
  private final KeptBody body;

  @GuardedBy("this")
  private final RelayState state = new RelayState(RelayState.Direction.AWAITED);

  /** The stream whose head is out, and which parts of the body may follow as they come. */
  @GuardedBy("this")
  private @Nullable Stream<RequestEnvelope> following;

  @GuardedBy("this")
  private @Nullable Lease lease;

  /** There once the request may be sent. */
  @GuardedBy("this")
  private @Nullable Stream<RequestEnvelope> stream;

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
    Stream<RequestEnvelope> to;
    int kept;
    synchronized (this) {
      if (!state.joined()) return;
      asked.noted().requestBytes(part.remaining());
      body.add(part, last);
      to = following;
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

  private void pass(Stream<RequestEnvelope> to, ByteBuffer part, boolean last) {
    to.data(part, last);
    if (last) {
      requestSent(to);
    } else if (to.congested()) {
      caller.pauseBody();
      to.whenWritten(caller::resumeBody);
    }
  }

  @Override
  public boolean leased(Lease leased) {
    synchronized (this) {
      if (!state.joined()) return false;
      lease = leased;
      asked.noted().peer(leased.clientId());
      asked.noted().connected();
    }
    leased.open(this, asked.arrival().terms().maxEnvelope());
    return true;
  }

  @Override
  public void onOpen(Stream<RequestEnvelope> to) {
    ByteBuffer first;
    boolean last;
    synchronized (this) {
      if (state.requestBegins() != Action.PASS) return;
      stream = to;
      last = body.ended();
      first = body.takeUnsent();
    }
    LOG.debug("proxy request to {}", asked.noted().peer());
    to.head(asked.envelope(), first, last);
    while (!last) {
      // The body that came while this was on its way to another connection; nearly always nothing.
      ByteBuffer more;
      synchronized (this) {
        if (!state.joined() || stream != to) return;
        last = body.ended();
        more = body.whole() ? body.takeUnsent() : ByteBuffer.allocate(0);
        following = last || more.hasRemaining() ? null : to;
      }
      if (last || more.hasRemaining()) to.data(more, last);
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

  private void requestSent(Stream<RequestEnvelope> to) {
    Lease served;
    synchronized (this) {
      // It may have been lost meanwhile, and the request be on its way to another one. Otherwise
      // the
      // answer's last frame ends the exchange, on its own thread.
      if (stream != to || state.requestEnds() != Action.FINISH) return;
      served = lease;
    }
    complete(served);
  }

  // ---- the response's direction

  @Override
  public void onHead(ResponseEnvelope head) {
    Headers told = head.headers();
    synchronized (this) {
      if (state.responseBegins() != Action.PASS) return;
      body.drop();
      // From here on its end notes a status, and nothing is noted after the end.
      asked.noted().head(head.status());
      String proxyStatus = told.first(ProxyStatus.FIELD);
      if (proxyStatus != null) asked.noted().proxyStatus(proxyStatus);
    }
    caller.keeps(0);
    bodyWanted = caller.respond(head.status(), asked.answer(told), head.contentLength());
    lengthKnown = head.contentLength() >= 0;
  }

  @Override
  public void onData(ByteBuffer part, boolean last) {
    if (!bodyWanted || (!part.hasRemaining() && (!last || lengthKnown))) return;
    Stream<RequestEnvelope> from;
    synchronized (this) {
      if (!state.joined()) return;
      from = stream;
    }
    asked.noted().responseBytes(part.remaining());
    caller.write(part, last);
    if (!last && from != null && caller.congested() && !from.paused()) {
      from.pause();
      caller.whenWritten(from::resume);
    }
  }

  @Override
  public void onPause() {
    if (bodyWanted && joined()) caller.flush();
  }

  private synchronized boolean joined() {
    return state.joined();
  }

  @Override
  public void onEnd() {
    Lease served;
    synchronized (this) {
      if (state.responseEnds() != Action.FINISH) return;
      served = lease;
    }
    complete(served);
  }

  // ---- the end

  private void complete(@Nullable Lease served) {
    outcomes.completed(asked.noted());
    if (served != null) served.release();
  }

  /**
   * The stream is gone. As long as nothing of the request was executed and all of it is still here,
   * another one may carry it instead, until the same deadline.
   */
  @Override
  public void onReset(Reset why, String words) {
    boolean again;
    boolean over;
    Lease from;
    synchronized (this) {
      if (!state.joined()) return;
      from = lease;
      again = why == Reset.REFUSED && body.whole();
      // Both may be whole before the thread that sent the request has noted that.
      over = !again && body.ended() && state.response() == RelayState.Direction.ENDED;
      if (over) over = state.requestEnds() == Action.FINISH;
      if (again) {
        state.requestAgain();
        lease = null;
        stream = null;
        following = null;
        body.again();
      }
    }
    if (again) {
      if (from != null) from.discard(why);
      await();
    } else if (over) {
      complete(from);
    } else {
      fail(error(why), words);
    }
  }

  private static ProxyError error(Reset why) {
    return switch (why) {
      case INVALID -> ProxyError.INVALID_ANSWER;
      case FAILED -> ProxyError.ORIGIN_CUT;
      case CANCELLED, REFUSED, LOST -> ProxyError.CONNECTION_LOST;
    };
  }

  private void callerGone() {
    fail(ProxyError.CALLER_LEFT, "");
  }

  /**
   * Ends the exchange early: resets the stream, which cancels the origin's request; and tells the
   * caller, by a status if nothing has gone out yet, else by breaking off.
   */
  private void fail(ProxyError error, String detail) {
    Lease served;
    Action action;
    synchronized (this) {
      if (!state.joined()) return;
      action = state.fails();
      served = lease;
    }
    // Places are few, and callers that come and leave would hold them all until their deadlines.
    if (error == ProxyError.CALLER_LEFT && served == null) pools.giveUp(this);
    if (served != null)
      served.discard(error == ProxyError.INVALID_ANSWER ? Reset.INVALID : Reset.CANCELLED);
    tell(error, detail, action);
  }

  private void tell(ProxyError error, String detail, Action action) {
    boolean left = error == ProxyError.CALLER_LEFT;
    if (action == Action.ANSWER) {
      asked.arrival().refuse(asked.refused(error, detail), outcomes);
    } else {
      outcomes.failed(asked.noted(), error, detail, 0);
      // Of a response that is whole nothing breaks off: only the link to the client is lost.
      if (!left) caller.abort();
    }
    if (!left) caller.discardBody();
  }
}
