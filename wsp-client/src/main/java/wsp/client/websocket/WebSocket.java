package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressText;
import wsp.process.Safely;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameCarrier;
import wsp.websocket.FrameWriter;
import wsp.websocket.ProtocolViolationException;

/**
 * One open WebSocket to a server.
 *
 * <p>Reading: one event (a piece of a message) comes for each {@link #request}; control frames are
 * dealt with here. Nothing is read ahead of that but one buffer, so the server is held up by an
 * origin that takes nothing. Writing never blocks, and holds a text message back until what belongs
 * to it can leave in the same write.
 *
 * <p>All methods may be called from any thread.
 */
public final class WebSocket implements FrameCarrier {
  private final IOSession session;
  private final WebSocketListener listener;
  private final InQueue in;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Runnable goOn = this::goOn;

  // Guarded by this.
  private final OutQueue out;
  private final OutFrames frames;

  WebSocket(IOSession session, boolean secure, WebSocketListener listener) {
    this.session = session;
    this.listener = listener;
    this.out = new OutQueue(secure);
    this.frames = new OutFrames(out);
    this.in = new InQueue(session, secure, this, new Events(this, listener));
  }

  /** Address and port at the other end, a proxy's if there is one; empty if it is gone. */
  public String remote() {
    return AddressText.withPort(session.getRemoteAddress());
  }

  /** True once nothing more is to be read or told. */
  boolean ended() {
    return ended.get();
  }

  /** Asks for one more event. */
  public void request() {
    in.request();
  }

  /** The socket has something, perhaps this; on the I/O thread. */
  void inputReady(@Nullable ByteBuffer decrypted) {
    in.ready(decrypted);
  }

  /** Sends a text message. */
  public void text(String message) {
    synchronized (this) {
      if (ended()) return;
      out.add(frames.text(message));
    }
    write();
  }

  /**
   * Sends a piece of a binary message, which is not needed any more when this returns. Small pieces
   * may wait for the end of the I/O thread's round of events, and leave together.
   *
   * @param text a message that goes before it in the same write, or null
   * @param last true for the piece that ends the message
   * @param then is run when everything has been written, if that is not at once
   * @return true if everything was written at once, or will be when this I/O thread has seen to
   *     what else there is
   */
  public boolean send(@Nullable String text, ByteBuffer piece, boolean last, Runnable then) {
    String broken;
    synchronized (this) {
      if (ended()) return false;
      if (out.addPutOff(frames.data(text, piece, last), goOn) || flushed()) return true;
      out.then(then);
      broken = out.broken();
    }
    endIf(broken);
    return false;
  }

  /** Writes the frames of {@link #sendFrames}; for one sender. */
  public static FrameWriter frameWriter() {
    return FrameWriter.ofClient(Masks::next);
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return OutQueue.POOL.take(bytes);
  }

  @Override
  public void sendFrames(ByteBuffer whole) {
    synchronized (this) {
      if (ended()) {
        OutQueue.POOL.give(whole);
        return;
      }
      if (out.addPutOff(whole, goOn)) return;
    }
    write();
  }

  @Override
  public synchronized boolean congested() {
    return out.waitsForSocket();
  }

  /** Never runs the action once this has ended. */
  @Override
  public void whenWritten(Runnable action) {
    synchronized (this) {
      if (ended()) return;
      if (out.waitsForSocket()) {
        out.then(action);
        return;
      }
    }
    action.run();
  }

  /** Sends a ping, if nothing waits for the socket: what waits shows as well whether it moves. */
  public void ping() {
    writeIf(frames::ping);
  }

  /** Answers a ping; while others wait, the last one only (RFC 6455 §5.5.3). */
  void pong(ByteBuffer payload) {
    writeIf(() -> frames.pong(payload));
  }

  /** Sends a close frame behind all else; what comes is read on, up to the server's. */
  @Override
  public void close(int code, String reason) {
    writeIf(() -> frames.close(code, reason));
  }

  private void writeIf(BooleanSupplier added) {
    synchronized (this) {
      if (!added.getAsBoolean()) return;
    }
    write();
  }

  private void write() {
    String broken;
    synchronized (this) {
      if (ended() || flushed()) return;
      broken = out.broken();
    }
    endIf(broken);
  }

  /** True if all is written, on whichever thread: what waits for that is run by {@link #goOn}. */
  private boolean flushed() {
    return out.flush(session, out.hasActions() || frames.owesPong());
  }

  /** The server may have said why before it closed: that is read first. */
  private void endIf(@Nullable String broken) {
    if (broken != null) in.endsWith(broken);
  }

  /** The input has more than fits into this turn. */
  synchronized void awaitTurn() {
    if (!ended()) out.awaitTurn(session);
  }

  /** The socket takes more; on its I/O thread. */
  void outputReady() {
    boolean turn;
    synchronized (this) {
      turn = out.takeTurn();
    }
    goOn();
    if (turn) in.turn();
  }

  /** The socket takes more, or may do, or the end of a round is there. */
  private void goOn() {
    List<Runnable> actions = List.of();
    boolean late = false;
    String broken;
    synchronized (this) {
      if (ended()) return;
      if (out.flush(session, false)) {
        actions = out.takeActions();
        late = frames.latePong();
      }
      broken = out.broken();
    }
    if (late) write();
    boolean whole = Safely.each(actions, Runnable::run);
    endIf(broken);
    // What waited for that would wait for ever.
    if (!whole) failed("an error in this client, which its log has");
  }

  /**
   * For a timer: true if what waited for the socket at the last call waits there still. It is tried
   * first: sockets tell late of room (docs/threads.md).
   */
  public boolean stuck() {
    if (congested()) goOn();
    synchronized (this) {
      return out.stuck();
    }
  }

  /** For a timer: true if something waits for the socket, and less than at the last call. */
  public boolean leaves() {
    return !stuck() && congested();
  }

  /** The server closes: its frame is answered, and that is all. */
  void closedByServer(ClosePayload why) {
    close(why.code(), "");
    if (end(gentle())) listener.onClose(why.code(), why.reason());
  }

  /** Tells the server what it did wrong, as far as it listens, and breaks off. */
  void violated(ProtocolViolationException e) {
    close(e.closeCode(), "");
    failed("protocol error: " + e.getMessage());
  }

  /** The connection has ended behind what has come; on its I/O thread. */
  void lost(String why) {
    in.settle();
    failed(why);
  }

  /** The listener hears of it, unless it knows already that this is over. */
  void failed(String why) {
    if (end(CloseMode.IMMEDIATE)) listener.onFailure(why);
  }

  /** Cuts the connection at once; the listener hears nothing more. */
  public void abort() {
    var unused = end(CloseMode.IMMEDIATE);
  }

  /**
   * Sends a close frame that says why, and ends the connection, be it in the middle of a message,
   * which no server takes for whole then. Unlike {@link #abort}, this lets what was sent before
   * arrive: the server of a slow caller may have most of it to read still.
   */
  public void cut(int code, String reason) {
    close(code, reason);
    var unused = end(gentle());
  }

  /** How to end so that all that was sent arrives, as far as it can. */
  private synchronized CloseMode gentle() {
    return out.isEmpty() ? CloseMode.GRACEFUL : CloseMode.IMMEDIATE;
  }

  /** False if this has ended already. */
  private boolean end(CloseMode how) {
    if (!ended.compareAndSet(false, true)) return false;
    synchronized (this) {
      out.drop();
    }
    session.close(how);
    return true;
  }
}
