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
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.runtime.BufferPool;

/**
 * One TCP connection as the rest of the package sees it: writes that never block, reading that can
 * be paused, and two ways to close. All methods may be called from any thread.
 */
final class Wire {
  /** Who gets the bytes of a connection, on its selector thread. */
  interface Reader {
    /** Bytes that are valid until this returns. */
    void read(ByteBuffer in);

    /** The connection is gone, for whatever reason; called once. */
    void closed();

    /**
     * One pass of maintenance.
     *
     * @param now {@link System#nanoTime()}
     */
    void sweep(long now);
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
  private final @Nullable Tls tls;
  private final AtomicInteger pending = new AtomicInteger();
  private final Queue<Runnable> whenWritten = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean lingering = new AtomicBoolean();
  private volatile long lastProgress = System.nanoTime();
  private volatile boolean readingPaused;
  private volatile long lingerUntil;
  private volatile boolean lingerLimited;

  /**
   * @param tls seals what is written; null if it goes out as it is
   */
  Wire(Connection<SocketAddress> connection, @Nullable Tls tls) {
    this.connection = connection;
    this.tls = tls;
    if (tls != null) tls.sendTo(this::send);
  }

  /** The address of the other end, for logs. */
  String remote() {
    return other().toString();
  }

  Remote other() {
    return connection.getPeerAddress() instanceof InetSocketAddress a
        ? new Remote(a.getAddress(), a.getPort(), tls != null)
        : new Remote(null, 0, tls != null);
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
    int bytes = data.remaining();
    if (bytes == 0 || !isOpen()) {
      POOL.give(data);
      return;
    }
    if (pending.getAndAdd(bytes) == 0) lastProgress = System.nanoTime();
    if (tls == null) send(data, bytes);
    else tls.write(data);
  }

  /**
   * Bytes for the socket, by one thread at a time.
   *
   * @param counted how many of {@link #pending} they stand for
   */
  private void send(ByteBuffer data, int counted) {
    Written written = new Written(data, counted);
    if (data.hasRemaining()) {
      connection.write(Buffers.wrap(connection.getMemoryManager(), data), written);
      return;
    }
    // They could not be sealed: whoever waits for them would wait for ever.
    written.over();
    if (isOpen()) abort();
  }

  /**
   * True while bytes wait for the socket: whoever feeds this connection should stop until {@link
   * #whenWritten}.
   */
  boolean congested() {
    return pending.get() > 0;
  }

  /** How many bytes wait for the socket. */
  int pending() {
    return pending.get();
  }

  /**
   * Runs the action once nothing waits any more, perhaps at once, on whichever thread writes. Also
   * if the connection fails instead.
   */
  void whenWritten(Runnable action) {
    whenWritten.add(action);
    if (!congested()) runWhenWritten();
  }

  /**
   * An action that makes somebody write again may find itself back in the queue before this loop
   * ends: it is for the next time, or nothing would ever hold that writer back.
   */
  private void runWhenWritten() {
    while (!congested()) {
      Runnable action = whenWritten.poll();
      if (action == null) return;
      action.run();
    }
  }

  /** True if bytes have waited for longer than this without any going out. */
  boolean stalled(long now, long nanos) {
    return congested() && now - lastProgress > nanos;
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

  /** Runs on the selector thread of this connection, in between its reads. */
  void onSelector(Runnable task) {
    connection.executeInEventThread(IOEvent.READ, task);
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
   * Closes after what is queued has been sent, however long that takes. The other end may be
   * sending still: what it sends is thrown away for a moment, since a reset would take our last
   * words from it (RFC 9112 §9.6).
   */
  void closeGently() {
    if (!lingering.compareAndSet(false, true)) return;
    if (tls == null) end();
    else tls.close(this::end);
    resumeReading();
  }

  /** After what was written goes the end. */
  private void end() {
    connection.write(
        Buffers.EMPTY_BUFFER,
        new EmptyCompletionHandler<WriteResult<Buffer, SocketAddress>>() {
          @Override
          public void completed(WriteResult<Buffer, SocketAddress> result) {
            shutdownOutput();
          }

          @Override
          public void failed(Throwable cause) {
            connection.terminateSilently();
          }
        });
  }

  /** The other end has said that it goes; what is queued may still reach it. */
  void gone() {
    if (tls == null) connection.terminateSilently();
    else tls.close(connection::terminateSilently);
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
      SocketChannel channel = channel();
      if (channel == null) connection.terminateSilently();
      else channel.shutdownOutput();
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
      SocketChannel channel = channel();
      if (channel != null && channel.isOpen())
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      LOG.debug("{} was already closed: {}", remote(), e.toString());
    }
    connection.terminateSilently();
  }

  private @Nullable SocketChannel channel() {
    return connection instanceof NIOConnection nio && nio.getChannel() instanceof SocketChannel c
        ? c
        : null;
  }

  /** Counts bytes out; on whichever thread wrote them. */
  private final class Written extends EmptyCompletionHandler<WriteResult<Buffer, SocketAddress>> {
    private final ByteBuffer data;
    private final int bytes;
    private final AtomicBoolean over = new AtomicBoolean();

    Written(ByteBuffer data, int bytes) {
      this.data = data;
      this.bytes = bytes;
    }

    @Override
    public void updated(WriteResult<Buffer, SocketAddress> result) {
      lastProgress = System.nanoTime();
    }

    @Override
    public void completed(WriteResult<Buffer, SocketAddress> result) {
      lastProgress = System.nanoTime();
      over();
    }

    @Override
    public void failed(Throwable cause) {
      over();
    }

    @Override
    public void cancelled() {
      over();
    }

    private void over() {
      // Once and never again: a buffer in two hands would mix two answers.
      if (!over.compareAndSet(false, true)) return;
      POOL.give(data);
      if (pending.addAndGet(-bytes) == 0) runWhenWritten();
    }
  }
}
