package wsp.server.listener;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.envelope.TrailerFields;
import wsp.http1.BodyReader;
import wsp.http1.HeadWriter;
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
  /** Bytes of a refused body that are read past, so that the connection can be kept. */
  private static final long MAX_DISCARD = 8 << 20;

  private static final BodySink DISCARD = (part, last) -> {};

  /** Fields of a response that this hop alone sets. */
  private static final FieldNames OURS =
      FieldNames.of("connection", "content-length", "transfer-encoding");

  /** The same where there are no chunks. */
  private static final FieldNames OURS_UNCHUNKED = OURS.and(FieldNames.of("trailer"));

  /** Whether the body is asked for. */
  private enum Asking {
    /** Not yet, so that a caller may still wait for its 100. */
    NOT_YET,
    ASKED,
    PAUSED
  }

  private final CallerConnection connection;
  private final Wire wire;
  private final RequestHead head;
  private final int headBytes;
  private final BodyReader body;
  private final AtomicReference<@Nullable Runnable> onGone = new AtomicReference<>();
  private volatile @Nullable BodySink reader;
  private volatile Asking asking = Asking.NOT_YET;
  private volatile boolean gone;
  private volatile boolean responseLeaves;

  /** When it went on last; set before there is a reader. */
  private volatile long bodyProgress;

  @GuardedBy("this")
  private final RelayState state;

  /** There once bytes go both ways as they are. */
  private volatile @Nullable CallerTunnel tunnel;

  private volatile boolean keepAlive;
  private long discarded;
  private final ResponseFraming framing = new ResponseFraming();

  /**
   * @param headBytes how long the head was
   */
  CallerExchange(CallerConnection connection, RequestHead head, int headBytes) {
    this.connection = connection;
    this.wire = connection.wire();
    this.head = head;
    this.headBytes = headBytes;
    this.body = BodyReader.ofRequest(head.contentLength());
    // What may have come behind a CONNECT is for its tunnel, and is never read as a request.
    this.keepAlive = head.keepAlive() && head.form() != RequestHead.Form.AUTHORITY;
    this.state = new RelayState(body.ended() ? Direction.ENDED : Direction.OPEN);
  }

  // ---- the request's body, on the selector thread

  /** True if bytes of the body may be decoded now. */
  boolean takesBody() {
    return !body.ended() && reader != null && asking != Asking.PAUSED;
  }

  void decodeBody(ByteBuffer in) throws MessageException {
    while (takesBody()) {
      ByteBuffer part = body.read(in);
      if (part == null && !body.ended()) return;
      BodySink to = reader;
      if (to == null) continue;
      if (!to.takesAll()) bodyProgress = System.nanoTime();
      ByteBuffer piece = part == null ? ByteBuffer.allocate(0) : part;
      if (to == DISCARD && tooMuchToDiscard(piece.remaining())) return;
      if (body.trailers().size() > 0) trailers(to);
      to.onBody(piece, body.ended());
    }
    if (body.ended()) bodyEnded();
  }

  private void trailers(BodySink to) {
    Headers passed = TrailerFields.passedOn(body.trailers(), head.headers());
    if (passed.size() > 0) to.onBodyTrailers(passed);
  }

  private boolean tooMuchToDiscard(int bytes) {
    discarded += bytes;
    if (discarded <= MAX_DISCARD) return false;
    wire.closing().gently();
    return true;
  }

  private void bodyEnded() {
    synchronized (this) {
      if (state.requestEnds() != Action.FINISH) return;
    }
    connection.exchangeEnded(this, keepAlive);
  }

  /** True if there is more of the body than goes on for now. */
  boolean bodyWaits() {
    return asking == Asking.PAUSED && !body.ended();
  }

  /** True if nothing of the body goes on before all of it is here. */
  boolean bodyIsKept() {
    BodySink to = reader;
    return to != null && to.takesAll();
  }

  /** True if all that comes now is behind the request. */
  boolean bodyHasCome() {
    return body.ended();
  }

  boolean bodyStalled(long now, long nanos) {
    return takesBody() && now - bodyProgress > nanos;
  }

  /**
   * The request proved bad in its middle: whoever answers it is told that the caller is gone, and a
   * response that has begun is cut.
   *
   * @return true if no byte of a response is out, so that an error may still be sent
   */
  boolean breakOff() {
    boolean begun;
    boolean complete;
    synchronized (this) {
      begun = answering();
      complete = ended();
      state.cancels();
    }
    if (begun && !complete) cut();
    gone();
    return !begun;
  }

  /** The connection is gone; on the selector thread. */
  void gone() {
    gone = true;
    if (!complete()) runOnGone();
  }

  /** True once the caller has sent all, and may have been sent all: it cannot leave too early. */
  private boolean complete() {
    return responseLeaves && body.ended();
  }

  private void runOnGone() {
    Runnable action = onGone.getAndSet(null);
    if (action != null) action.run();
  }

  /** Bytes of the head, which is kept until the end. */
  int heldBytes() {
    return headBytes;
  }

  /** True once there is an answer, be it an interim one on its way. */
  synchronized boolean answering() {
    return state.response() != Direction.AWAITED || !state.joined();
  }

  /** True once the response has ended, whole or not. */
  @GuardedBy("this")
  private boolean ended() {
    return state.response() == Direction.ENDED || !state.joined();
  }

  // ---- for whoever answers

  @Override
  public void keeps(int bodyBytes) {
    wire.holding().exchange(headBytes + bodyBytes);
  }

  @Override
  public void unsent(int more) {
    wire.holding().unsent(more);
  }

  @Override
  public RequestHead head() {
    return head;
  }

  @Override
  public Remote remote() {
    return wire.tcp().remote;
  }

  @Override
  public void onGone(Runnable action) {
    onGone.set(action);
    if (gone && !complete()) runOnGone();
  }

  @Override
  public void readBody(BodySink to) {
    CallerTunnel raw = tunnel;
    if (raw != null) {
      raw.readBody(to);
      return;
    }
    bodyProgress = System.nanoTime();
    boolean first = asking == Asking.NOT_YET;
    asking = Asking.ASKED;
    if (head.expectsContinue() && first) inform(100, Headers.EMPTY);
    reader = to;
    connection.resume();
  }

  @Override
  public void discardBody() {
    if (tunnel != null) return;
    if (asking == Asking.PAUSED) asking = Asking.ASKED;
    readBodyPast();
  }

  /** The body is read to its end and thrown away, if it is not too long. */
  private void readBodyPast() {
    bodyProgress = System.nanoTime();
    reader = DISCARD;
    connection.resume();
  }

  @Override
  public void pauseBody() {
    CallerTunnel raw = tunnel;
    if (raw != null) raw.pause();
    if (reader != null) asking = Asking.PAUSED;
  }

  @Override
  public void resumeBody() {
    CallerTunnel raw = tunnel;
    if (raw != null) raw.resume();
    if (raw != null || reader == null) return;
    bodyProgress = System.nanoTime();
    asking = Asking.ASKED;
    connection.resume();
  }

  @Override
  public void respond(int status, Headers headers, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Headers.Builder b = new Headers.Builder().add("Content-Type", "text/plain; charset=utf-8");
    b.add("X-Content-Type-Options", "nosniff");
    headers.forEach(b::add);
    if (respond(status, b.build(), bytes.length)) write(ByteBuffer.wrap(bytes), true);
  }

  @Override
  public void upgrade(int status, Headers headers) {
    CallerTunnel made =
        new CallerTunnel(wire, connection.limits.halfCloseTimeout(), this::runOnGone);
    synchronized (this) {
      if (state.upgrades() != Action.PASS) return;
      framing.begins(Kind.RAW, 0);
      keepAlive = false;
      tunnel = made;
    }
    // First, since the caller may answer the head at once.
    connection.tunnel(made);
    wire.tcp().keepAlive();
    HeadWriter out = ResponseHeads.begin(status, headers.without(OURS_UNCHUNKED));
    if (status == 101) out.field("Connection", "Upgrade");
    wire.write(out.end());
  }

  /** There once bytes go both ways as they are. */
  @Nullable CallerTunnel tunnel() {
    return tunnel;
  }

  @Override
  public void interim(int status, Headers headers) {
    if (head.http11() && !wire.congested()) inform(status, headers);
  }

  private void inform(int status, Headers headers) {
    synchronized (this) {
      if (state.interimBegins() != Action.PASS) return;
    }
    wire.write(HeadWriter.response(status).fields(headers.without(OURS)).end());
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
      if ((head.expectsContinue() && asking == Asking.NOT_YET)
          || framing.kind() == Kind.UNTIL_CLOSE
          || headers.connectionHas("close")) keepAlive = false;
      if (framing.kind() == Kind.UNTIL_CLOSE) wire.closing().endsMessage();
    }
    HeadWriter out = ResponseHeads.answer(head, status, passed(headers));
    if (length >= 0 && status != 204) out.framing(length);
    if (framing.kind() == Kind.CHUNKED) out.framing(BodyReader.CHUNKED);
    if (!keepAlive) out.field("Connection", "close");
    else if (!head.http11()) out.field("Connection", "keep-alive");
    ByteBuffer whole = out.end();
    if (framing.hasNoBody()) {
      responseLeaves = true;
      wire.writeLast(whole);
      responseEnded();
      return false;
    }
    framing.hold(whole);
    return true;
  }

  /** Trailers are told of only where there can be some. */
  private Headers passed(Headers headers) {
    return headers.without(framing.kind() == Kind.CHUNKED ? OURS : OURS_UNCHUNKED);
  }

  @Override
  public void write(ByteBuffer part, boolean last) {
    CallerTunnel raw = tunnel;
    boolean ends = framing.counts(part, last);
    // Before the last byte goes out: a caller that has it may leave at once, and has not left
    // early.
    if (ends) responseLeaves = true;
    ByteBuffer bytes = framing.framed(part, last);
    if (raw != null) raw.write(bytes, ends);
    else if (ends) wire.writeLast(bytes);
    else wire.write(bytes);
    if (ends && raw == null) responseEnded();
  }

  @Override
  public void end(Headers trailers) {
    Headers passed = TrailerFields.passedOn(trailers, Headers.EMPTY);
    if (framing.kind() != Kind.CHUNKED || passed.size() == 0) {
      write(ByteBuffer.allocate(0), true);
      return;
    }
    responseLeaves = true;
    wire.writeLast(framing.lastChunk(passed));
    responseEnded();
  }

  @Override
  public void flush() {
    ByteBuffer before = framing.takeHead();
    if (before != null) wire.write(before);
  }

  private void responseEnded() {
    Action action;
    synchronized (this) {
      if (ended()) return;
      action = state.responseEnds();
    }
    if (action == Action.FINISH) connection.exchangeEnded(this, keepAlive);
    else if (reader == null && keepAlive) readBodyPast();
    else if (reader == null) wire.closing().gently();
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
    boolean made = state.response() == Direction.OPEN || ended();
    if (!made) keepAlive = false;
  }

  @Override
  public void abort() {
    synchronized (this) {
      if (ended()) return;
      state.cancels();
    }
    onGone.set(null);
    cut();
  }

  /** Lets nobody take for whole what has gone out so far. */
  private void cut() {
    if (tunnel != null || wire.congested()) wire.abort();
    else wire.closing().gently();
  }
}
