package wsp.server.listener;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import wsp.limit.Budget;
import wsp.net.ThreadBuffers;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameDecoder;
import wsp.websocket.FrameHeader;
import wsp.websocket.ProtocolViolationException;

/** One WebSocket. Reading runs on the selector thread; sends come from any thread. */
final class WireSocket implements WebSocketConnection, WireReader, FrameDecoder.Sink {
  /** Frames are unmasked where an array has them. */
  private static final ThreadBuffers INPUT = new ThreadBuffers(64 * 1024);

  private final Wire wire;
  private final FrameDecoder decoder = new FrameDecoder(FrameHeader.ofClient());
  private final OutFrames out;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long lastHeard = System.nanoTime();
  private volatile int lostWith;
  private @Nullable Listener listener;

  WireSocket(Wire wire) {
    this.wire = wire;
    this.out = new OutFrames(wire);
    wire.readsOn();
  }

  /** It is open, and this hears of it; null if it is closed. */
  void open(Listener first) {
    listener = first;
  }

  private @Nullable Listener hearer() {
    return closed.get() ? null : listener;
  }

  @Override
  public void read(ByteBuffer in) {
    lastHeard = System.nanoTime();
    ByteBuffer bytes = INPUT.take();
    try {
      while (in.hasRemaining() && !closed.get()) {
        int n = Math.min(in.remaining(), bytes.capacity());
        bytes.clear().limit(n).put(0, in, in.position(), n);
        in.position(in.position() + n);
        while (bytes.hasRemaining()) decoder.decode(bytes, this);
      }
    } catch (ProtocolViolationException e) {
      String what = String.valueOf(e.getMessage());
      end(new ClosePayload(e.closeCode(), what), "protocol error: " + what, 0);
    } finally {
      INPUT.giveBack(bytes);
    }
    if (!closed.get()) out.answerPings();
    Listener to = hearer();
    if (to != null) to.onReadComplete();
  }

  @Override
  public void text(String piece, boolean last) {
    Listener to = hearer();
    if (to != null) to.onText(piece, last);
  }

  @Override
  public void binary(ByteBuffer piece, boolean last) {
    Listener to = hearer();
    if (to != null) to.onBinary(piece, last);
  }

  @Override
  public void ping(ByteBuffer payload) {
    out.pong(payload);
  }

  @Override
  public void close(ClosePayload why) {
    Listener to = hearer();
    if (to != null) to.onClosing();
    String reason = why.reason();
    String told = "closed with " + why.code() + (reason.isEmpty() ? "" : ": " + reason);
    end(why, told, why.code());
  }

  @Override
  public void closed() {
    boolean cut = lostWith == Listener.MAKES_ROOM;
    ended(cut ? "cut for want of memory, see callermemory" : "connection lost", lostWith);
  }

  /** Says so to the client, behind all else, and hears no more; once. */
  private void end(ClosePayload words, String reason, int code) {
    if (!closed.compareAndSet(false, true)) return;
    out.close(words);
    wire.closing.soon();
    tell(reason, code);
  }

  private void ended(String reason, int code) {
    if (closed.compareAndSet(false, true)) tell(reason, code);
  }

  private void tell(String reason, int code) {
    Listener to = listener;
    if (to != null) to.onClosed(reason, code);
  }

  /** If it has spoken since, its end is told as that. */
  @Override
  public void takesNothing(long now) {
    if (now - lastHeard < wire.blockedFor(now)) lostWith = Listener.TAKES_NOTHING;
  }

  @Override
  public void makesRoom() {
    lostWith = Listener.MAKES_ROOM;
  }

  @Override
  public void send(String text, ByteBuffer firstPart, boolean last) {
    out.data(text, firstPart, last);
  }

  @Override
  public void sendBinary(ByteBuffer part, boolean last) {
    out.data(null, part, last);
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
    end(new ClosePayload(code, reason), "closed by this side: " + reason, 0);
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
