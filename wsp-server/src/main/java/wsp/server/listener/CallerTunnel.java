package wsp.server.listener;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A caller's connection after an upgrade or a CONNECT: bytes as they are, both ways, each of which
 * ends by itself (RFC 9110 §7.8, §9.3.6). It serves no other request, and has no limits but that of
 * a caller that takes nothing, and one for the time when a single way is open: of an end that has
 * gone, without a word or with a reset behind its end, nobody hears any more then.
 *
 * <p>What comes is read on the selector thread; {@code this} guards what the writing thread touches
 * as well. Bytes that come during a pause are one read at most, since reading pauses with them.
 */
final class CallerTunnel implements WireReader {
  private static final Logger LOG = LoggerFactory.getLogger(CallerTunnel.class);

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private enum Input {
    OPEN,
    /** The caller sends no more; told after what waits. */
    ENDS,
    ENDED
  }

  private final Wire wire;
  private final long halfCloseNanos;
  private final Runnable onGone;

  @GuardedBy("this")
  private final Backlog backlog = new Backlog();

  @GuardedBy("this")
  private Caller.@Nullable BodySink to;

  @GuardedBy("this")
  private boolean paused;

  @GuardedBy("this")
  private Input input = Input.OPEN;

  @GuardedBy("this")
  private boolean outputEnded;

  /** Something has gone either way since the last look; the head that opens it has. */
  private volatile boolean moved = true;

  /** Since when nothing has; for the thread that looks after connections. */
  private long stillSince;

  /**
   * @param halfClose how long nothing may go either way once one has ended
   * @param onGone runs when the connection ends before both ways did
   */
  CallerTunnel(Wire wire, Duration halfClose, Runnable onGone) {
    this.wire = wire;
    this.halfCloseNanos = halfClose.toNanos();
    this.onGone = onGone;
  }

  /** From here on bytes go both ways, those that came behind the request and this head first. */
  void open(CallerConnection before, ByteBuffer head) {
    // First, since the caller may answer the head at once.
    wire.tcp.onSelector(() -> takeOver(before.takeBacklog()));
    wire.tcp.keepAlive();
    wire.write(head);
  }

  private void takeOver(@Nullable ByteBuffer early) {
    wire.reader = this;
    if (early == null) return;
    read(early);
    Wire.giveBack(early);
  }

  void readBody(Caller.BodySink sink) {
    synchronized (this) {
      to = sink;
      paused = false;
    }
    wire.tcp.onSelector(this::goOn);
  }

  synchronized void pause() {
    paused = true;
  }

  void resume() {
    synchronized (this) {
      if (!paused) return;
      paused = false;
    }
    wire.tcp.onSelector(this::goOn);
  }

  // ---- from the caller, on the selector thread

  @Override
  public void read(ByteBuffer in) {
    if (!in.hasRemaining()) return;
    moved = true;
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
      if (input == Input.OPEN) input = Input.ENDS;
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
      if (input == Input.OPEN && backlog.isEmpty() && !paused && wire.readingPaused())
        wire.resumeReading();
    }
  }

  private void tellEnd(Caller.BodySink sink) {
    boolean both;
    synchronized (this) {
      if (input != Input.ENDS || paused || !backlog.isEmpty()) return;
      input = Input.ENDED;
      both = outputEnded;
    }
    sink.onBody(NOTHING.duplicate(), true);
    if (both) wire.closing.whenWritten();
  }

  private void account() {
    int waiting;
    synchronized (this) {
      waiting = backlog.size();
    }
    wire.holding.input(waiting, false);
  }

  @Override
  public void closed() {
    boolean whole;
    synchronized (this) {
      whole = input == Input.ENDED && outputEnded;
      backlog.drop();
      to = null;
    }
    if (!whole) onGone.run();
  }

  @Override
  public void sweep(long now) {
    boolean half;
    synchronized (this) {
      half = (input == Input.ENDED) != outputEnded;
    }
    // What waits for the caller has a limit of its own.
    boolean still = half && !moved && wire.pending() == 0;
    moved = false;
    if (!still) stillSince = now;
    else if (now - stillSince > halfCloseNanos) leftBehind();
  }

  @Override
  public synchronized boolean isUnread() {
    return input != Input.OPEN || wire.readingPaused();
  }

  private void leftBehind() {
    LOG.debug("cutting {}: nothing has gone since one way ended (halfclosetimeout)", wire.remote());
    wire.abort();
  }

  // ---- to the caller

  /** Bytes for the caller; behind the last it gets an end, and may go on by itself. */
  void write(ByteBuffer bytes, boolean last) {
    moved = true;
    wire.write(bytes);
    if (last) endOutput();
  }

  private void endOutput() {
    boolean both;
    synchronized (this) {
      outputEnded = true;
      both = input == Input.ENDED;
    }
    wire.closing.outputOnly();
    if (both) wire.closing.whenWritten();
  }
}
