package wsp.server.listener;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldMemory;
import wsp.envelope.Headers;
import wsp.envelope.TrailerFields;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;
import wsp.relay.RelayState;
import wsp.relay.RelayState.Action;
import wsp.relay.RelayState.Direction;
import wsp.server.listener.ResponseFraming.Kind;

/**
 * One request on a caller's connection and its response: the framing of both.
 *
 * <p>The body side runs on the selector thread, the response side on whichever thread answers. The
 * exchange has ended when both have; {@code this} guards its state.
 */
final class CallerExchange implements Caller {
  private final CallerConnection connection;
  private final Wire wire;
  private final RequestHead head;

  /** What the head takes, and the URL that was made of it, once that is known. */
  private long kept;

  final CallerBody body;

  final Departure departure = new Departure();
  private volatile boolean gone;

  @GuardedBy("this")
  private final RelayState state;

  /** There once bytes go both ways as they are. */
  volatile @Nullable CallerTunnel tunnel;

  private volatile boolean keepAlive;
  private final ResponseFraming framing = new ResponseFraming();

  CallerExchange(CallerConnection connection, RequestHead head, int headBytes) {
    this.connection = connection;
    this.wire = connection.wire;
    this.head = head;
    this.kept = FieldMemory.of(headBytes, head.headers().size());
    this.body = new CallerBody(head);
    // What may have come behind a CONNECT is for its tunnel, and is never read as a request.
    this.keepAlive = head.keepAlive() && head.form() != RequestHead.Form.AUTHORITY;
    this.state = new RelayState(body.ended() ? Direction.ENDED : Direction.OPEN);
  }

  // ---- the request's body, on the selector thread

  void decodeBody(ByteBuffer in) throws MessageException {
    boolean tooMuch = !body.decode(in);
    if (tooMuch) wire.closing.gently();
    if (tooMuch || !body.ended()) return;
    synchronized (this) {
      if (state.requestEnds() != Action.FINISH) return;
    }
    connection.exchangeEnded(this, keepAlive);
  }

  /**
   * The request proved bad in its middle: whoever answers it is told that, and a response that has
   * begun is cut.
   *
   * @param why what the caller is told, if it can be
   * @return true if no byte of a response is out, so that an error may still be sent
   */
  boolean breakOff(RequestListener.Refusal why) {
    boolean begun;
    boolean complete;
    synchronized (this) {
      begun = answering();
      complete = ended();
      state.cancels();
    }
    if (begun && !complete) cut();
    departure.why = why;
    gone();
    return !begun;
  }

  void gone() {
    gone = true;
    // A caller that has sent all, and may have been sent all, cannot leave too early.
    if (!framing.leaves || !body.ended()) departure.tell();
  }

  /** True once there is an answer, be it an interim one on its way. */
  synchronized boolean answering() {
    return state.response() != Direction.AWAITED || !state.joined();
  }

  /**
   * For how long its caller alone has kept it from ending, in nanoseconds: it has not asked in
   * full, or its answer is out; 0 if it has not.
   */
  synchronized long owedFor(long now) {
    return answering() && !ended() ? 0 : body.owedFor(now);
  }

  @GuardedBy("this")
  private boolean ended() {
    return state.response() == Direction.ENDED || !state.joined();
  }

  // ---- for whoever answers

  @Override
  public void isOf(Object who, boolean known) {
    connection.watch.isOf(new CallerMemory.Owner(who, known));
  }

  @Override
  public void leadsTo(int urlLength) {
    // No other thread does anything for it yet.
    kept += urlLength;
    keeps(0);
  }

  @Override
  public void keeps(int bodyBytes) {
    wire.holding.exchange(this, kept + bodyBytes);
  }

  @Override
  public void unsent(int more) {
    wire.holding.unsent(more);
  }

  @Override
  public RequestHead head() {
    return head;
  }

  @Override
  public Remote remote() {
    return wire.tcp.remote;
  }

  @Override
  public void onGone(Gone action) {
    departure.heardBy(action);
    if (gone) gone();
  }

  @Override
  public void readBody(BodySink to) {
    CallerTunnel raw = tunnel;
    if (raw != null) {
      raw.readBody(to);
      return;
    }
    if (body.ask() && head.expectsContinue()) inform(100, Headers.EMPTY);
    body.goesTo(to);
    connection.resume();
  }

  @Override
  public void discardBody() {
    if (tunnel != null) return;
    body.discard();
    connection.resume();
  }

  @Override
  public void pauseBody() {
    CallerTunnel raw = tunnel;
    if (raw != null) raw.pause();
    body.pause();
  }

  @Override
  public void resumeBody() {
    CallerTunnel raw = tunnel;
    if (raw != null) raw.resume();
    else if (body.resume()) connection.resume();
  }

  @Override
  public void upgrade(int status, Headers headers) {
    CallerTunnel made =
        new CallerTunnel(wire, connection.limits.halfCloseTimeout(), departure::tellLeft);
    synchronized (this) {
      if (state.upgrades() != Action.PASS) return;
      framing.begins(Kind.RAW, 0);
      keepAlive = false;
      tunnel = made;
    }
    made.open(connection, ResponseHeads.upgrade(status, headers));
  }

  @Override
  public void interim(int status, Headers headers) {
    if (head.http11() && !wire.congested()) inform(status, headers);
  }

  private void inform(int status, Headers headers) {
    synchronized (this) {
      if (state.interimBegins() != Action.PASS) return;
    }
    wire.write(ResponseHeads.interim(status, headers));
    synchronized (this) {
      var unused = state.interimEnds();
    }
  }

  @Override
  public boolean respond(int status, Headers headers, long length) {
    synchronized (this) {
      if (state.responseBegins() != Action.PASS) return false;
      framing.begins(Kind.of(head, status, length), length);
      // A caller that still waits for its 100 may send the body or not: nobody can tell where its
      // next request begins.
      if ((head.expectsContinue() && body.unasked())
          || framing.kind == Kind.UNTIL_CLOSE
          || headers.connectionHas("close")) keepAlive = false;
      if (framing.kind == Kind.UNTIL_CLOSE) wire.closing.endsMessage();
    }
    ByteBuffer whole = ResponseHeads.answer(head, status, headers, framing.kind, length, keepAlive);
    boolean follows = !framing.hasNoBody();
    if (follows) framing.hold(whole);
    else writeLast(whole);
    return follows;
  }

  @Override
  public void write(ByteBuffer part, boolean last) {
    CallerTunnel raw = tunnel;
    boolean ends = framing.counts(part, last);
    ByteBuffer bytes = framing.framed(part, last);
    if (raw != null) raw.write(bytes, ends);
    else if (ends) writeLast(bytes);
    else wire.write(bytes);
  }

  @Override
  public void end(Headers trailers) {
    Headers passed = TrailerFields.passedOn(trailers, Headers.EMPTY);
    if (framing.kind == Kind.CHUNKED && passed.size() > 0) writeLast(framing.lastChunk(passed));
    else write(ByteBuffer.allocate(0), true);
  }

  @Override
  public void flush() {
    ByteBuffer before = framing.takeHead();
    if (before != null) wire.write(before);
  }

  private void writeLast(ByteBuffer bytes) {
    framing.leaves = true;
    wire.write(bytes, true);
    Action action;
    synchronized (this) {
      if (ended()) return;
      action = state.responseEnds();
    }
    body.answered();
    if (action == Action.FINISH) connection.exchangeEnded(this, keepAlive);
    else if (!body.isRead() && keepAlive) discardBody();
    else if (!body.isRead()) wire.closing.gently();
  }

  @Override
  public boolean congested() {
    return wire.congested();
  }

  @Override
  public void whenWritten(Runnable action) {
    wire.whenWritten(action);
  }

  /** It is the last of its connection, unless the head that says whether it is has been made. */
  synchronized void lastOfConnection() {
    if (state.response() != Direction.OPEN && !ended()) keepAlive = false;
  }

  @Override
  public void abort() {
    synchronized (this) {
      if (ended()) return;
      state.cancels();
    }
    departure.ignore();
    cut();
  }

  /** Lets nobody take for whole what has gone out so far. */
  private void cut() {
    if (tunnel != null || wire.congested()) wire.abort();
    else wire.closing.gently();
  }
}
