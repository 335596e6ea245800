package wsp.client.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Expectation;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.TrailerFields;

/**
 * A request on its way to a connection: its head, and the part of its body that is here. Nothing of
 * it is given up before the connection has taken it, so that it can go to another one as long as
 * nothing has left. Guarded by its {@link Replay}.
 */
final class Upload {
  /** How much of it was given to the connection. */
  private enum Given {
    NOTHING,
    HEAD,
    END
  }

  /** What the connection has that is not all in the socket. */
  private enum Writing {
    NOTHING,
    /** The head alone, or the end. */
    FRAMING,
    /** A part of the body, whose owner waits for it. */
    PART
  }

  /** What there is behind the head. */
  private enum Rest {
    BODY,
    /** A body that the origin is asked about, and that stays here until then. */
    EXPECTED,
    /** Bytes both ways as soon as the origin agrees; until then there is no body. */
    TUNNEL_ASKED,
    TUNNEL
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ByteBuffer head;
  private final long length;

  /** Bytes of the body that are still to come, unless it is chunked. */
  private long remaining;

  /** A part that has not been given to the connection. */
  private @Nullable ByteBuffer held;

  private Headers trailers = Headers.EMPTY;
  private Rest rest;
  private Given given = Given.NOTHING;
  private Writing writing = Writing.NOTHING;
  private boolean ended;
  private boolean discarding;

  /** A part of the body was given away: another connection could not have it. */
  private boolean bodyGiven;

  Upload(Asked asked) {
    this.head = asked.head();
    boolean tunnel = asked.connects() || asked.upgrade() != null;
    // Whatever its envelope says: a tunnel's bytes go as they are.
    this.length = tunnel ? 0 : asked.request().contentLength();
    this.remaining = length;
    if (tunnel) rest = Rest.TUNNEL_ASKED;
    else rest = Expectation.in(asked.request()) ? Rest.EXPECTED : Rest.BODY;
  }

  private boolean chunked() {
    return length == RequestEnvelope.UNKNOWN;
  }

  /** Counts a part; false if the body is not as long as was said. */
  boolean fits(int bytes, boolean last) {
    if (chunked() || rest == Rest.TUNNEL || (expects() && discarding)) return true;
    remaining -= bytes;
    return last ? remaining == 0 : remaining >= 0;
  }

  /** The next part, until {@link #keep} its owner's. */
  void take(ByteBuffer part, boolean last) {
    ended = last;
    if (part.hasRemaining()) held = part;
  }

  /** The body is going to end with these. */
  void endsWith(Headers fields) {
    if (chunked()) trailers = TrailerFields.passedOn(fields, Headers.EMPTY);
  }

  /** The owner of the part uses its buffer again: what was not given to a connection is copied. */
  void keep(ByteBuffer part) {
    if (held != null && part.hasRemaining())
      held = ByteBuffer.allocate(part.remaining()).put(part).flip();
  }

  /**
   * True if a connection may have the head. A request without a body waits for the end of its body
   * message, which proves it so.
   */
  boolean mayBegin() {
    return length != 0 || ended || rest == Rest.TUNNEL_ASKED;
  }

  /**
   * True if all bytes are here and the end is not: more may come, against the envelope, and until
   * that is over the request must not look whole.
   */
  boolean withheld() {
    return !chunked() && rest != Rest.TUNNEL && !ended && remaining == 0;
  }

  /** True while a part that its owner waits for is not in the socket. */
  boolean outstanding() {
    return (held != null && !withheld()) || writing == Writing.PART;
  }

  /** True while the connection has something that is not in the socket. */
  boolean writing() {
    return writing != Writing.NOTHING;
  }

  /** True if nothing of it was given to a connection. */
  boolean atTheBeginning() {
    return given == Given.NOTHING;
  }

  /** True if there is something for the connection. */
  boolean due() {
    if (given == Given.NOTHING) return true;
    return !expects() && ((held != null && !withheld()) || (ended && given != Given.END));
  }

  /** True as long as the body stays here until the origin wants it. */
  boolean expects() {
    return rest == Rest.EXPECTED;
  }

  /** The body may go; false if it may already, or never will. */
  boolean proceeds() {
    if (!expects() || discarding) return false;
    rest = Rest.BODY;
    return true;
  }

  /** True if all of it, with its end, is in the socket. */
  boolean whole() {
    return given == Given.END && writing == Writing.NOTHING;
  }

  /** True if the origin may answer: it has all of it, or all that there is before a tunnel. */
  boolean asked() {
    return whole() || (rest == Rest.TUNNEL_ASKED && given == Given.HEAD && !writing());
  }

  /** The tunnel is open: what comes of the body is its bytes. */
  void open() {
    rest = Rest.TUNNEL;
    given = given == Given.END ? Given.END : Given.HEAD;
  }

  /** True once bytes go both ways. */
  boolean isOpen() {
    return rest == Rest.TUNNEL;
  }

  boolean ended() {
    return ended;
  }

  /** True once what comes of it is dropped. */
  boolean discarding() {
    return discarding;
  }

  /** Gives the connection what is here, or keeps it all and throws; true if the socket has it. */
  boolean write(OriginConnection to) throws IOException {
    ByteBuffer part = held == null || withheld() || expects() ? NOTHING : held;
    ByteBuffer first = given == Given.NOTHING ? head.duplicate() : null;
    boolean ends = ended && !expects();
    if (ends && trailers.size() > 0) to.output.endsWith(trailers);
    boolean done = to.output.write(to.session, first, part.duplicate(), chunked(), ends);
    given = ends ? Given.END : Given.HEAD;
    if (done) writing = Writing.NOTHING;
    else writing = part.hasRemaining() ? Writing.PART : Writing.FRAMING;
    bodyGiven |= part.hasRemaining();
    if (part.hasRemaining()) held = null;
    return done;
  }

  void written() {
    writing = Writing.NOTHING;
  }

  /** True if all that was given to a connection is here still. */
  boolean repeatable() {
    return !bodyGiven;
  }

  /** The connection has not let anything out, and never will: the next one begins anew. */
  void restart() {
    given = Given.NOTHING;
    writing = Writing.NOTHING;
  }

  /** Nothing more of it goes out; true if a part counts as taken by that. */
  boolean discard() {
    boolean waiting = outstanding();
    discarding = true;
    writing = Writing.NOTHING;
    held = null;
    return waiting;
  }
}
