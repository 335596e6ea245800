package wsp.server.listener;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.net.BufferPool;

/**
 * One TCP connection as the rest of the package sees it: writes that never block, reading that can
 * be paused, and two ways to close. All methods may be called from any thread.
 */
final class Wire implements OutQueue.Listener {
  /** Who gets the bytes of a connection, on its selector thread. */
  interface Reader {
    /** Bytes that are valid until this returns. */
    void read(ByteBuffer in);

    /**
     * The other end sends no more, in order.
     *
     * @return true if this side still may; otherwise the other end has left
     */
    default boolean ended() {
      return false;
    }

    /** The connection is gone, for whatever reason; called once. */
    void closed();

    /**
     * One pass of maintenance.
     *
     * @param now {@link System#nanoTime()}
     */
    default void sweep(long now) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

  /**
   * How long a closed connection may still send before it is cut, so that it can read our last
   * words.
   */
  private static final long LINGER_NANOS = 2_000_000_000L;

  /** One for all: pieces are as large whatever connection they are for. */
  private static final BufferPool POOL = new BufferPool();

  private final Connection<SocketAddress> connection;
  final SocketChannel channel;
  private final @Nullable Tls tls;
  private final OutQueue out;
  private final Remote other;
  private final AtomicInteger pending = new AtomicInteger();
  private final Queue<Runnable> whenWritten = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean lingering = new AtomicBoolean();
  private volatile boolean readingPaused;

  /** Of the selector thread. */
  private boolean turnAwaited;

  private volatile long lingerUntil;
  private volatile boolean lingerLimited;

  /** A message is on its way whose end the end of the connection will be. */
  private volatile boolean unfinished;

  private volatile @Nullable Reader reader;
  private volatile Holding holding = Holding.none();
  private volatile boolean outputHeld;

  /**
   * @param channel of the connection
   * @param tls seals what is written; null if it goes out as it is
   */
  Wire(Connection<SocketAddress> connection, SocketChannel channel, @Nullable Tls tls) {
    this.connection = connection;
    this.channel = channel;
    this.tls = tls;
    this.out = new OutQueue(connection, channel, this);
    this.other =
        connection.getPeerAddress() instanceof InetSocketAddress a
            ? new Remote(a.getAddress(), a.getPort(), tls != null)
            : new Remote(null, 0, tls != null);
    if (tls != null) tls.sendTo(this::send);
  }

  /** From now on this is who gets its bytes; before the first event. */
  void serve(Reader by) {
    reader = by;
  }

  /** From now on what it keeps is counted there; before the first event. */
  void countAt(Holding by) {
    holding = by;
  }

  Holding holding() {
    return holding;
  }

  /** As {@link OutQueue#readsOn}: a client may have answered before it went. */
  void readsOn() {
    out.readsOn();
  }

  // ---- events, on the selector thread

  /** Bytes have come, which are valid until this returns. */
  void read(ByteBuffer in) {
    Reader to = reader;
    if (to != null) to.read(in);
  }

  /**
   * The other end sends no more: it has left (README), unless this is a tunnel. What was written
   * may still reach it.
   */
  void ended() {
    // The end would be there to be read for as long as the connection is.
    interest(false);
    Reader to = reader;
    if (!out.cuts() && (to == null || !to.ended())) leaveWhenWritten();
  }

  /** Reads no more: the other end has said over TLS that it sends no more, and gets more. */
  void readsNoMore() {
    interest(false);
  }

  /** Sends no more, after what was written, while the other end may. */
  void endOutput() {
    if (tls == null) whenWritten(this::shutdownTunnel);
    else tls.close(() -> {});
  }

  private void shutdownTunnel() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("{} was already closed: {}", remote(), e.toString());
      connection.terminateSilently();
    }
  }

  /** TCP finds out by itself, in time, whether the other end is still there. */
  void stayAlive() {
    try {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    } catch (IOException e) {
      LOG.debug("{} was already closed: {}", remote(), e.toString());
    }
  }

  /** Closes once all that was written is out. */
  void leaveWhenWritten() {
    whenWritten(this::leave);
  }

  private void leave() {
    // In this order: who writes the end of a message counts its bytes first.
    boolean cut = unfinished;
    if (pending() > 0) leaveWhenWritten();
    else if (cut) abort();
    else connection.terminateSilently();
  }

  /** The socket takes bytes again. */
  void writable() {
    out.writable();
  }

  /** The connection is gone; on whichever thread ended it. */
  void closed() {
    Reader to = reader;
    try {
      if (to != null) to.closed();
    } finally {
      // Those who wait for these bytes are told last: they may go on with the next request, which
      // the reader has dropped by then.
      out.close();
    }
  }

  // ---- for everybody

  /** The address of the other end, for logs. */
  String remote() {
    return other.toString();
  }

  Remote other() {
    return other;
  }

  boolean isOpen() {
    return connection.isOpen() && !lingering.get();
  }

  /** An empty buffer for {@link #write}, which is to be its last use. */
  static ByteBuffer buffer(int bytes) {
    return POOL.take(bytes);
  }

  /** A buffer of {@link #buffer} that was not written is not needed any more. */
  static void giveBack(ByteBuffer buffer) {
    POOL.give(buffer);
  }

  /**
   * Hands bytes to the connection, which owns them from here on. What the socket does not take at
   * once is queued.
   */
  void write(ByteBuffer data) {
    write(data, false);
  }

  /**
   * The same for the last bytes of a message, which are not looked at again: on a selector thread
   * they may wait for the end of its round of events.
   */
  void writeLast(ByteBuffer data) {
    write(data, true);
  }

  private void write(ByteBuffer data, boolean last) {
    int bytes = data.remaining();
    boolean none = bytes == 0 || !isOpen();
    if (!none) pending.addAndGet(bytes);
    if (last && unfinished) unfinished = false;
    if (none) {
      POOL.give(data);
      return;
    }
    if (tls == null) out.write(data, bytes, last);
    else tls.write(data);
    if (out.blocked()) countOutput();
  }

  /** Only while the socket takes no more. */
  private void countOutput() {
    boolean enough;
    synchronized (this) {
      // In this order: who writes the last byte looks at the one after it has changed the other.
      outputHeld = true;
      int waiting = out.blocked() ? pending() : 0;
      if (waiting == 0) outputHeld = false;
      enough = holding.output(waiting);
    }
    // Outside: others' connections are locked before their wires.
    if (!enough) holding.relieve();
  }

  /**
   * Records for the socket, by one thread at a time.
   *
   * @param plain how many of {@link #pending} they stand for; 0 for records of TLS's own, which
   *     count for one: the end of the connection has to wait for these too
   */
  private void send(ByteBuffer data, int plain) {
    int counted = Math.max(1, plain);
    if (plain == 0) pending.addAndGet(counted);
    if (data.hasRemaining()) {
      out.write(data, counted, false);
      return;
    }
    // They could not be sealed: whoever waits for them would wait for ever.
    over(data, counted);
    if (isOpen()) abort();
  }

  @Override
  public void over(ByteBuffer data, int counted) {
    POOL.give(data);
    boolean all = pending.addAndGet(-counted) == 0;
    if (all && outputHeld) countOutput();
    if (all && !whenWritten.isEmpty()) runWhenWritten();
  }

  /**
   * True while the socket takes no more: whoever feeds this connection should stop until {@link
   * #whenWritten}.
   */
  boolean congested() {
    return out.blocked();
  }

  /** How many bytes are not in the socket yet. */
  int pending() {
    return pending.get();
  }

  /**
   * Runs the action once nothing waits any more, perhaps at once, on whichever thread writes. Also
   * if the connection fails instead.
   */
  void whenWritten(Runnable action) {
    whenWritten.add(action);
    if (pending() == 0) runWhenWritten();
  }

  /**
   * An action that makes somebody write again may find itself back in the queue before this loop
   * ends: it is for the next time, or nothing would ever hold that writer back.
   */
  private void runWhenWritten() {
    while (pending() == 0) {
      Runnable action = whenWritten.poll();
      if (action == null) return;
      action.run();
    }
  }

  /** True if bytes have waited for longer than this without any going out. */
  boolean stalled(long now, long nanos) {
    return out.stalled(now, nanos);
  }

  /**
   * For how long the socket has taken nothing of what waits for it, in nanoseconds; 0: it takes.
   */
  long blockedFor(long now) {
    return out.blockedFor(now);
  }

  /** True once bytes for the other end can be sent in a way that it understands. */
  boolean canSpeak() {
    return tls == null || tls.established();
  }

  /** Takes no more from the socket, which in time stops the sender. On the selector thread. */
  void pauseReading() {
    readingPaused = true;
    interest(false);
    if (lingering.get()) resumeReading();
  }

  void resumeReading() {
    readingPaused = false;
    interest(true);
  }

  boolean readingPaused() {
    return readingPaused;
  }

  private void interest(boolean read) {
    try {
      if (read) connection.enableIOEvent(IOEvent.READ);
      else connection.disableIOEvent(IOEvent.READ);
    } catch (IOException e) {
      LOG.debug("cannot change what {} is watched for: {}", remote(), e.toString());
      abort();
    }
  }

  /** True on the selector thread of this connection. */
  boolean isNear() {
    return connection instanceof NIOConnection nio
        && nio.getSelectorRunner().getRunnerThread() == Thread.currentThread();
  }

  /** Runs on the selector thread of this connection, in between its reads. */
  void onSelector(Runnable task) {
    connection.executeInEventThread(IOEvent.READ, task);
  }

  /**
   * Goes on with what has been read when the other connections have had their turn: in the next
   * round of events. Nothing is read until then. On the selector thread.
   */
  void nextTurn(Runnable task) {
    turnAwaited = true;
    onSelector(
        () -> {
          turnAwaited = false;
          task.run();
        });
  }

  /** True if what has been read is not used up yet; on the selector thread. */
  boolean turnAwaited() {
    return turnAwaited;
  }

  /** Reads what has arrived, on the selector thread, and runs the task after that. */
  void afterReading(Runnable task) {
    try {
      connection.simulateIOEvent(IOEvent.READ);
    } catch (IOException e) {
      LOG.debug("cannot read from {}: {}", remote(), e.toString());
      abort();
    }
    onSelector(task);
  }

  /**
   * The message that begins now ends with the connection (RFC 9112 §6.3, 8): until its last bytes
   * are here, whatever ends the connection ends it with a reset.
   */
  void endsMessage() {
    unfinished = true;
  }

  /**
   * Closes after what is queued has been sent, however long that takes. The other end may be
   * sending still: what it sends is thrown away for a moment, since a reset would take our last
   * words from it (RFC 9112 §9.6).
   */
  void closeGently() {
    if (unfinished) {
      abort();
      return;
    }
    if (!lingering.compareAndSet(false, true)) return;
    if (tls == null) end();
    else tls.close(this::end);
    resumeReading();
  }

  /** After what was written goes the end. */
  private void end() {
    whenWritten(this::shutdownOutput);
  }

  /**
   * The other end has said over TLS that it sends no more, while its connection may stay: it is
   * answered first. On the selector thread: TLS may go on with the rest on any, and of two threads
   * that change what the connection is watched for one could undo what the other did.
   */
  void gone() {
    interest(false);
    if (tls == null || unfinished) leaveWhenWritten();
    else tls.close(this::leaveWhenWritten);
  }

  /** True if the other end has shown a certificate that this server trusts. */
  boolean peerVerified() {
    return tls != null && tls.peerVerified();
  }

  /** The same, but what has not been sent after a moment is dropped. */
  void closeSoon() {
    limitLinger();
    closeGently();
  }

  private void limitLinger() {
    if (lingerLimited) return;
    lingerUntil = System.nanoTime() + LINGER_NANOS;
    lingerLimited = true;
  }

  private void shutdownOutput() {
    limitLinger();
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("{} was already closed: {}", remote(), e.toString());
      connection.terminateSilently();
    }
  }

  /** True after {@link #closeGently}: what is read is to be thrown away. */
  boolean lingering() {
    return lingering.get();
  }

  /** Ends a connection that has lingered long enough. */
  void sweepLingering(long now) {
    if (lingerLimited && now - lingerUntil > 0) connection.terminateSilently();
  }

  /**
   * Cuts the connection at once, with a reset, so that nobody takes what was sent for the whole.
   */
  void abort() {
    try {
      if (channel.isOpen()) channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      LOG.debug("{} was already closed: {}", remote(), e.toString());
    }
    connection.terminateSilently();
  }
}
