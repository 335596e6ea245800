package wsp.server.listener;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Connection;
import org.jspecify.annotations.Nullable;
import wsp.net.BufferPool;

/**
 * One TCP connection as the rest of the package sees it: writes that never block, and a reader,
 * which another one may replace, and which can be paused. All methods may be called from any
 * thread.
 */
final class Wire implements OutQueue.Listener {
  /** One for all: pieces are as large whatever connection they are for. */
  static final BufferPool POOL = new BufferPool();

  /** The connection below. */
  final TcpConnection tcp;

  /** Its end in order; {@link #abort} is the other one. */
  final Closing closing;

  private final @Nullable Tls tls;
  private final @Nullable TlsReader records;
  private final OutQueue out;
  private final Unwritten unwritten = new Unwritten();
  private volatile boolean readingPaused;
  private volatile boolean outputHeld;

  /** Who gets its bytes; set before the first event, or on the selector thread. */
  volatile WireReader reader = in -> {};

  /** Where what it keeps is counted; set before the first event. */
  volatile Holding holding = Holding.none();

  Wire(Connection<SocketAddress> connection, SocketChannel channel, @Nullable Tls tls) {
    Remote other = Remote.of(connection.getPeerAddress(), tls != null);
    this.tcp = new TcpConnection(connection, channel, other);
    this.tls = tls;
    this.records = tls == null ? null : new TlsReader(this, tls);
    this.out = new OutQueue(connection, channel, this);
    this.closing = new Closing(this, tcp, tls);
    if (tls != null) tls.sendTo(this::send);
  }

  /** As {@link OutQueue#readsOn}: a client may have answered before it went. */
  void readsOn() {
    out.readsOn();
  }

  // ---- events, on the selector thread

  /** Bytes have come, which are valid until this returns. */
  void read(ByteBuffer in) {
    if (records == null) deliver(in);
    else if (!closing.begun()) records.read(in);
  }

  /** Hands on bytes that are not sealed; those that come behind this side's end are lost. */
  void deliver(ByteBuffer in) {
    for (WireReader to = null; to != reader && in.hasRemaining() && !closing.begun(); ) {
      to = reader;
      to.read(in);
    }
  }

  /**
   * The other end sends no more: it has left (README), unless this is a tunnel. What was written
   * may still reach it.
   */
  void ended() {
    // The end would be there to be read for as long as the connection is.
    tcp.watch(false);
    // Without a last word, an end over TLS may be anybody's.
    if (!out.cuts() && (tls != null || !reader.ended())) closing.whenWritten();
  }

  void writable() {
    out.writable();
  }

  /** The connection is gone; on whichever thread ended it. */
  void closed() {
    holding.close();
    try {
      reader.closed();
    } finally {
      // Those who wait for these bytes are told last: they may go on with the next request, which
      // the reader has dropped by then.
      out.close();
    }
  }

  // ---- for everybody

  String remote() {
    return tcp.remote.toString();
  }

  boolean isOpen() {
    return tcp.isOpen() && !closing.begun();
  }

  /** An empty buffer for {@link #write}, which is to be its last use. */
  static ByteBuffer buffer(int bytes) {
    return POOL.take(bytes);
  }

  /** A buffer of {@link #buffer} that was not written is not needed any more. */
  static void giveBack(ByteBuffer buffer) {
    POOL.give(buffer);
  }

  /** Hands over bytes, which the connection owns from here on, and queues what is not taken. */
  void write(ByteBuffer data) {
    write(data, false);
  }

  /**
   * The same.
   *
   * @param last whether they are the last bytes of a message, which are not looked at again: on a
   *     selector thread they may wait for the end of its round of events
   */
  void write(ByteBuffer data, boolean last) {
    int bytes = data.remaining();
    boolean none = bytes == 0 || !isOpen();
    if (!none) unwritten.add(bytes);
    if (last) closing.messageEnds();
    if (none) {
      POOL.give(data);
      return;
    }
    if (tls == null) out.write(data, bytes, last);
    else tls.write(data);
    if (out.blocked()) countOutput();
  }

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
    if (plain == 0) unwritten.add(counted);
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
    if (!unwritten.remove(counted)) return;
    if (outputHeld) countOutput();
    unwritten.runActions();
  }

  /** True while the socket takes no more: who feeds it should stop until {@link #whenWritten}. */
  boolean congested() {
    return out.blocked();
  }

  int pending() {
    return unwritten.bytes();
  }

  /**
   * Runs the action once nothing waits any more, perhaps at once, on whichever thread writes. Also
   * if the connection fails instead.
   */
  void whenWritten(Runnable action) {
    unwritten.whenNone(action);
  }

  /** For how many nanoseconds the socket has taken nothing of what waits for it; 0: it takes. */
  long blockedFor(long now) {
    return out.blockedFor(now);
  }

  /** True once bytes for the other end can be sent in a way that it understands. */
  boolean canSpeak() {
    return tls == null || tls.established;
  }

  /** Takes no more from the socket, which in time stops the sender. On the selector thread. */
  void pauseReading() {
    readingPaused = true;
    tcp.watch(false);
    if (closing.begun()) resumeReading();
  }

  void resumeReading() {
    readingPaused = false;
    tcp.watch(true);
  }

  boolean readingPaused() {
    return readingPaused;
  }

  boolean peerVerified() {
    return tls != null && tls.peerVerified();
  }

  /** Ends the connection at once, with a reset; see {@link TcpConnection#reset}. */
  void abort() {
    tcp.reset();
  }
}
