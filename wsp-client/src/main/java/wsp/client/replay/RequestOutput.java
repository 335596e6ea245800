package wsp.client.replay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import wsp.client.net.Reactor;
import wsp.client.net.TlsLayer;
import wsp.envelope.Headers;
import wsp.http1.HeadWriter;

/**
 * Requests on their way into the socket of one connection, framed (RFC 9112 §6, §7.1), one after
 * the other. What the socket does not take is written when it is ready again. Safe for all threads;
 * one writes at a time.
 */
final class RequestOutput {
  /** Larger heads go out at once: the limit for their answer begins when they have gone. */
  private static final int SMALL = 8 * 1024;

  /** A buffer for the next request that an idle connection may keep. */
  private static final int KEPT = 4 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final boolean secure;
  private final OriginConnection owner;
  private final Runnable writePutOff = this::writePutOff;

  // Guarded by this.
  private final RequestState state = new RequestState();
  private @Nullable IOSession session;
  private @Nullable TlsLayer tls;

  /** Bytes of TLS that were written when the current request began. */
  private long writtenBefore;

  private ByteBuffer output = NOTHING;

  /** What ends the chunks of the current request. */
  private byte[] lastChunk = RequestWriter.LAST_CHUNK;

  /** This way ends with what is written. */
  private boolean ending;

  /** Not all of it was taken by the socket. */
  private boolean pending;

  private final ByteBuffer probe = ByteBuffer.allocate(1);
  private final ToldReset reset = new ToldReset();
  private long bytesWritten;

  RequestOutput(boolean secure, OriginConnection owner) {
    this.secure = secure;
    this.owner = owner;
  }

  synchronized void secured(TlsLayer by) {
    tls = by;
  }

  /** True once something that was encrypted could not be written. */
  private boolean broken() {
    return tls != null && tls.broken();
  }

  synchronized void begin() {
    if (tls != null) writtenBefore = tls.written();
    state.begins();
    bytesWritten = 0;
    lastChunk = RequestWriter.LAST_CHUNK;
  }

  /** From now on bytes go as they are, and the last of them end this way of the connection. */
  synchronized void raw() {
    state.opens();
  }

  /** The chunks of the current request are going to end with these. */
  synchronized void endsWith(Headers trailers) {
    ByteBuffer bytes = HeadWriter.lastChunk().fields(trailers).end();
    lastChunk = new byte[bytes.remaining()];
    bytes.get(lastChunk);
  }

  /** The request is done with: what comes was not asked for, and nothing of it is kept. */
  synchronized void finish() {
    state.answered();
    lastChunk = RequestWriter.LAST_CHUNK;
    if (output.capacity() > KEPT) output = NOTHING;
  }

  /**
   * Reads, on the I/O thread. No other thread can ask in between, so that what has come before the
   * first byte of a request is told from its answer.
   */
  synchronized int read(IOSession from, ByteBuffer in) throws IOException {
    int n = -1;
    try {
      n = from.read(in);
    } finally {
      if (n != 0) state.hears();
    }
    return n;
  }

  /** How much of the current request the socket has taken. */
  synchronized long bytesWritten() {
    return bytesWritten;
  }

  /** False as long as something that was to be written is not in the socket. */
  synchronized boolean allWritten() {
    return !state.isPutOff() && !output.hasRemaining() && !broken();
  }

  /** True if nothing of the current request has left. */
  synchronized boolean nothingLeft() {
    return bytesWritten == 0 || (tls != null && tls.broken() && tls.written() == writtenBefore);
  }

  /** True if something of the current request may have left. */
  synchronized boolean asked() {
    return state.asked();
  }

  /** What the end that was read is in truth; null: the origin has ended in order. */
  synchronized @Nullable String cut() {
    if (reset.told()) return "the origin reset the connection";
    // Without the end of TLS, it may have been cut (RFC 9112 §9.8).
    boolean whole = !state.asked() || tls == null || tls.endedProperly();
    return whole ? null : "the connection ended without the end of TLS";
  }

  synchronized boolean over() {
    return state.over();
  }

  /** Nothing is written any more; true if nothing of the current request has left. */
  synchronized boolean end() {
    return state.ends();
  }

  /**
   * Writes a part of the request; not before the one before it was written. On an I/O thread, a
   * request without a body may wait for the end of the round.
   *
   * @param head the request's head, or null if it has been written
   * @param last whether the request ends with this part
   * @return false if the socket did not take all
   * @throws IOException if the connection is at its end
   */
  synchronized boolean write(
      @Nullable IOSession to,
      @Nullable ByteBuffer head,
      ByteBuffer part,
      boolean chunked,
      boolean last)
      throws IOException {
    // Once the end is noticed, nobody looks any more at who has begun here.
    if (to == null || state.over()) throw new IOException("not connected");
    session = to;
    // With a body, it could not be sent again.
    ending = state.raw() && last;
    boolean mayWait = last && head != null && !chunked && !part.hasRemaining();
    output = RequestWriter.framed(output, head, part, chunked, last ? lastChunk : null);
    if (mayWait && output.remaining() <= SMALL && Reactor.atEndOfRound(writePutOff)) {
      state.waits();
      return true;
    }
    if (head != null && asksTls() && !owner.input.isClear()) throw new IOException("not clear");
    return flush(to);
  }

  private void writePutOff() {
    boolean lost = false;
    boolean asksTls;
    synchronized (this) {
      if (!state.isPutOff()) return;
      asksTls = asksTls();
    }
    // If it is not clear, it is told of that like of any end.
    if (asksTls && !owner.input.isClear()) return;
    synchronized (this) {
      IOSession to = session;
      if (to == null || !state.waitsNoMore()) return;
      try {
        flush(to);
      } catch (IOException e) {
        lost = bytesWritten == 0;
        if (lost) state.takesBack();
      }
    }
    if (lost) owner.end(null);
  }

  /** True if TLS has to be asked what has come: it is not to be seen at the socket. */
  @GuardedBy("this")
  private boolean asksTls() {
    return secure && state.kept();
  }

  /** The socket takes bytes again; true if all of what was waiting is in it now. */
  synchronized boolean goOn(IOSession to) throws IOException {
    if (pending) return flush(to);
    to.clearEvent(EventMask.WRITE);
    return false;
  }

  /** The same for a socket that has not said so, as it does late (docs/threads.md). */
  synchronized boolean goOn() throws IOException {
    IOSession to = session;
    return pending && to != null && flush(to);
  }

  /** The first byte is about to go out: anything that is here came before it. */
  private void ask(IOSession to) throws IOException {
    if (state.kept() && !secure && to.read(probe.clear()) != 0) state.hears();
    if (!state.asks()) throw new IOException("something came that was not asked for");
  }

  private boolean flush(IOSession to) throws IOException {
    if (!state.asked()) ask(to);
    if (broken()) throw new IOException("nothing can be written any more");
    while (output.hasRemaining()) {
      int n = reset.write(to, output);
      if (n <= 0) break;
      bytesWritten += n;
    }
    boolean done = !output.hasRemaining();
    // Over TLS, what was written has only been encrypted so far.
    if (!done || (secure && !pending)) to.setEvent(EventMask.WRITE);
    else if (pending) to.clearEvent(EventMask.WRITE);
    pending = !done;
    if (done && ending) end(to);
    return done;
  }

  /** Half a close; TLS as it is done here has none, and ends both ways. */
  private void end(IOSession to) throws IOException {
    ending = false;
    if (!secure && to.channel() instanceof SocketChannel channel) channel.shutdownOutput();
    else to.close(CloseMode.GRACEFUL);
  }
}
