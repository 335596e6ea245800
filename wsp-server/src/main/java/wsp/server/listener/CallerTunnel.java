package wsp.server.listener;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection after an upgrade or a CONNECT: bytes as they are, both ways, each of which
 * ends by itself (RFC 9110 §7.8, §9.3.6). It serves no other request, and has no limit but that of
 * a caller that takes nothing.
 *
 * <p>What comes is read on the selector thread; {@code this} guards what the writing thread touches
 * as well. Bytes that come during a pause are one read at most, since reading pauses with them.
 */
final class CallerTunnel implements Wire.Reader {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Wire wire;
  private final Runnable onGone;

  @GuardedBy("this")
  private final Backlog backlog = new Backlog();

  @GuardedBy("this")
  private Caller.@Nullable BodySink to;

  @GuardedBy("this")
  private boolean paused;

  /** The caller sends no more; told after what waits. */
  @GuardedBy("this")
  private boolean inputEnds;

  @GuardedBy("this")
  private boolean inputTold;

  @GuardedBy("this")
  private boolean outputEnded;

  /**
   * @param onGone runs when the connection ends before both ways did
   */
  CallerTunnel(Wire wire, Runnable onGone) {
    this.wire = wire;
    this.onGone = onGone;
  }

  /** From now on bytes go there. */
  void readBody(Caller.BodySink sink) {
    synchronized (this) {
      to = sink;
      paused = false;
    }
    wire.onSelector(this::goOn);
  }

  synchronized void pause() {
    paused = true;
  }

  void resume() {
    synchronized (this) {
      if (!paused) return;
      paused = false;
    }
    wire.onSelector(this::goOn);
  }

  // ---- from the caller, on the selector thread

  @Override
  public void read(ByteBuffer in) {
    if (!in.hasRemaining()) return;
    Caller.BodySink sink;
    synchronized (this) {
      sink = backlog.isEmpty() && !paused ? to : null;
      if (sink == null) {
        backlog.add(in);
        wire.pauseReading();
      }
    }
    if (sink != null) {
      sink.onBody(in.slice(), false);
      in.position(in.limit());
    }
    account();
  }

  @Override
  public boolean ended() {
    synchronized (this) {
      inputEnds = true;
    }
    goOn();
    return true;
  }

  /** Hands on what waits, and the end behind it. */
  private void goOn() {
    ByteBuffer rest;
    Caller.BodySink sink;
    synchronized (this) {
      sink = to;
      if (sink == null || paused) return;
      rest = backlog.take();
    }
    if (rest != null) {
      sink.onBody(rest, false);
      Wire.giveBack(rest);
      account();
    }
    tellEnd(sink);
    synchronized (this) {
      if (!inputEnds && backlog.isEmpty() && !paused && wire.readingPaused()) wire.resumeReading();
    }
  }

  private void tellEnd(Caller.BodySink sink) {
    boolean both;
    synchronized (this) {
      if (!inputEnds || inputTold || paused || !backlog.isEmpty()) return;
      inputTold = true;
      both = outputEnded;
    }
    sink.onBody(NOTHING.duplicate(), true);
    if (both) wire.leaveWhenWritten();
  }

  private void account() {
    int waiting;
    synchronized (this) {
      waiting = backlog.size();
    }
    wire.holding().input(waiting, false);
  }

  @Override
  public void closed() {
    boolean whole;
    synchronized (this) {
      whole = inputTold && outputEnded;
      backlog.drop();
      to = null;
    }
    if (!whole) onGone.run();
  }

  @Override
  public void sweep(long now) {}

  // ---- to the caller

  /** The last bytes are written: the caller gets an end, and may go on by itself. */
  void endOutput() {
    boolean both;
    synchronized (this) {
      outputEnded = true;
      both = inputTold;
    }
    wire.endOutput();
    if (both) wire.leaveWhenWritten();
  }
}
