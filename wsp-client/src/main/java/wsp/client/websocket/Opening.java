package wsp.client.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.EnvelopeException;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.ResponseHead;
import wsp.process.LastResort;

/**
 * The events of one connection to a server: those of its opening, and then its WebSocket's. On the
 * connection's I/O thread.
 */
final class Opening implements IOEventHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_FIELDS = 1000;
  private static final int MOST_INTERIM = 20;

  /** For the text of an answer that refuses. */
  private static final Timeout REST = Timeout.ofSeconds(1);

  private final DialRequest dial;
  private final Ground ground;
  private final Handshake handshake;
  private final AtomicBoolean over = new AtomicBoolean();
  private final HeadReader<ResponseHead> heads = HeadReader.ofResponses(MAX_HEAD, MAX_FIELDS);

  /** Stands between here and the handshake still. */
  private @Nullable Proxy proxy;

  private ByteBuffer request = ByteBuffer.allocate(0);
  private int interim;

  /** An answer that refuses, while the rest of its text is awaited. */
  private @Nullable Refusal refusal;

  private volatile @Nullable WebSocket socket;

  Opening(DialRequest dial, Ground ground) {
    this.dial = dial;
    this.proxy = dial.proxy();
    this.ground = ground;
    this.handshake = new Handshake(dial.target().url(), dial.fields());
  }

  /** The TCP connection is there, before {@link #connected}. */
  void tcpConnected(IOSession session) {
    ground.is(session);
    if (proxy == null) ground.startTls();
  }

  /** Bytes may be exchanged, with the proxy or with the server. */
  @Override
  public void connected(IOSession session) throws IOException {
    ground.limit();
    request = proxy != null ? proxy.request(dial.target()) : handshake.request();
    write(session);
  }

  private void write(IOSession session) {
    try {
      session.write(request);
    } catch (IOException e) {
      // What it said before it closed is there to be read, and its end behind that.
      LOG.debug("cannot write to {} any more, reading on: {}", dial.target().host(), e.toString());
      request.position(request.limit());
    }
    // Over TLS, what was written has only been encrypted so far.
    if (request.hasRemaining() || ground.secure()) session.setEvent(EventMask.WRITE);
  }

  @Override
  public void outputReady(IOSession session) throws IOException {
    WebSocket open = socket;
    if (open != null) {
      open.outputReady();
    } else if (request.hasRemaining()) {
      write(session);
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
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      // Whatever else it is, the I/O thread and the other connections on it live on.
      LOG.error("reading from {} failed:", dial.target().host(), e);
      end(session, new IOException("internal error"));
    }
  }

  private void answer(IOSession session, @Nullable ByteBuffer decrypted) throws IOException {
    ByteBuffer in = decrypted;
    if (in == null) {
      in = ByteBuffer.allocate(1024);
      int n = session.read(in);
      if (n < 0) {
        disconnected(session);
        return;
      }
      in.flip();
    }
    if (ground.isLate()) {
      end(session, WebSocketDialer.timedOut());
      return;
    }
    if (refusal != null) {
      refused(session, refusal, in);
      return;
    }
    try {
      ResponseHead head = finalHead(in);
      if (head != null) answered(session, head, in);
    } catch (MessageException e) {
      end(session, new IOException("the answer cannot be read: " + e.getMessage()));
    } catch (Handshake.RefusedException e) {
      if (e.status == 0) end(session, e);
      else refused(session, new Refusal(e), in);
    }
  }

  /** A head that is no interim one (RFC 9110 §15.2); null as long as none is. */
  private @Nullable ResponseHead finalHead(ByteBuffer in)
      throws MessageException, Handshake.RefusedException {
    ResponseHead head = heads.read(in);
    while (head != null && head.status() < 200 && head.status() != 101) {
      if (++interim > MOST_INTERIM)
        throw new Handshake.RefusedException(0, "too many interim answers");
      head = heads.read(in);
    }
    return head;
  }

  /** The reason often comes behind the head, at once or a little later. */
  private void refused(IOSession session, Refusal by, ByteBuffer text) {
    boolean begins = refusal == null;
    refusal = by;
    if (by.add(text)) end(session, by.cause);
    else if (begins) ground.limit(REST);
  }

  private void answered(IOSession session, ResponseHead head, ByteBuffer rest)
      throws Handshake.RefusedException, IOException {
    if (proxy == null) {
      handshake.check(head);
      open(session, chosen(head), rest);
      return;
    }
    int status = head.status();
    if (status / 100 != 2)
      throw new Handshake.RefusedException(status, "it answers " + status, head.fields());
    if (rest.hasRemaining()) throw new Handshake.RefusedException(0, "it speaks first");
    proxy = null;
    if (!ground.startTls()) connected(session);
  }

  private WebSocketListener chosen(ResponseHead head) throws Handshake.RefusedException {
    try {
      return dial.choice().of(head.fields());
    } catch (EnvelopeException e) {
      throw new Handshake.RefusedException(head.status(), String.valueOf(e.getMessage()));
    }
  }

  private void open(IOSession session, WebSocketListener listener, ByteBuffer rest) {
    ground.limit(Timeout.DISABLED);
    session.clearEvent(EventMask.WRITE);
    if (!over.compareAndSet(false, true)) return;
    WebSocket opened = new WebSocket(session, ground.secure(), listener);
    socket = opened;
    listener.onOpen(opened);
    opened.inputReady(rest);
  }

  private void end(IOSession session, Exception cause) {
    WebSocket open = socket;
    if (open != null) {
      open.lost("connection lost: " + cause.getMessage());
    } else if (over.compareAndSet(false, true)) {
      session.close(CloseMode.IMMEDIATE);
      boolean atProxy = proxy != null;
      Refusal told = refusal;
      dial.failed()
          .accept(
              told != null ? told.failure(atProxy) : new DialFailure(atProxy, 0, "", "", cause));
    }
  }

  @Override
  public void exception(IOSession session, Exception cause) {
    end(session, cause);
  }

  @Override
  public void disconnected(IOSession session) {
    end(
        session,
        heads.begun()
            ? new IOException("what answers there is no HTTP, or breaks off in its answer")
            : new EOFException("it closed the connection"));
  }

  @Override
  public void timeout(IOSession session, Timeout timeout) {
    end(session, WebSocketDialer.timedOut());
    session.close(CloseMode.IMMEDIATE);
  }
}
