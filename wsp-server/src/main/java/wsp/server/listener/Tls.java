package wsp.server.listener;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection (RFC 8446, RFC 5246), without ever waiting: records come in, the plain
 * bytes go on; bytes are written, records go out. Grizzly has a filter for this, which reads on in
 * the middle of a read when a handshake begins anew or a connection ends: it blocks the selector
 * until the other end moves, and copies into buffers of its own.
 *
 * <p>Reading is for one thread, the selector's; everything else for all. The lock guards the engine
 * and the queue, and orders records as they were sealed; nothing is sent while it is held, because
 * what is done when something was sent may want to write to other connections. One thread at a time
 * empties the queue.
 */
final class Tls {
  /** Takes records for the socket, and how many plain bytes they stand for. */
  interface Sender {
    void send(ByteBuffer records, int plain);
  }

  private record Outgoing(@Nullable ByteBuffer records, int plain, @Nullable Runnable then) {}

  private static final int MAX_FRAGMENT = 16 * 1024;

  /** More than what a record adds to its fragment. */
  private static final int RECORD_OVERHEAD = 256;

  /** What is smaller is sealed aside and copied: an engine wants room for a whole record. */
  private static final int SMALL = 2 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final ThreadLocal<ByteBuffer> ASIDE =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(2 * MAX_FRAGMENT));

  private final Object lock = new Object();
  private final SSLEngine engine;
  private final Queue<Outgoing> queue = new ArrayDeque<>();
  private Sender sender = (records, plain) -> {};
  private boolean sending;

  /** Nothing of TLS is said to an end that does not speak it. */
  private boolean mute;

  /** The handshake is over. */
  volatile boolean established;

  Tls(SSLEngine engine) {
    this.engine = engine;
  }

  /** Before anything else. */
  void sendTo(Sender socket) {
    sender = socket;
  }

  /** True if the other end has shown a certificate, which was verified. */
  boolean peerVerified() {
    try {
      return engine.getSession().getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  /**
   * Opens one record, and answers what it asks of the handshake.
   *
   * @param plain gets the bytes; has room for as many as the record has
   * @return false if it was the last one: the other end has said that nothing follows
   */
  boolean open(ByteBuffer record, ByteBuffer plain) throws SSLException {
    try {
      synchronized (lock) {
        while (record.hasRemaining()) {
          SSLEngineResult result = engine.unwrap(record, plain);
          if (result.getStatus() == SSLEngineResult.Status.CLOSED) return false;
          boolean moved = result.bytesConsumed() > 0 || shakeHands();
          if (result.getStatus() != SSLEngineResult.Status.OK || !moved)
            throw new SSLException("a record cannot be opened: " + result.getStatus());
        }
        var unused = shakeHands();
        return !engine.isInboundDone();
      }
    } finally {
      drain();
    }
  }

  /** What is due from this side; true if there was anything. */
  private boolean shakeHands() throws SSLException {
    for (boolean moved = false; ; moved = true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> {
          for (Runnable t = engine.getDelegatedTask(); t != null; t = engine.getDelegatedTask())
            t.run();
        }
        case NEED_WRAP -> {
          if (!sealControl()) return moved;
        }
        case NOT_HANDSHAKING, FINISHED -> {
          established = true;
          return moved;
        }
        default -> {
          return moved;
        }
      }
    }
  }

  /** A record of the handshake, or an alert; false if there is none any more. */
  private boolean sealControl() throws SSLException {
    ByteBuffer out = ASIDE.get().clear();
    SSLEngineResult result = engine.wrap(NOTHING.duplicate(), out);
    if (result.bytesProduced() > 0) queue.add(new Outgoing(copy(out.flip()), 0, null));
    return result.getStatus() == SSLEngineResult.Status.OK && result.bytesProduced() > 0;
  }

  /** Seals the bytes and hands the records on; the buffer is given back. */
  void write(ByteBuffer data) {
    int bytes = data.remaining();
    synchronized (lock) {
      queue.add(new Outgoing(seal(data), bytes, null));
    }
    Wire.giveBack(data);
    drain();
  }

  /** Nothing, if the connection is closing or cannot go on: then it ends before long. */
  private ByteBuffer seal(ByteBuffer data) {
    boolean small = data.remaining() <= SMALL;
    int records = data.remaining() / MAX_FRAGMENT + 2;
    ByteBuffer out =
        small
            ? ASIDE.get().clear()
            : Wire.buffer(data.remaining() + records * RECORD_OVERHEAD + MAX_FRAGMENT);
    try {
      while (data.hasRemaining()) {
        SSLEngineResult result = engine.wrap(data, out);
        if (result.getStatus() != SSLEngineResult.Status.OK || result.bytesProduced() == 0)
          throw new SSLException("nothing can be sealed: " + result.getStatus());
      }
      out.flip();
    } catch (SSLException e) {
      out.clear().limit(0);
    }
    return small ? copy(out) : out;
  }

  private static ByteBuffer copy(ByteBuffer from) {
    return ByteBuffer.allocate(from.remaining()).put(from).flip();
  }

  /** The other end does not speak TLS: it gets these bytes as they are, or none; nothing else. */
  void saysPlainly(@Nullable ByteBuffer words) {
    synchronized (lock) {
      mute = true;
      if (words != null) queue.add(new Outgoing(words, 0, null));
    }
    drain();
  }

  /** Tells the other end that nothing follows, and then does the next thing. */
  void close(Runnable then) {
    synchronized (lock) {
      engine.closeOutbound();
      try {
        while (!mute && !engine.isOutboundDone() && sealControl()) {}
      } catch (SSLException e) {
        // It goes without a word.
      }
      queue.add(new Outgoing(null, 0, then));
    }
    drain();
  }

  private void drain() {
    for (Outgoing next = take(false); next != null; next = take(true)) {
      boolean sent = false;
      try {
        if (next.records != null) sender.send(next.records, next.plain);
        if (next.then != null) next.then.run();
        sent = true;
      } finally {
        // Others have left theirs to this thread, and nobody may come after it.
        if (!sent) goOn();
      }
    }
  }

  private void goOn() {
    synchronized (lock) {
      sending = false;
    }
    drain();
  }

  /** The next one, if this thread is the one that sends. */
  private @Nullable Outgoing take(boolean mine) {
    synchronized (lock) {
      if (sending && !mine) return null;
      Outgoing next = queue.poll();
      sending = next != null;
      return next;
    }
  }
}
