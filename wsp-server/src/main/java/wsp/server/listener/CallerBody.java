package wsp.server.listener;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.TrailerFields;
import wsp.http1.BodyReader;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;

/**
 * The body of one request on its way from the caller: whether it is asked for, and where it goes.
 * Decoded on the selector thread; asked for, paused and resumed on whichever thread answers.
 */
final class CallerBody {
  /** Bytes of a refused body that are read past, so that the connection can be kept. */
  private static final long MAX_DISCARD = 8 << 20;

  private static final Caller.BodySink DISCARD = (part, last) -> {};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private enum Asking {
    /** Not yet, so that a caller may still wait for its 100. */
    NOT_YET,
    ASKED,
    PAUSED
  }

  private final RequestHead head;
  private final BodyReader body;
  private volatile Caller.@Nullable BodySink reader;
  private volatile Asking asking = Asking.NOT_YET;

  /** When it went on last; set before there is a reader. */
  private volatile long progress;

  private long discarded;

  /** Some of it has come. */
  private volatile boolean begun;

  /** The answer is out: what is read past from then on has the time of one pause for all. */
  private volatile boolean answered;

  CallerBody(RequestHead head) {
    this.head = head;
    this.body = BodyReader.ofRequest(head.contentLength());
  }

  // ---- on the selector thread

  boolean ended() {
    return body.ended();
  }

  /** True if bytes of it may be decoded now. */
  boolean takes() {
    return !body.ended() && reader != null && asking != Asking.PAUSED;
  }

  /** True if there is more of it than goes on for now. */
  boolean waits() {
    return asking == Asking.PAUSED && !body.ended();
  }

  /** True if nothing of it goes on before all of it is here. */
  boolean isKept() {
    Caller.BodySink to = reader;
    return to != null && to.takesAll();
  }

  boolean stalled(long now, long nanos) {
    return takes() && now - progress > nanos;
  }

  /** True if it is read, and nothing of it has come for so long. */
  boolean isAwaited(long now, long nanos) {
    return !begun && stalled(now, nanos);
  }

  /**
   * For how long its caller has been waited for, in nanoseconds: nothing of the body has come, or
   * not all of one of which nothing goes on before that, or that is read past; 0 if it has not.
   */
  long owedFor(long now) {
    boolean owed = takes() && (!begun || isKept() || reader == DISCARD);
    return owed ? Math.max(1, now - progress) : 0;
  }

  void tellNothing() {
    Caller.BodySink to = reader;
    if (!begun && takes() && to != null) to.onNothing();
  }

  /** Hands on what may go on now; false if too much of it would have to be thrown away. */
  boolean decode(ByteBuffer in) throws MessageException {
    while (takes()) {
      ByteBuffer part = body.read(in);
      if (part == null && !body.ended()) return true;
      Caller.BodySink to = reader;
      if (to == null) continue;
      if (!to.takesAll() && !(answered && to == DISCARD)) progress = System.nanoTime();
      begun = true;
      ByteBuffer piece = part == null ? NOTHING.duplicate() : part;
      if (to == DISCARD && (discarded += piece.remaining()) > MAX_DISCARD) return false;
      if (body.trailers().size() > 0) trailers(to);
      to.onBody(piece, body.ended());
    }
    return true;
  }

  private void trailers(Caller.BodySink to) {
    Headers passed = TrailerFields.passedOn(body.trailers(), head.headers());
    if (passed.size() > 0) to.onBodyTrailers(passed);
  }

  // ---- for whoever answers

  boolean unasked() {
    return asking == Asking.NOT_YET;
  }

  boolean isRead() {
    return reader != null;
  }

  /** It is asked for; true if this is the first time. */
  boolean ask() {
    boolean first = unasked();
    progress = System.nanoTime();
    asking = Asking.ASKED;
    return first;
  }

  void goesTo(Caller.BodySink to) {
    reader = to;
  }

  /** From now on it is read past and thrown away, if it is not too long. */
  void discard() {
    if (asking == Asking.PAUSED) asking = Asking.ASKED;
    progress = System.nanoTime();
    reader = DISCARD;
  }

  void answered() {
    answered = true;
    progress = System.nanoTime();
  }

  void pause() {
    if (reader != null) asking = Asking.PAUSED;
  }

  /** It goes on again; false if it goes nowhere. */
  boolean resume() {
    if (reader == null) return false;
    var unused = ask();
    return true;
  }
}
