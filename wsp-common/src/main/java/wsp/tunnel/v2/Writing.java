package wsp.tunnel.v2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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

  private final Object link;
  private final FrameCarrier carrier;
  private final Sender<O, I> sender;
  private final Streams<O, I> streams;
  private final Link.Owner<O, I> owner;

  @GuardedBy("link")
  private State state = State.IDLE;

  /** How many threads, or calls within each other, run what waited. */
  @GuardedBy("link")
  private int acting;

  /**
   * @param link the lock
   * @param owner hears of streams that are over
   */
  Writing(
      Object link,
      FrameCarrier carrier,
      Sender<O, I> sender,
      Streams<O, I> streams,
      Link.Owner<O, I> owner) {
    this.link = link;
    this.carrier = carrier;
    this.sender = sender;
    this.streams = streams;
    this.owner = owner;
  }

  /** True while the socket takes nothing. */
  boolean waits() {
    synchronized (link) {
      return state == State.WAITING;
    }
  }

  /** Writes what there is to write, for all streams, unless another thread does. */
  void run() {
    while (true) {
      int bytes;
      synchronized (link) {
        if (state != State.IDLE || streams.closed() || acting > MAX_ACTING) return;
        bytes = sender.next();
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
      for (LinkStream<O, I> s : sender.fill(batch)) {
        actions.addAll(s.out.takeActions());
        if (streams.isOver(s)) over.add(s);
      }
    }
    carrier.sendFrames(batch.flip());
    boolean waits = carrier.congested();
    synchronized (link) {
      state = waits ? State.WAITING : State.IDLE;
    }
    over.forEach(owner::ended);
    if (!actions.isEmpty()) act(actions);
    if (waits) carrier.whenWritten(this::written);
  }

  /** Runs what waited, which may well have more to write. */
  private void act(List<Runnable> actions) {
    synchronized (link) {
      acting++;
    }
    actions.forEach(Runnable::run);
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
