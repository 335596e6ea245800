package wsp.tls;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine of TLS that gives a connection up whose other end says too much beside its data: of
 * requests for new keys, or for new handshakes (RFC 8446 §4.6.3), the answers pile up where the
 * other end does not read them. Of tickets (§4.6.1) the JDK keeps each one, a session of its own,
 * for as long as the connection lives: where they are many, its context keeps no more, of any
 * connection, so that one which lives for years may get them all the time. Safe for all threads.
 */
final class LimitedEngine extends ForwardingEngine {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedEngine.class);

  /** Records after the handshake that carry nothing: nobody needs so many at once. */
  static final int MOST = 1000;

  /** One of them is forgotten after so long. */
  static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Of a context whose sessions live for longer than a ticket may, the JDK keeps no tickets. */
  static final int NO_TICKETS = (int) TimeUnit.DAYS.toSeconds(7) + 1;

  /** Bytes of such records of TLS 1.3, in which there may be tickets, that a connection keeps. */
  static final int MOST_BYTES = 16 * 1024;

  /** Before it, they come within handshakes. */
  private static final String TICKETS_COME = "TLSv1.3";

  /** A shorter record has no ticket. */
  private static final int TICKET = 40;

  /** Nor has such a one that is to be answered: it asks for new keys. */
  private static final int NEW_KEYS = 44;

  /** Counted for each record that may have one: some 1.5 KB are kept, however short it is. */
  private static final int LEAST = 128;

  private final SSLSessionContext sessions;
  private final LongSupplier nanoTime;
  private volatile boolean established;

  /** Of those who write, one at a time. */
  private final Count records = new Count();

  // Of those who read, one at a time.
  private final Count empty = new Count();
  private int tickets;

  /** {@code sessions} are those that the engine keeps as a client. */
  LimitedEngine(SSLEngine inner, SSLSessionContext sessions, LongSupplier nanoTime) {
    super(inner);
    this.sessions = sessions;
    this.nanoTime = nanoTime;
  }

  /** Records that carry nothing, as far as they are not forgotten. */
  private static final class Count {
    private int count;
    private long since;

    /** One more; false if those are too many. */
    boolean add(long now) {
      if (count == 0) since = now;
      int forgotten = (int) Math.min(count, (now - since) / EACH_NANOS);
      count -= forgotten;
      since += forgotten * EACH_NANOS;
      return ++count <= MOST;
    }

    /** One with data has come. */
    void lessen() {
      if (count > 0) count--;
    }
  }

  /** A context of such engines. */
  static SSLContext context(SSLContext inner) {
    return new EngineContext(
        inner,
        (host, port) -> {
          SSLEngine engine = inner.createSSLEngine(host, port);
          return new LimitedEngine(
              new ForgivingEngine(engine), inner.getClientSessionContext(), System::nanoTime);
        });
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
      throws SSLException {
    SSLEngineResult result = super.wrap(from, offset, length, to);
    boolean none = result.bytesConsumed() == 0 && result.bytesProduced() > 0;
    if (established && none && !records.add(nanoTime.getAsLong()))
      throw new SSLException("the other end asks for new keys too often");
    return finished(result);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    SSLEngineResult result = super.unwrap(from, to, offset, length);
    if (result.bytesProduced() > 0) {
      empty.lessen();
    } else if (established && result.bytesConsumed() > 0) {
      saysNothing(result.bytesConsumed(), result.getHandshakeStatus());
    }
    return finished(result);
  }

  private void saysNothing(int bytes, HandshakeStatus next) throws SSLException {
    boolean none = bytes < (next == HandshakeStatus.NEED_WRAP ? NEW_KEYS : TICKET);
    boolean come = getUseClientMode() && getSession().getProtocol().equals(TICKETS_COME);
    if (!none && come && tickets <= MOST_BYTES) ticket(bytes);
    else if (!empty.add(nanoTime.getAsLong()))
      throw new SSLException("the other end sends too much that carries nothing");
  }

  private void ticket(int bytes) {
    tickets += Math.max(LEAST, bytes);
    if (tickets <= MOST_BYTES || sessions.getSessionTimeout() == NO_TICKETS) return;
    sessions.setSessionTimeout(NO_TICKETS);
    LOG.info("{} sends many tickets of TLS: sessions are no longer resumed by them", getPeerHost());
  }

  private SSLEngineResult finished(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) established = true;
    return result;
  }
}
