package wsp.server.listener;

import jakarta.websocket.CloseReason;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.tyrus.spi.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.limit.Budget;
import wsp.websocket.Opcodes;
import wsp.websocket.ProtocolViolationException;

/**
 * One WebSocket. Tyrus has the handshake, the closing handshake and text messages that are not
 * simple; the rest goes past it, see {@link FrameUnmasker} and {@link OutFrames}. It sends close
 * frames only. Reading runs on the selector thread; sends come from any thread.
 */
final class TyrusSocket implements WebSocketConnection, WireReader, FrameUnmasker.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(TyrusSocket.class);

  /** Of the first byte of a frame. */
  private static final int OPCODE = 0x0f;

  private final Wire wire;
  private final FrameUnmasker unmasker = new FrameUnmasker();
  private final OutFrames out;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long lastHeard = System.nanoTime();
  private volatile @Nullable String closeReason;
  private volatile boolean closing;
  private volatile int lostWith;
  private @Nullable Session session;
  private @Nullable Connection connection;
  private @Nullable Listener listener;

  TyrusSocket(Wire wire) {
    this.wire = wire;
    this.out = new OutFrames(wire);
    wire.readsOn();
  }

  void open(Connection tyrus, RequestListener.Welcome welcome) {
    connection = tyrus;
    listener = welcome.onConnected().apply(this);
  }

  void onOpen(Session opened) {
    session = opened;
    opened.setMaxIdleTimeout(-1);
    opened.addMessageHandler(String.class, (MessageHandler.Partial<String>) this::text);
  }

  @Override
  public void text(String part, boolean last) {
    Listener to = listener;
    if (to != null && !closed.get()) to.onText(part, last);
  }

  @Override
  public void frame(ByteBuffer frame) {
    Connection tyrus = connection;
    // What came behind a close frame is none of Tyrus's business, which would complain.
    if (tyrus == null || closed.get()) return;
    Listener to = listener;
    boolean closes = (frame.get(frame.position()) & OPCODE) == Opcodes.CLOSE;
    if (closes && to != null) to.onClosing();
    tyrus.getReadHandler().handle(frame);
  }

  @Override
  public void control(int opcode, ByteBuffer payload) {
    if (opcode == Opcodes.PING) out.pong(payload);
  }

  @Override
  public void binary(ByteBuffer piece, boolean last) {
    Listener to = listener;
    if (to != null && !closed.get()) to.onBinary(piece, last);
  }

  void onClose(CloseReason reason) {
    int code = reason.getCloseCode().getCode();
    String phrase = reason.getReasonPhrase();
    String why = phrase == null || phrase.isEmpty() ? "" : ": " + phrase;
    ended("closed with " + code + why, closing ? 0 : code);
  }

  void onError(Throwable error) {
    Strangers.LINES.warn(
        LOG, remote(), "connection from {} failed: {}", remote(), error.toString());
    close(1011, "internal error");
  }

  @Override
  public void read(ByteBuffer in) {
    lastHeard = System.nanoTime();
    Connection tyrus = connection;
    if (tyrus == null || closed.get()) return;
    try {
      unmasker.decode(in, this);
    } catch (ProtocolViolationException e) {
      String what = String.valueOf(e.getMessage());
      closeReason = "protocol error: " + what;
      close(e.closeCode(), what);
    }
    if (!closed.get()) out.answerPings();
    Listener to = listener;
    if (to != null && !closed.get()) to.onReadComplete();
  }

  @Override
  public void closed() {
    ended("connection lost", lostWith);
    Connection tyrus = connection;
    if (tyrus != null) tyrus.close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, null));
  }

  private void ended(String reason, int code) {
    if (!closed.compareAndSet(false, true)) return;
    Listener to = listener;
    String why = closeReason;
    if (to != null) to.onClosed(why == null ? reason : why, code);
  }

  /** If it has spoken since, its end is told as that. */
  @Override
  public void takesNothing(long now) {
    if (now - lastHeard < wire.blockedFor(now)) lostWith = Listener.TAKES_NOTHING;
  }

  @Override
  public void send(String text, ByteBuffer firstPart, boolean last) {
    out.textAndBinary(text, firstPart, last);
  }

  @Override
  public void sendBinary(ByteBuffer part, boolean last) {
    out.binary(part, last);
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return Wire.buffer(bytes);
  }

  @Override
  public void sendFrames(ByteBuffer frames) {
    wire.write(frames, true);
  }

  @Override
  public void known(Budget links) {
    wire.holding.known(links);
  }

  @Override
  public void ping() {
    if (!closed.get()) out.ping();
  }

  @Override
  public boolean congested() {
    return wire.congested();
  }

  @Override
  public void whenWritten(Runnable action) {
    wire.whenWritten(action);
  }

  @Override
  public void pauseReading() {
    wire.pauseReading();
  }

  @Override
  public void resumeReading() {
    lastHeard = System.nanoTime();
    wire.resumeReading();
  }

  @Override
  public void afterReading(Runnable action) {
    wire.tcp.afterReading(action);
  }

  @Override
  public boolean isNear() {
    return wire.tcp.isNear();
  }

  @Override
  public boolean readingPaused() {
    return wire.readingPaused();
  }

  @Override
  public long lastHeard() {
    return lastHeard;
  }

  @Override
  public boolean isOpen() {
    return !closed.get() && wire.isOpen();
  }

  @Override
  public void close(int code, String reason) {
    closing = true;
    Session open = session;
    try {
      if (open != null && open.isOpen())
        open.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
    } catch (IOException | RuntimeException e) {
      LOG.debug("closing the connection from {}: {}", remote(), e.toString());
    }
    wire.closing.soon();
    ended("closed by this side: " + reason, 0);
  }

  @Override
  public void abort() {
    wire.abort();
    ended("cut by this side", 0);
  }

  @Override
  public String remote() {
    return wire.remote();
  }

  @Override
  public Object network() {
    return wire.tcp.remote.network();
  }
}
