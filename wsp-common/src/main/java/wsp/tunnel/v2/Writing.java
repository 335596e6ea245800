package wsp.tunnel.v2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import wsp.process.Safely;
import wsp.websocket.FrameCarrier;

/**
 * Writes to the carrier what the streams of a link have to send: one thread at a time, for all that
 * have something meanwhile. {@code link} guards its state; nothing is called while it is held.
 */
final class Writing<O, I> {
  /** Writing runs those who waited, who write, and so on; beyond this the outermost goes on. */
  private static final int MAX_ACTING = 8;

  private enum State {
    IDLE,
    WRITING,
    /** The socket takes no more. */
    WAITING
  }

  private final Link<O, I> link;
  private final FrameCarrier carrier;

  @GuardedBy("link")
  private State state = State.IDLE;

  /** How many threads, or calls within each other, run what waited. */
  @GuardedBy("link")
  private int acting;

  /** Credit has come, which may let something leave; of the link's thread. */
  private boolean credited;

  Writing(Link<O, I> link, FrameCarrier carrier) {
    this.link = link;
    this.carrier = carrier;
  }

  /** True while the socket takes nothing. */
  boolean waits() {
    synchronized (link) {
      return state == State.WAITING;
    }
  }

  void credited() {
    credited = true;
  }

  /** What arrived together has been taken: what it lets leave does so at once. */
  void onReadComplete() {
    if (!credited) return;
    credited = false;
    run();
  }

  /** Writes what there is to write, for all streams, unless another thread does. */
  void run() {
    while (true) {
      int bytes;
      synchronized (link) {
        if (state != State.IDLE || link.streams.closed() || acting > MAX_ACTING) return;
        bytes = link.sender.next();
        if (bytes == 0) return;
        state = State.WRITING;
      }
      write(bytes);
    }
  }

  private void write(int bytes) {
    ByteBuffer batch = carrier.buffer(bytes);
    List<LinkStream<O, I>> over = new ArrayList<>(0);
    List<Runnable> actions = new ArrayList<>(0);
    synchronized (link) {
      for (LinkStream<O, I> s : link.sender.fill(batch)) {
        actions.addAll(s.out.takeActions());
        if (link.streams.isOver(s)) over.add(s);
      }
    }
    carrier.sendFrames(batch.flip());
    boolean waits = carrier.congested();
    synchronized (link) {
      state = waits ? State.WAITING : State.IDLE;
    }
    // An error of one stream holds up none of the others.
    Safely.each(over, link.owner::ended);
    if (!actions.isEmpty()) act(actions);
    if (waits) carrier.whenWritten(this::written);
  }

  /** Runs what waited, which may well have more to write. */
  private void act(List<Runnable> actions) {
    synchronized (link) {
      acting++;
    }
    Safely.each(actions, Runnable::run);
    synchronized (link) {
      acting--;
    }
  }

  private void written() {
    synchronized (link) {
      if (state != State.WAITING) return;
      state = State.IDLE;
    }
    run();
  }
}
