package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.Headers;

/**
 * A caller's connection: one request after the other (RFC 9112 §9.3), each with its {@link
 * CallerExchange}. While one is being answered, bytes of the next wait in a backlog; reading goes
 * on until that is full, so that a caller who leaves is noticed. The next is not begun either while
 * the answers before it wait for the socket, so that who never reads cannot fill the memory.
 *
 * <p>Bytes are decoded on the selector thread only. {@code this} guards what the answering thread
 * touches as well: {@link #current}, {@link #backlog}, {@link #upgraded}.
 */
final class CallerConnection implements Wire.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(CallerConnection.class);

  /** Bytes beyond which a backlog stops the reading. */
  private static final int FULL_BACKLOG = 32 * 1024;

  private final Wire wire;
  private final ListenerLimits limits;
  private final BiConsumer<CallerConnection, CallerExchange> requests;
  private final Consumer<CallerConnection> onClosed;
  private final AtomicBoolean counted = new AtomicBoolean(true);
  private final HeadDecoder heads;
  private @Nullable CallerExchange current;

  /** To be flipped before it is read. */
  private @Nullable ByteBuffer backlog;

  private volatile Wire.@Nullable Reader upgraded;
  private volatile long waitingSince = System.nanoTime();
  private volatile boolean headBegun = true;

  CallerConnection(
      Wire wire,
      ListenerLimits limits,
      BiConsumer<CallerConnection, CallerExchange> requests,
      Consumer<CallerConnection> onClosed) {
    this.wire = wire;
    this.limits = limits;
    this.requests = requests;
    this.onClosed = onClosed;
    this.heads = new HeadDecoder(limits.requestHeadBytes(), limits.requestFields());
  }

  Wire wire() {
    return wire;
  }

  /**
   * From here on the bytes are somebody else's: the connection is a WebSocket. On the selector
   * thread.
   */
  synchronized void upgradeTo(Wire.Reader reader) {
    current = null;
    upgraded = reader;
  }

  /** True once: from then on it does not count as a caller's connection. */
  boolean stopCounting() {
    return counted.getAndSet(false);
  }

  @Override
  public void read(ByteBuffer in) {
    if (wire.lingering()) return;
    Wire.Reader other = upgraded;
    if (other != null) {
      other.read(in);
      return;
    }
    if (!behindBacklog(in)) process(in);
  }

  private void process(ByteBuffer in) {
    try {
      decode(in);
    } catch (BadRequestException e) {
      refuse(e);
    } catch (RuntimeException e) {
      LOG.error("serving {} failed", wire.remote(), e);
      wire.abort();
    }
  }

  /**
   * Bytes do not overtake those that were put aside; whoever makes way for these calls for both.
   */
  private synchronized boolean behindBacklog(ByteBuffer in) {
    if (backlog == null) return false;
    putAside(in);
    return true;
  }

  private void decode(ByteBuffer in) throws BadRequestException {
    // What comes behind the end, whichever way that came, is not executed.
    while (in.hasRemaining() && wire.isOpen()) {
      Wire.Reader other = upgraded;
      if (other != null) {
        other.read(in);
        return;
      }
      CallerExchange exchange = exchangeFor(in);
      if (exchange != null) {
        exchange.decodeBody(in);
      } else if (in.hasRemaining() && !begin(in)) {
        return;
      }
    }
  }

  /**
   * The exchange whose body comes next; null if it is a head; with all input put aside if neither
   * may be read now.
   */
  private synchronized @Nullable CallerExchange exchangeFor(ByteBuffer in) {
    CallerExchange exchange = current;
    if (exchange == null ? !wire.congested() : exchange.takesBody()) return exchange;
    putAside(in);
    if (exchange == null) wire.whenWritten(() -> wire.onSelector(this::readBacklog));
    return null;
  }

  private void putAside(ByteBuffer in) {
    ByteBuffer to = backlog;
    if (to == null) {
      to = Wire.buffer(in.remaining());
    } else if (to.remaining() < in.remaining()) {
      ByteBuffer larger = Wire.buffer(to.position() + in.remaining()).put(to.flip());
      Wire.giveBack(to);
      to = larger;
    }
    backlog = to.put(in);
    if (to.position() >= FULL_BACKLOG) wire.pauseReading();
  }

  private synchronized void dropBacklog() {
    ByteBuffer dropped = backlog;
    backlog = null;
    if (dropped != null) Wire.giveBack(dropped);
  }

  private boolean begin(ByteBuffer in) throws BadRequestException {
    RequestHead head = heads.decode(in);
    if (head == null) {
      awaitHead();
      return false;
    }
    CallerExchange exchange = new CallerExchange(this, head);
    synchronized (this) {
      current = exchange;
    }
    requests.accept(this, exchange);
    return true;
  }

  /** A part of a head has come: from the first one on, the rest has so much time. */
  private void awaitHead() {
    if (headBegun) return;
    waitingSince = System.nanoTime();
    headBegun = true;
  }

  /** Goes on with what was put aside, on the selector thread, and then with what the socket has. */
  void resume() {
    synchronized (this) {
      if (backlog == null && !wire.readingPaused()) return;
    }
    wire.onSelector(this::readBacklog);
  }

  private void readBacklog() {
    ByteBuffer rest;
    synchronized (this) {
      CallerExchange exchange = current;
      if (exchange != null && !exchange.takesBody()) return;
      rest = backlog;
      backlog = null;
    }
    if (rest != null) {
      if (!wire.lingering()) process(rest.flip());
      Wire.giveBack(rest);
    }
    synchronized (this) {
      if (backlog == null && wire.readingPaused()) wire.resumeReading();
    }
  }

  /** Request and response of this exchange are both at their end. */
  void exchangeEnded(CallerExchange exchange, boolean keepAlive) {
    boolean more;
    synchronized (this) {
      if (current != exchange) return;
      current = null;
      headBegun = false;
      waitingSince = System.nanoTime();
      more = backlog != null || wire.readingPaused();
    }
    if (!keepAlive) wire.closeGently();
    else if (more) wire.onSelector(this::readBacklog);
  }

  private void refuse(BadRequestException e) {
    CallerExchange exchange;
    synchronized (this) {
      exchange = current;
      current = null;
    }
    if (exchange == null || exchange.breakOff())
      lastWords(e.status(), Headers.EMPTY, e.getMessage() + "\n");
    wire.closeGently();
  }

  private void lastWords(int status, Headers more, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    Headers.Builder fields = new Headers.Builder().add("Content-Type", "text/plain; charset=utf-8");
    fields.add("Content-Length", Integer.toString(body.length)).add("Connection", "close");
    more.forEach(fields::add);
    byte[] head = ResponseEncoder.head(status, fields.build());
    wire.write(ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip());
  }

  /** No more requests; one that is not answered yet is refused. */
  void end(RequestListener.Refusal refusal) {
    CallerExchange exchange;
    synchronized (this) {
      exchange = current;
      current = null;
    }
    if (exchange != null && exchange.breakOff())
      lastWords(refusal.status(), refusal.headers(), refusal.text() + "\n");
    wire.closeGently();
  }

  /** The one that is being answered, if there is one, is the last. */
  void lastRequest() {
    CallerExchange exchange = exchange();
    if (exchange != null) exchange.lastOfConnection();
  }

  /** Nobody is to take what has gone out so far for the whole. */
  void cutIfBusy() {
    if (exchange() != null || wire.pending() > 0) wire.abort();
  }

  private synchronized @Nullable CallerExchange exchange() {
    return current;
  }

  @Override
  public void closed() {
    onClosed.accept(this);
    Wire.Reader other = upgraded;
    if (other != null) {
      other.closed();
      return;
    }
    CallerExchange exchange;
    synchronized (this) {
      exchange = current;
      current = null;
      dropBacklog();
    }
    if (exchange != null) exchange.gone();
  }

  @Override
  public void sweep(long now) {
    wire.sweepLingering(now);
    long stall = limits.stallTimeout().toNanos();
    if (wire.stalled(now, stall)) {
      LOG.debug("cutting {}: it has taken nothing for {} ms", wire.remote(), stall / 1_000_000);
      wire.abort();
      return;
    }
    Wire.Reader other = upgraded;
    if (other != null) {
      other.sweep(now);
      return;
    }
    CallerExchange exchange = exchange();
    if (exchange == null) sweepIdle(now);
    else if (exchange.bodyStalled(now, stall))
      refuse(new BadRequestException(408, "the request body makes no progress"));
  }

  private void sweepIdle(long now) {
    if (wire.lingering()) return;
    long limit = (headBegun ? limits.requestHeadTimeout() : limits.callerIdleTimeout()).toNanos();
    if (now - waitingSince <= limit) return;
    if (heads.begun()) refuse(new BadRequestException(408, "the request head took too long"));
    else wire.closeGently();
  }
}
