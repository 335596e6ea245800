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
import wsp.relay.RelayState;
import wsp.relay.RelayState.Action;
import wsp.relay.RelayState.Direction;
import wsp.server.failure.ProxyError;
import wsp.server.listener.Caller;
import wsp.server.pool.Lease;
import wsp.server.pool.LeaseClock;
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
final class Exchange implements StreamListener<RequestEnvelope, ResponseEnvelope>, Caller.BodySink {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Caller caller;
  final ProxyRequest asked;
  private final Outcomes<ProxyError> outcomes;
  private final Leasing leasing;
  private final RequestHalf requestHalf;
  private final ResponseHalf responseHalf;

  @GuardedBy("this")
  private final Carriage carriage;

  @GuardedBy("this")
  private final RelayState state = new RelayState(Direction.AWAITED);

  /** The failure that is told when an interim head is out. */
  @GuardedBy("this")
  private @Nullable Refused late;

  Exchange(ProxyRequest asked, LeaseClock clock, Outcomes<ProxyError> outcomes) {
    this.asked = asked;
    this.caller = asked.caller();
    this.outcomes = outcomes;
    this.requestHalf = new RequestHalf(asked);
    this.leasing = new Leasing(this, asked, requestHalf, clock);
    this.responseHalf = new ResponseHalf(asked);
    this.carriage = new Carriage(!caller.head().hasBody() && !leasing.needsBytes());
  }

  /** Begins it, with the body if all of it is here. */
  void start(@Nullable WholeBody whole) {
    caller.onGone(told -> end(Refused.gone(told)));
    leasing.start(whole);
  }

  synchronized boolean joined() {
    return state.joined();
  }

  // ---- the request's direction

  @Override
  public void onBody(ByteBuffer part, boolean last) {
    Stream<RequestEnvelope> to;
    int kept;
    synchronized (this) {
      if (!state.joined()) return;
      asked.noted().requestBytes(part.remaining());
      to = carriage.add(part, last);
      if (to == null) caller.pauseBody();
      kept = carriage.size();
    }
    caller.keeps(kept);
    if (to != null) {
      requestHalf.pass(to, part, last);
      if (last) requestSent(to);
    } else if (!leasing.begun) {
      leasing.lease();
    }
  }

  @Override
  public void onNothing() {
    leasing.startWithout();
  }

  @Override
  public void onBodyTrailers(Headers fields) {
    requestHalf.endsWith(fields);
  }

  boolean leased(Lease leased) {
    synchronized (this) {
      if (!state.joined()) return false;
      // From then on there is no lease without bytes of the body.
      if (!carriage.begun() && !leased.carriesBytes()) return leasing.notYet();
      carriage.lease = leased;
      asked.noted().peer(leased.clientId());
      asked.noted().connected();
    }
    requestHalf.goesTo(leased);
    leased.open(this, asked.owner(), asked.arrival().terms().maxEnvelope());
    return true;
  }

  void tooOld(String clientId) {
    synchronized (this) {
      if (!state.joined()) return;
      asked.noted().peer(clientId);
    }
    fail(ProxyError.CLIENT_TOO_OLD, "");
  }

  @Override
  public void onOpen(Stream<RequestEnvelope> to) {
    ByteBuffer first;
    boolean last;
    int kept;
    synchronized (this) {
      if (state.requestBegins() != Action.PASS) return;
      first = carriage.opened(to);
      last = carriage.ended;
      kept = carriage.size();
    }
    LOG.debug("proxy request to {}", asked.noted().peer());
    // Before the stream has it, where it counts as well if it is not taken.
    caller.keeps(kept);
    requestHalf.begin(to, first, last);
    while (!last) {
      // The body that came while this was on its way to another connection; nearly always nothing.
      ByteBuffer more;
      synchronized (this) {
        if (!state.joined() || carriage.stream != to) return;
        more = carriage.follow();
        last = carriage.ended;
        kept = carriage.size();
      }
      if (!last && !more.hasRemaining()) break;
      caller.keeps(kept);
      requestHalf.pass(to, more, last);
    }
    if (last) requestSent(to);
    else if (!requestHalf.heldBack) caller.resumeBody();
  }

  private void requestSent(Stream<RequestEnvelope> to) {
    Lease served;
    synchronized (this) {
      // It may have been lost meanwhile, and the request be on its way to another one. Otherwise
      // the answer's last frame ends the exchange, on its own thread.
      if (carriage.stream != to || state.requestEnds() != Action.FINISH) return;
      served = carriage.lease;
    }
    complete(served);
  }

  // ---- the response's direction

  @Override
  public void onInterim(ResponseEnvelope head) {
    synchronized (this) {
      if (state.interimBegins() != Action.PASS) return;
    }
    if (head.status() != 100) caller.interim(head.status(), head.headers());
    else if (requestHalf.expects) requestHalf.read(this);
    Refused refusal;
    synchronized (this) {
      refusal = state.interimEnds() == Action.ANSWER ? late : null;
    }
    if (refusal != null) asked.arrival().refuse(refusal, outcomes);
  }

  @Override
  public void onHead(ResponseEnvelope head) {
    synchronized (this) {
      if (state.responseBegins() != Action.PASS) return;
      carriage.drop();
      // From here on its end notes a status, and nothing is noted after the end.
      responseHalf.note(head);
    }
    caller.keeps(0);
    boolean raw = leasing.needsBytes();
    boolean opens = raw && asked.isOpenedBy(head.status());
    responseHalf.begin(head, opens);
    if (opens) caller.readBody(this);
    // Nothing of a body was asked for, and nothing of it will be.
    else if (raw || requestHalf.expects) onBody(ByteBuffer.allocate(0), true);
  }

  @Override
  public void onData(ByteBuffer part, boolean last) {
    if (!responseHalf.takes(part, last)) return;
    Stream<RequestEnvelope> from;
    synchronized (this) {
      if (!state.joined()) return;
      from = carriage.stream;
    }
    responseHalf.pass(part, last, from);
  }

  @Override
  public void onTrailers(Headers fields) {
    if (joined()) responseHalf.end(fields);
  }

  @Override
  public void onPause() {
    if (joined()) responseHalf.flush();
  }

  @Override
  public void onEnd() {
    Lease served;
    synchronized (this) {
      if (state.responseEnds() != Action.FINISH) return;
      served = carriage.lease;
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
    requestHalf.gone();
    synchronized (this) {
      if (!state.joined()) return;
      from = carriage.lease;
      again = why == Reset.REFUSED && carriage.whole;
      // Both may be whole before the thread that sent the request has noted that.
      boolean answered = carriage.ended && state.response() == Direction.ENDED;
      over = !again && answered && state.requestEnds() == Action.FINISH;
      if (again) {
        state.requestAgain();
        carriage.again();
      }
    }
    if (again) {
      if (from != null) from.discard(why);
      leasing.lease();
    } else if (over) complete(from);
    else fail(Refused.error(why), words);
  }

  /** Ends it early: resets the stream, and tells the caller by a status or by breaking off. */
  void fail(ProxyError error, String detail) {
    end(asked.refused(error, detail));
  }

  void end(Refused why) {
    Lease served;
    Action action;
    synchronized (this) {
      if (!state.joined()) return;
      action = state.fails();
      served = carriage.lease;
      if (action == Action.LATER) late = why;
    }
    // Places are few, and callers that come and leave would hold them all until their deadlines.
    if (why.isOver() && served == null) leasing.giveUp();
    if (served != null)
      served.discard(why.error() == ProxyError.INVALID_ANSWER ? Reset.INVALID : Reset.CANCELLED);
    requestHalf.gone();
    if (action == Action.ANSWER) asked.arrival().refuse(why, outcomes);
    if (action == Action.BREAK) outcomes.failed(asked.noted(), why.error(), why.detail(), 0);
    if (why.isOver()) return;
    // Of a response that is whole nothing breaks off: only the link to the client is lost.
    if (action == Action.BREAK) caller.abort();
    caller.discardBody();
  }
}
