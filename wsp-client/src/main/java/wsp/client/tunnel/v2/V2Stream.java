package wsp.client.tunnel.v2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.client.tunnel.ClientStream;
import wsp.client.tunnel.Served;
import wsp.client.tunnel.Serving;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.process.Safely;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;
import wsp.tunnel.v2.LinkStream;

/**
 * One exchange on a link of version 2, as the client has it. A part of the request that is not
 * taken at once pauses this stream, and what comes after it waits in the stream's window.
 */
final class V2Stream implements ClientStream, StreamListener<ResponseEnvelope, RequestEnvelope> {
  /** Which of the two is over: the stream on the wire, or the exchange that goes by it. */
  private enum Over {
    NEITHER,
    STREAM,
    EXCHANGE,
    BOTH
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final ResponseEnvelope CONTINUE = new ResponseEnvelope(100, Headers.EMPTY, 0);

  private final V2Link link;
  private final LinkStream<ResponseEnvelope, RequestEnvelope> stream;
  private final Served served;

  /** The head that leaves with the first piece of the body; of whoever sends. */
  private @Nullable ResponseEnvelope head;

  /** What follows the last piece; of whoever sends. */
  private @Nullable Headers trailers;

  // Of the request.

  @GuardedBy("this")
  private boolean delivering;

  /** The part that is being delivered has been taken before its delivery was over. */
  @GuardedBy("this")
  private boolean takenAlready;

  @GuardedBy("this")
  private boolean waiting;

  @GuardedBy("this")
  private Over over = Over.NEITHER;

  V2Stream(
      V2Link link,
      LinkStream<ResponseEnvelope, RequestEnvelope> stream,
      Serving serving,
      RequestEnvelope request) {
    this.link = link;
    this.stream = stream;
    this.served = serving.begin(this, request, stream.headSize());
  }

  @Override
  public String target() {
    return link.target();
  }

  @Override
  public String remote() {
    return link.remote();
  }

  @Override
  public boolean carriesInterim() {
    return true;
  }

  // ---- the request

  @Override
  public void onOpen(Stream<ResponseEnvelope> unused) {
    served.start();
  }

  @Override
  public void onHead(RequestEnvelope unused) {
    throw new IllegalStateException("the head of a request opens its stream");
  }

  @Override
  public void onData(ByteBuffer part, boolean last) {
    synchronized (this) {
      delivering = true;
    }
    boolean taken = served.body(part, last);
    synchronized (this) {
      delivering = false;
      waiting = !taken && !takenAlready;
      takenAlready = false;
      if (waiting) stream.pause();
    }
  }

  @Override
  public void onTrailers(Headers fields) {
    served.trailers(fields);
    onData(NOTHING, true);
  }

  @Override
  public void taken() {
    synchronized (this) {
      takenAlready = delivering;
      if (!waiting) return;
      waiting = false;
    }
    stream.resume();
  }

  @Override
  public void onPause() {
    // A part goes on to the origin when it comes.
  }

  @Override
  public void onEnd() {
    // Its last part has said so.
  }

  @Override
  public void onReset(Reset why, String words) {
    cancel();
  }

  void cancel() {
    served.cancel();
    exchangeEnds();
  }

  // ---- the response

  @Override
  public void interim(ResponseEnvelope interim) {
    stream.interim(interim);
  }

  @Override
  public void bodyWanted() {
    stream.awaitedInterim(CONTINUE);
  }

  @Override
  public void head(ResponseEnvelope response) {
    head = response;
  }

  @Override
  public void flush() {
    if (head != null) send(NOTHING, false);
  }

  @Override
  public boolean data(ByteBuffer piece, boolean last, Runnable then) {
    send(piece, last);
    return stream.isWritten(then);
  }

  private void send(ByteBuffer piece, boolean last) {
    ResponseEnvelope first = head;
    Headers end = last ? trailers : null;
    head = null;
    trailers = null;
    if (first != null) stream.head(first, piece, last && end == null);
    else if (end == null || piece.hasRemaining()) stream.data(piece, last && end == null);
    if (end != null) stream.trailers(end);
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public int takesAtOnce() {
    return stream.takesAtOnce();
  }

  @Override
  public void trailers(Headers fields) {
    trailers = fields;
  }

  @Override
  public void finished() {
    exchangeEnds();
  }

  @Override
  public void rests() {
    List<V2Stream> surplus;
    synchronized (this) {
      if (over == Over.EXCHANGE || over == Over.BOTH) return;
      surplus = link.rests(this);
    }
    Safely.each(surplus, V2Stream::cancel);
    // It may have been closed before there was anything to cancel.
    if (link.isClosed()) cancel();
  }

  @Override
  public void reset(Reset why, String words) {
    stream.reset(why, words);
    exchangeEnds();
  }

  /** The stream is over; true if the exchange is, too. */
  synchronized boolean streamEnds() {
    boolean both = over == Over.EXCHANGE;
    over = both ? Over.BOTH : Over.STREAM;
    return both;
  }

  private void exchangeEnds() {
    boolean both;
    synchronized (this) {
      both = over == Over.STREAM;
      if (both) over = Over.BOTH;
      else if (over == Over.NEITHER) over = Over.EXCHANGE;
    }
    if (both) link.rested(this);
  }

  @Override
  public String toString() {
    return stream.toString();
  }
}
