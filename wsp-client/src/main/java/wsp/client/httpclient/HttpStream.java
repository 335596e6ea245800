package wsp.client.httpclient;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Expectation;
import wsp.client.origin.Failure;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.destination.Destination;
import wsp.envelope.RequestEnvelope;

/**
 * One request that {@code HttpClient} performs. Its body and that of its response pass through
 * {@link RequestBody} and {@link ResponseBody}. {@code this} guards the phase; the sink is never
 * called under it.
 */
final class HttpStream implements OriginStream {
  private enum Phase {
    NEW,
    /** It waits for an address, or for room at its origin. */
    WAITING,
    /** HttpClient has it. */
    SENT,
    ANSWERED,
    /** The sink has the whole response; the caller may go on with the request. */
    RESPONDED,
    OVER
  }

  private final HttpClientEngine engine;
  private final RequestEnvelope request;
  private final ResponseSink sink;
  private final RequestBody upload;
  final Sending sending;

  /** What it is known by where HttpClient sends it. */
  final String word = Word.make();

  // Guarded by this.
  private Phase phase = Phase.NEW;
  private long begunAt;
  private long since;

  /** Set under the lock. */
  private volatile @Nullable ResponseBody download;

  private volatile KeptHeads.@Nullable Kept kept;

  HttpStream(
      HttpClientEngine engine,
      Clients clients,
      RequestEnvelope request,
      Destination destination,
      ResponseSink sink) {
    this.engine = engine;
    this.request = request;
    this.sink = sink;
    Runnable wanted = Expectation.in(request) ? sink::onBodyWanted : () -> {};
    this.upload = new RequestBody(request.contentLength(), sink::onRequestTaken, wanted);
    this.sending = new Sending(engine, clients, this, destination, request);
  }

  private void enter(Phase next) {
    phase = next;
    since = System.nanoTime();
  }

  private synchronized boolean isIn(Phase one) {
    return phase == one;
  }

  // -- the request

  @Override
  public void start() {
    try {
      Requests.refuseRaw(request);
      synchronized (this) {
        if (phase != Phase.NEW || !upload.mayBegin()) return;
        enter(Phase.WAITING);
        begunAt = since;
        // Its end, which comes after this, takes it out again.
        engine.began(this);
      }
      sending.begin(upload);
    } catch (ReplayException e) {
      failed(e);
    }
  }

  @Override
  public boolean body(ByteBuffer part, boolean last) {
    if (!upload.fits(part.remaining(), last)) {
      failed(ReplayException.wrongLength());
      return true;
    }
    boolean taken = upload.offer(part, last);
    if (last && upload.none()) start();
    return taken;
  }

  /** HttpClient has it, and not only waits for it. */
  synchronized boolean isSent() {
    return phase == Phase.SENT || phase == Phase.ANSWERED;
  }

  synchronized boolean mayConnect() {
    return engine.deadlines.mayConnect(begunAt);
  }

  /** HttpClient gets it; false if it is not wanted any more. */
  synchronized boolean sends() {
    if (phase != Phase.WAITING && phase != Phase.SENT) return false;
    enter(Phase.SENT);
    return true;
  }

  /** HttpClient has not begun with it; false if it has, or if it is not wanted any more. */
  synchronized boolean waitsAgain() {
    if (phase != Phase.SENT || upload.connected()) return false;
    enter(Phase.WAITING);
    return true;
  }

  // -- the response

  BodySubscriber<Void> answered(HttpResponse.ResponseInfo info) {
    ResponseHeads head;
    try {
      head = ResponseHeads.of(request.method(), info, engine.limits);
    } catch (ReplayException e) {
      failed(e);
      return ResponseBody.unwanted(this, sink);
    }
    ResponseBody body = new ResponseBody(this, sink, head.length());
    synchronized (this) {
      if (phase != Phase.SENT) return ResponseBody.unwanted(this, sink);
      enter(Phase.ANSWERED);
      download = body;
    }
    if (head.memory() > KeptHeads.UNCOUNTED && !keeps(head.memory())) {
      failed(HeadMemory.noMemory());
      return body;
    }
    sink.onConnected();
    sink.onHead(head.envelope());
    return body;
  }

  /** HttpClient keeps the fields of the head until the end; false if there is no room for them. */
  private boolean keeps(long bytes) {
    KeptHeads.Kept one =
        new KeptHeads.Kept(
            sending.route().host(), bytes, System.nanoTime(), () -> engine.makesRoom(this));
    kept = one;
    boolean stays = engine.kept.keeps(one);
    // It may have ended meanwhile.
    if (!isIn(Phase.ANSWERED)) engine.kept.over(one);
    return stays;
  }

  private void ended() {
    engine.ended(this);
    KeptHeads.Kept one = kept;
    if (one != null) engine.kept.over(one);
  }

  /** True, once, if the sink is to get the last piece of the response. */
  boolean responded() {
    synchronized (this) {
      if (phase != Phase.ANSWERED) return false;
      enter(Phase.RESPONDED);
    }
    ended();
    if (!upload.none() && !upload.whole()) {
      // The origin has not waited for the rest.
      if (upload.drop()) sink.onRequestTaken();
      sending.cancel();
    }
    return true;
  }

  @Override
  public void resume() {
    ResponseBody body = download;
    if (body != null) body.resume();
  }

  // -- the end

  void broken(Throwable failure) {
    if (sending.hasDeparted()) failed(Passage.noMemory());
    else if (isIn(Phase.ANSWERED)) failed(Faults.withinBody(failure));
    else failed(Faults.beforeHead(sending.route(), failure));
  }

  /** It has failed; the sink hears of it unless it is done anyway. */
  void failed(ReplayException failure) {
    if (ends(failure.failure() != Failure.WRONG_LENGTH)) sink.onFailure(failure);
  }

  /** As measured; a connection to a secure origin is counted by {@link Admitted}. */
  @Override
  public int takes() {
    return sending.route().secure() ? 0 : 33 << 10;
  }

  /** What HttpClient has read ahead, in its several queues; as measured, with TLS and without. */
  @Override
  public int keeps() {
    return sending.route().secure() ? 160 << 10 : 128 << 10;
  }

  @Override
  public void cancel() {
    var unused = ends(false);
  }

  /** Breaks it off; false if it is over already, or has its whole response, where that counts. */
  private boolean ends(boolean unlessResponded) {
    synchronized (this) {
      if (phase == Phase.OVER || (unlessResponded && phase == Phase.RESPONDED)) return false;
      enter(Phase.OVER);
    }
    ended();
    sending.cancel();
    ResponseBody body = download;
    if (body != null) body.cancel();
    var unused = upload.drop();
    return true;
  }

  /** One look at the limits, about twice a second. */
  void check(long now) {
    ReplayException late;
    synchronized (this) {
      late =
          switch (phase) {
            case WAITING -> mayConnect() ? null : sending.late();
            case SENT -> engine.deadlines.late(sending.route(), upload, since, now);
            case NEW, ANSWERED, RESPONDED, OVER -> null;
          };
    }
    if (late != null) failed(late);
  }
}
