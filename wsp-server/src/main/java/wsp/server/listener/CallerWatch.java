package wsp.server.listener;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;

/**
 * What the port does about one of its connections, whoever reads it: its place, the limits of time,
 * whether it gives way for want of memory, and its end with that of the port. Swept by the thread
 * that looks after connections; the rest from any.
 */
final class CallerWatch implements CallerMemory.Holder {
  private static final Logger LOG = LoggerFactory.getLogger(CallerWatch.class);

  /** After so long without room a socket is tried all the same: see {@link OutQueue#writable}. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Blocked for less than that is not slow: a socket that has grown tells late of room, and the
   * other end may have a line that stops for a moment.
   */
  private static final long SLOW_NANOS = 3 * LOOK_NANOS;

  final Wire wire;

  /** What it takes as a caller's connection. */
  final CallerPlaces.Place place;

  private final CallerConnection connection;
  private final HeadWait headWait;
  private final long stallNanos;

  /** Whose it is while it is not known who asks. */
  private final CallerMemory.Owner stranger;

  /** Behind it reading was paused when this was swept last. */
  private @Nullable CallerExchange overrun;

  private volatile boolean going;

  CallerWatch(CallerConnection connection, CallerPlaces.Place place) {
    this.connection = connection;
    this.wire = connection.wire;
    this.place = place;
    this.headWait = connection.headWait;
    this.stallNanos = connection.limits.stallTimeout().toNanos();
    wire.holding.orElse(this::giveWay);
    Object counted = place.address();
    this.stranger = new CallerMemory.Owner(counted == null ? this : counted, false);
    isOf(stranger);
  }

  // ---- limits of time

  void sweep(long now) {
    wire.closing.sweep(now);
    WireReader reader = wire.reader;
    long blocked = wire.blockedFor(now);
    if (blocked > stallNanos) {
      CallerExchange exchange = connection.exchange();
      if (exchange != null) exchange.departure.why = RequestListener.Refusal.UNREAD;
      reader.takesNothing(now);
      LOG.debug(
          "cutting {}: it has taken nothing for {} ms", wire.remote(), stallNanos / 1_000_000);
      wire.abort();
    } else {
      if (blocked > LOOK_NANOS) wire.tcp.onSelector(wire::writable);
      reader.sweep(now);
    }
  }

  void sweepCaller(long now) {
    CallerExchange exchange = connection.exchange();
    if (exchange == null) sweepIdle(now);
    else if (exchange.body.stalled(now, stallNanos))
      connection.refuse(new MessageException(408, "the request body makes no progress"));
    else if (exchange.body.isAwaited(now, LOOK_NANOS))
      wire.tcp.onSelector(exchange.body::tellNothing);
    else if (isOverrun(exchange)) wire.tcp.onSelector(() -> readPast(exchange));
  }

  /**
   * True if reading has been paused behind the request since the pass before. As long as it is,
   * nobody would notice that the caller has left (README), and the answer may take as long as its
   * origin likes: so there is a limit, a second or two.
   */
  private boolean isOverrun(CallerExchange exchange) {
    CallerExchange before = overrun;
    overrun = wire.readingPaused() && exchange.body.ended() ? exchange : null;
    return overrun != null && overrun == before;
  }

  /**
   * Reads what is behind the request and throws it away, so that the caller's end is seen. A caller
   * that pipelines has to send again what was not answered (RFC 9112 §9.3.2).
   */
  private void readPast(CallerExchange exchange) {
    if (!connection.shutBehind(exchange)) return;
    RequestHead head = exchange.head();
    if (head.form() == RequestHead.Form.AUTHORITY || head.headers().connectionHas("upgrade"))
      connection.refuse(
          new MessageException(400, "too much has come before the tunnel or upgrade was answered"));
    exchange.lastOfConnection();
    wire.resumeReading();
    connection.account(true);
  }

  /**
   * What has come and is not read yet has come in time: a request whose bytes lie in the socket
   * while this process is busy is served, and none is begun while its connection is being closed.
   */
  private void sweepIdle(long now) {
    if (!wire.closing.begun() && headWait.isOver(now)) wire.tcp.afterReading(() -> endIdle(now));
  }

  private void endIdle(long now) {
    boolean goesOn = connection.exchange() != null || wire.reader != connection;
    if (wire.closing.begun() || goesOn || !headWait.isOver(now)) return;
    if (connection.heads.begun())
      connection.refuse(new MessageException(408, "the request head took too long"));
    else wire.closing.gently();
  }

  // ---- want of memory

  @Override
  public long held() {
    return wire.holding.held();
  }

  @Override
  public CallerMemory.Owner owner() {
    return wire.holding.owner;
  }

  /** Somebody asks, and it is not known yet who. */
  void asks() {
    isOf(stranger);
  }

  /** From now on it is this one's, who asks. */
  void isOf(CallerMemory.Owner owner) {
    if (!wire.holding.isKnown()) wire.holding.owner = owner;
  }

  @Override
  public CallerMemory.Standing standing() {
    if (wire.holding.isKnown()) return CallerMemory.Standing.LINK;
    if (owner().known()) return CallerMemory.Standing.KEYED;
    CallerExchange exchange = connection.exchange();
    boolean asked = exchange == null ? answered() : exchange.owedFor(System.nanoTime()) == 0;
    return asked ? CallerMemory.Standing.ASKED : CallerMemory.Standing.NOBODY;
  }

  /** True if all of an answer is here, and not out yet. */
  private boolean answered() {
    return wire.reader == connection && wire.canSpeak() && wire.congested();
  }

  @Override
  public long waited(long now) {
    // What its last words are written behind may be much, and it may read none of that.
    return wire.closing.begun()
        ? notTakenFor(now)
        : Math.max(unserved(now), wire.holding.stuckFor(now));
  }

  private long unserved(long now) {
    CallerExchange exchange = connection.exchange();
    long owed = exchange == null ? 0 : exchange.owedFor(now);
    if (owed > 0) return owed;
    if (exchange != null && !exchange.answering()) return wire.holding.exchangeFor(now);
    boolean idle = exchange == null && !wire.holding.isKnown() && !answered();
    return idle ? headWait.nanos(now) : notTakenFor(now);
  }

  private long notTakenFor(long now) {
    long blocked = wire.blockedFor(now);
    return blocked < SLOW_NANOS ? Math.min(blocked, 1) : blocked;
  }

  /** The less of it, the sooner it makes room for others; none for one that is being answered. */
  long patience(long now) {
    if (wire.closing.begun()) return Long.MIN_VALUE;
    long waited = unserved(now);
    return waited == 0 ? Long.MAX_VALUE : -waited;
  }

  @Override
  public boolean going() {
    return going;
  }

  /**
   * At once where that can be, so that there is room for whoever asks for it; one with an exchange
   * has others to tell, who may be the ones that ask.
   */
  @Override
  public void goAway() {
    going = true;
    if (connection.isIdle() && wire.tcp.isNear()) giveWay();
    else wire.tcp.onSelector(this::giveWay);
  }

  /** On the selector thread. */
  void giveWay() {
    going = true;
    wire.reader.makesRoom();
    // One that reads nothing does not read last words, and what waits for it is to be free, too.
    if (wire.reader != connection || !wire.canSpeak() || wire.congested()) cut();
    else if (!wire.closing.begun()) refuse();
    wire.closing.soon();
    // What it held is to be free now, not when it has read its last words.
    connection.forget();
    wire.holding.close();
  }

  private void cut() {
    CallerExchange exchange = connection.exchange();
    if (exchange != null) exchange.departure.why = CallerMemory.refusal(0);
    wire.abort();
  }

  private void refuse() {
    HeadReader<RequestHead> heads = connection.heads;
    connection.refuse(CallerMemory.refusal(heads.held()), heads.begun());
  }

  // ---- the end of the port

  void lastRequest() {
    CallerExchange exchange = connection.exchange();
    if (exchange != null) exchange.lastOfConnection();
  }

  /** No more requests; one that is not answered yet is refused. */
  void end(RequestListener.Refusal refusal) {
    connection.refuse(refusal, false);
    wire.closing.gently();
  }

  /** Lets nobody take for whole what has gone out so far. */
  void cutIfBusy() {
    if (connection.exchange() != null || wire.pending() > 0) wire.abort();
  }
}
