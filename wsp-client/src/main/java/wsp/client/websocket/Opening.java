package wsp.client.websocket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.net.Reactor;
import wsp.tls.TlsFiles;

/**
 * The events of one connection to a server: those of its opening, and then its WebSocket's. On the
 * connection's I/O thread.
 */
final class Opening implements IOEventHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final int MAX_HEAD = 16 * 1024;

  private final URI target;
  private final Handshake handshake;
  private final int maxText;
  private final WebSocketListener listener;
  private final Consumer<Exception> failed;
  private final AtomicBoolean over = new AtomicBoolean();
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(256);
  private ByteBuffer request = ByteBuffer.allocate(0);
  private boolean tlsExpected;
  private volatile @Nullable WebSocket socket;

  /**
   * @param failed is told, once, if there never will be a WebSocket
   */
  Opening(
      URI target,
      Handshake handshake,
      int maxText,
      WebSocketListener listener,
      Consumer<Exception> failed) {
    this.target = target;
    this.handshake = handshake;
    this.maxText = maxText;
    this.listener = listener;
    this.failed = failed;
  }

  /**
   * The TCP connection is there, before {@link #connected}.
   *
   * @param tls null for none
   * @param limit for all that is left to do
   */
  void tcpConnected(IOSession session, @Nullable TlsFiles tls, Duration limit) {
    session.setSocketTimeout(Timeout.ofMilliseconds(limit.toMillis()));
    if (tls == null) return;
    tlsExpected = true;
    Reactor.startTls(session, tls, target.getHost(), WebSocketDialer.port(target), limit);
  }

  @Override
  public void connected(IOSession session) throws IOException {
    request = handshake.request();
    write(session);
  }

  private void write(IOSession session) throws IOException {
    session.write(request);
    // Over TLS, what was written has only been encrypted so far.
    if (request.hasRemaining() || tlsExpected) session.setEvent(EventMask.WRITE);
  }

  @Override
  public void outputReady(IOSession session) throws IOException {
    WebSocket open = socket;
    if (open != null) {
      open.outputReady();
    } else if (request.hasRemaining()) {
      session.write(request);
    } else {
      session.clearEvent(EventMask.WRITE);
    }
  }

  @Override
  public void inputReady(IOSession session, @Nullable ByteBuffer decrypted) throws IOException {
    try {
      WebSocket open = socket;
      if (open != null) open.inputReady(decrypted);
      else answer(session, decrypted);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Whatever else it is, the I/O thread and the other connections on it live on.
      LOG.error("reading from {} failed:", target.getHost(), e);
      end(session, new IOException("internal error"));
    }
  }

  private void answer(IOSession session, @Nullable ByteBuffer decrypted) throws IOException {
    ByteBuffer in = decrypted;
    if (in == null) {
      in = ByteBuffer.allocate(1024);
      int n = session.read(in);
      if (n < 0) {
        end(session, new EOFException("the server closed the connection"));
        return;
      }
      in.flip();
    }
    while (in.hasRemaining() && !headIsWhole()) head.write(in.get());
    try {
      if (headIsWhole()) open(session, in);
      else if (head.size() > MAX_HEAD)
        throw new Handshake.RefusedException(0, "its head is too long");
    } catch (Handshake.RefusedException e) {
      end(session, e);
    }
  }

  private boolean headIsWhole() {
    byte[] bytes = head.toByteArray();
    int n = bytes.length;
    return n >= 4 && bytes[n - 1] == '\n' && bytes[n - 2] == '\r' && bytes[n - 3] == '\n';
  }

  private void open(IOSession session, ByteBuffer rest) throws Handshake.RefusedException {
    handshake.check(head.toString(StandardCharsets.ISO_8859_1));
    session.setSocketTimeout(Timeout.DISABLED);
    session.clearEvent(EventMask.WRITE);
    WebSocket opened = new WebSocket(session, tlsExpected, maxText, listener);
    if (!over.compareAndSet(false, true)) return;
    socket = opened;
    listener.onOpen(opened);
    opened.inputReady(rest);
  }

  private void end(IOSession session, Exception cause) {
    WebSocket open = socket;
    if (open != null) {
      open.failed("connection lost: " + cause.getMessage());
    } else if (over.compareAndSet(false, true)) {
      session.close(CloseMode.IMMEDIATE);
      failed.accept(cause);
    }
  }

  @Override
  public void exception(IOSession session, Exception cause) {
    end(session, cause);
  }

  @Override
  public void disconnected(IOSession session) {
    end(session, new EOFException("closed"));
  }

  @Override
  public void timeout(IOSession session, Timeout timeout) {
    end(session, WebSocketDialer.timedOut());
  }
}
