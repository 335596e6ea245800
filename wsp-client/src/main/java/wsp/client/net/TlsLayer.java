package wsp.client.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.Host;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.SSLIOSession;
import org.apache.hc.core5.reactor.ssl.SSLMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import wsp.tls.TlsFiles;

/**
 * TLS on a TCP connection, as its client: the events of the one become those of the other. It is
 * HttpCore's, on a connection that is read to its end whatever the writing says. On the
 * connection's I/O thread, but for the questions about it.
 */
public final class TlsLayer implements IOEventHandler {
  /** Reads in a row that {@link #readNow} makes: an origin may send as fast as it is read. */
  private static final int READS = 8;

  private final LastingSession tcp;
  private final SSLIOSession session;
  private final IOEventHandler events;
  private volatile @Nullable SSLEngine engine;

  TlsLayer(IOSession tcp, TlsFiles tls, Host host, Duration handshakeTimeout) {
    this.tcp = new LastingSession(tcp);
    this.session =
        new SSLIOSession(
            host,
            this.tcp,
            SSLMode.CLIENT,
            tls.context(),
            SSLBufferMode.DYNAMIC,
            (e, created) -> {
              tls.configure(created);
              engine = created;
            },
            null,
            Timeout.ofMilliseconds(Math.max(1, handshakeTimeout.toMillis())),
            null,
            null,
            null) {
          @Override
          public void close(CloseMode how) {
            super.close(how);
            if (how == CloseMode.GRACEFUL && TlsLayer.this.tcp.isOpen())
              Farewells.OF_PROCESS.add(TlsLayer.this.tcp);
          }
        };
    this.events = session.getHandler();
  }

  /** True if the other end has said that it sends no more, as TLS has it (RFC 8446 §6.1). */
  public boolean endedProperly() {
    SSLEngine e = engine;
    return e != null && e.isInboundDone();
  }

  /** True once something could not be written: nothing that is written arrives any more. */
  public boolean broken() {
    return tcp.broken();
  }

  /** How many bytes of TLS the socket has taken. */
  public long written() {
    return tcp.written();
  }

  /** True if what has arrived ends in the middle of a record. */
  public boolean hasHalfRecord() {
    return !tcp.betweenRecords();
  }

  /** Reads what has arrived, as if an event had told of it; on the I/O thread. */
  public void readNow() throws IOException {
    long before;
    int reads = 0;
    do {
      before = tcp.bytesRead();
      events.inputReady(session, null);
    } while (tcp.bytesRead() > before && session.isOpen() && ++reads < READS);
  }

  @Override
  public void connected(IOSession s) throws IOException {
    events.connected(session);
  }

  @Override
  public void inputReady(IOSession s, @Nullable ByteBuffer none) throws IOException {
    events.inputReady(session, null);
  }

  @Override
  public void outputReady(IOSession s) throws IOException {
    events.outputReady(session);
  }

  @Override
  public void timeout(IOSession s, Timeout timeout) throws IOException {
    events.timeout(session, timeout);
  }

  @Override
  public void exception(IOSession s, Exception cause) {
    events.exception(session, cause);
  }

  @Override
  public void disconnected(IOSession s) {
    var unused = Farewells.OF_PROCESS.remove(tcp);
    events.disconnected(session);
  }
}
