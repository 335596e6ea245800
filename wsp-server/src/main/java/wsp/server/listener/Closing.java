package wsp.server.listener;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends in order: behind what was written, and so that the other end can read that.
 * Whatever ends a connection in the middle of a message whose end it is, ends it with a reset. Safe
 * for all threads.
 */
final class Closing {
  /** A closed connection may go on sending for so long, so that it can read our last words. */
  private static final long LINGER_NANOS = 2_000_000_000L;

  private final Wire wire;
  private final TcpConnection tcp;
  private final @Nullable Tls tls;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile long lingerUntil;
  private volatile boolean lingerLimited;

  /** A message is on its way whose end the end of the connection will be. */
  private volatile boolean unfinished;

  Closing(Wire wire, TcpConnection tcp, @Nullable Tls tls) {
    this.wire = wire;
    this.tcp = tcp;
    this.tls = tls;
  }

  /**
   * The message that begins now ends with the connection (RFC 9112 §6.3, 8): until its last bytes
   * are here, whatever ends the connection ends it with a reset.
   */
  void endsMessage() {
    unfinished = true;
  }

  void messageEnds() {
    if (unfinished) unfinished = false;
  }

  /** True after {@link #gently}: what is read is to be thrown away. */
  boolean begun() {
    return begun.get();
  }

  /**
   * Closes after what is queued has been sent, however long that takes. The other end may be
   * sending still: what it sends is thrown away for a moment, since a reset would take our last
   * words from it (RFC 9112 §9.6).
   */
  void gently() {
    if (unfinished) {
      tcp.reset();
      return;
    }
    if (!begun.compareAndSet(false, true)) return;
    if (tls == null) endAndLinger();
    else tls.close(this::endAndLinger);
    wire.resumeReading();
  }

  private void endAndLinger() {
    wire.whenWritten(
        () -> {
          limitLinger();
          tcp.endOutput();
        });
  }

  /** The same, but what has not been sent after a moment is dropped. */
  void soon() {
    limitLinger();
    gently();
  }

  private void limitLinger() {
    if (lingerLimited) return;
    lingerUntil = System.nanoTime() + LINGER_NANOS;
    lingerLimited = true;
  }

  void sweep(long now) {
    if (lingerLimited && now - lingerUntil > 0) tcp.end();
  }

  /** Sends no more, after what was written, while the other end may. */
  void outputOnly() {
    if (tls == null) wire.whenWritten(tcp::endOutput);
    else tls.close(() -> {});
  }

  /** Closes both ways once all that was written is out, and does not linger. */
  void whenWritten() {
    wire.whenWritten(this::leave);
  }

  private void leave() {
    // In this order: who writes the end of a message counts its bytes first.
    boolean cut = unfinished;
    if (wire.pending() > 0) whenWritten();
    else if (cut) tcp.reset();
    else tcp.end();
  }

  /**
   * The other end has said over TLS that it sends no more, while its connection may stay: it is
   * answered first. On the selector thread: TLS may go on with the rest on any, and of two threads
   * that change what the connection is watched for one could undo what the other did.
   */
  void answered() {
    tcp.watch(false);
    if (tls == null || unfinished) whenWritten();
    else tls.close(this::whenWritten);
  }
}
