package wsp.server.listener;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.Headers;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;

/**
 * A caller's connection: one request after the other (RFC 9112 §9.3), each with its {@link
 * CallerExchange}. While one is being answered, bytes of the next wait in a backlog; reading goes
 * on until that is full, and later past all that comes, so that a caller who leaves is noticed. The
 * next is not begun either while the answers before it wait for the socket, so that who never reads
 * cannot fill the memory. After an upgrade another reader takes its place.
 *
 * <p>Bytes are decoded on the selector thread only. {@code this} guards what the answering thread
 * touches as well: {@link #current} and {@link #backlog}.
 */
final class CallerConnection implements WireReader {
  private static final Logger LOG = LoggerFactory.getLogger(CallerConnection.class);

  final Wire wire;
  final ListenerLimits limits;
  final HeadReader<RequestHead> heads;
  final HeadWait headWait;
  final CallerWatch watch;
  private final CallerRequests requests;
  private final Backlog backlog = new Backlog();
  private final Turn turn = new Turn();
  private @Nullable CallerExchange current;

  CallerConnection(
      Wire wire, ListenerLimits limits, CallerPlaces.Place place, CallerRequests requests) {
    this.wire = wire;
    this.limits = limits;
    this.requests = requests;
    this.headWait = new HeadWait(limits);
    this.heads = HeadReader.ofRequests(limits.requestHeadBytes(), limits.requestFields());
    this.watch = new CallerWatch(this, place);
  }

  /** From here on the bytes are a WebSocket's. On the selector thread. */
  synchronized void upgradeTo(WireSocket reader) {
    current = null;
    headWait.restart();
    wire.reader = reader;
  }

  /** What has come behind the head of a tunnel, whose exchange stays: it is being answered. */
  synchronized @Nullable ByteBuffer takeBacklog() {
    return backlog.take();
  }

  @Override
  public void read(ByteBuffer in) {
    turn.begins();
    try {
      decode(in);
    } catch (MessageException e) {
      refuse(e);
    } catch (RuntimeException e) {
      Strangers.LINES.error(LOG, wire.remote(), "serving {} failed", wire.remote(), e);
      wire.abort();
    } finally {
      turn.ends();
    }
    account(false);
  }

  /**
   * Says what is kept until more comes; nearly always nothing. Where memory is short, the rest of a
   * body that cannot go on stays in the socket.
   *
   * @param moved whether bytes have left the backlog
   */
  void account(boolean moved) {
    int waiting;
    CallerExchange exchange;
    synchronized (this) {
      waiting = backlog.size();
      exchange = current;
      if (exchange != null && exchange.body.waits() && wire.holding.isScarce()) wire.pauseReading();
    }
    wire.holding.input(waiting + heads.held(), moved);
    if (exchange != null && exchange.body.isKept() && wire.holding.isExhausted()) watch.giveWay();
  }

  private void decode(ByteBuffer in) throws MessageException {
    // What comes behind the end, whichever way that came, is not executed.
    while (in.hasRemaining() && wire.isOpen() && wire.reader == this) {
      CallerExchange exchange = exchangeFor(in);
      if (exchange != null) exchange.decodeBody(in);
      else if (in.hasRemaining() && !begin(in)) return;
    }
  }

  /** The exchange whose body comes next; null for a head, or where the input is put by. */
  private @Nullable CallerExchange exchangeFor(ByteBuffer in) {
    CallerExchange exchange;
    boolean first;
    synchronized (this) {
      exchange = current;
      first = backlog.isEmpty();
      boolean mayBegin = !wire.congested() && !turn.isOver();
      if (first && (exchange == null ? mayBegin : exchange.body.takes())) return exchange;
      backlog.add(in);
      if (backlog.isFull(wire.holding.isScarce())) wire.pauseReading();
    }
    // Outside the lock: it may run at once. It calls for all that come behind the first, too.
    if (exchange == null && first) wire.whenWritten(this::goOn);
    return null;
  }

  private boolean begin(ByteBuffer in) throws MessageException {
    RequestHead head = heads.read(in);
    if (head == null) {
      headWait.headComes();
      return false;
    }
    CallerExchange exchange = new CallerExchange(this, head, heads.lastBytes());
    synchronized (this) {
      current = exchange;
    }
    watch.asks();
    wire.holding.begins(exchange);
    exchange.keeps(0);
    turn.requested();
    requests.begun(this, exchange);
    return true;
  }

  /** Goes on with what was put aside, on the selector thread, and then with what the socket has. */
  void resume() {
    synchronized (this) {
      if (backlog.isEmpty() && !wire.readingPaused()) return;
    }
    goOn();
  }

  private void goOn() {
    if (turn.await()) wire.tcp.onSelector(this::readBacklog);
  }

  private void readBacklog() {
    turn.comes();
    ByteBuffer rest;
    synchronized (this) {
      if (current != null && !current.body.takes()) return;
      rest = backlog.take();
    }
    if (rest != null) {
      wire.deliver(rest);
      Wire.giveBack(rest);
      account(true);
    }
    synchronized (this) {
      if (backlog.isEmpty() && wire.readingPaused()) wire.resumeReading();
    }
  }

  /** Request and response of this exchange are both at their end. */
  void exchangeEnded(CallerExchange exchange, boolean keepAlive) {
    boolean last;
    synchronized (this) {
      if (current != exchange) return;
      current = null;
      headWait.answered();
      last = !keepAlive || backlog.shut;
    }
    wire.holding.ends(exchange);
    if (last) wire.closing.gently();
    else resume();
  }

  void refuse(MessageException e) {
    String text = String.valueOf(e.getMessage());
    refuse(new RequestListener.Refusal(e.status(), Headers.EMPTY, text), true);
    wire.closing.gently();
  }

  /** Refuses what has begun, unless its answer has; perhaps also where there is no exchange. */
  void refuse(RequestListener.Refusal why, boolean withoutExchange) {
    CallerExchange exchange = takeExchange();
    if (exchange == null ? withoutExchange : exchange.breakOff(why))
      wire.write(ResponseHeads.lastWords(why.status(), why.headers(), why.text() + "\n"));
    if (exchange == null && withoutExchange) requests.unread(this, why);
  }

  /** Nothing that comes from now on is another request, or the rest of this one. */
  private synchronized @Nullable CallerExchange takeExchange() {
    CallerExchange exchange = current;
    current = null;
    backlog.shut();
    return exchange;
  }

  synchronized @Nullable CallerExchange exchange() {
    return current;
  }

  @Override
  public boolean ended() {
    CallerExchange exchange = exchange();
    boolean opens = exchange != null && exchange.tunnel != null;
    // Bytes that came behind the head are on their way to the tunnel: it hears of the end after
    // them, once it has taken over.
    if (opens) wire.tcp.onSelector(() -> wire.reader.ended());
    return opens;
  }

  @Override
  public void closed() {
    CallerExchange exchange = takeExchange();
    if (exchange != null) exchange.gone();
  }

  @Override
  public void sweep(long now) {
    watch.sweepCaller(now);
  }

  @Override
  public boolean isUnread() {
    return wire.readingPaused();
  }

  /** Throws away what is behind this request, now and from now on; false if reading goes on. */
  synchronized boolean shutBehind(CallerExchange exchange) {
    if (current != exchange || exchange.tunnel != null || !wire.readingPaused()) return false;
    backlog.shut();
    return true;
  }

  /** True if there is no exchange; false further up on the stack of {@link #read}. */
  boolean isIdle() {
    return exchange() == null && !turn.isRunning();
  }

  /** Drops what has come and is not read; on the selector thread. */
  void forget() {
    heads.reset();
    synchronized (this) {
      backlog.drop();
    }
  }
}
