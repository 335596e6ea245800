package wsp.tunnel.v2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.process.Safely;
import wsp.tunnel.Reset;
import wsp.tunnel.StreamListener;

/**
 * Tells the listeners of a link's streams what has come, one event after the other for each of
 * them, and keeps what one of them does not take. {@code link} guards all state; no listener is
 * called while it is held.
 */
final class Delivery<O, I> {
  /** The longest piece that waits for others: half of what is told at once. */
  private static final int GATHERED = 8 << 10;

  private static final String FAILED = "an error in this daemon, which its log has";

  private final Link<O, I> link;

  /** Those that have heard something since the last pause; of the link's thread. */
  private final List<LinkStream<O, I>> touched = new ArrayList<>();

  Delivery(Link<O, I> link) {
    this.link = link;
  }

  /** It is about to hear something; on the link's thread. */
  void touch(LinkStream<O, I> s) {
    if (s.touched) return;
    s.touched = true;
    touched.add(s);
  }

  /** What arrived together has been told, but for what is gathered; on the link's thread. */
  void onReadComplete() {
    for (LinkStream<O, I> s : touched) {
      flush(s);
      s.touched = false;
      pause(s);
    }
    touched.clear();
  }

  /**
   * True if a piece of data waits for others that have arrived with it, if any: each that is told
   * is a write to the next hop, however small it is. On the link's thread, with the lock.
   */
  boolean gathers(LinkStream<O, I> s, int bytes) {
    if (!s.touched || bytes > GATHERED) return false;
    s.gathered = true;
    return true;
  }

  /** Tells what was gathered, before something else is told; on the link's thread. */
  void flush(LinkStream<O, I> s) {
    if (!s.gathered) return;
    s.gathered = false;
    // False if its listener takes nothing by now: it is told when it does.
    var unused = deliver(s);
  }

  private void pause(LinkStream<O, I> s) {
    synchronized (link) {
      if (s.over || s.in.delivering) return;
      s.in.delivering = true;
    }
    try {
      s.listener().onPause();
      goOn(s, null);
    } catch (RuntimeException | Error e) {
      failed(s, e);
    }
  }

  void resume(LinkStream<O, I> s) {
    synchronized (link) {
      s.in.paused = false;
    }
    if (deliver(s)) pause(s);
  }

  /** Tells what is held, if it may be told; false if nothing could be. */
  private boolean deliver(LinkStream<O, I> s) {
    synchronized (link) {
      if (s.over || s.in.delivering || s.in.paused || !s.in.holds()) return false;
      s.in.delivering = true;
    }
    run(s, null);
    return true;
  }

  /**
   * Tells a piece, and then what is held, as long as the listener takes it; for the thread that has
   * made {@link Inbox#delivering} true.
   */
  void run(LinkStream<O, I> s, Inbox.@Nullable Piece first) {
    try {
      goOn(s, first);
    } catch (RuntimeException | Error e) {
      failed(s, e);
    }
  }

  /** The same behind the head of an answer. */
  void answered(LinkStream<O, I> s, I head, boolean interim, Inbox.@Nullable Piece first) {
    try {
      if (interim) s.listener().onInterim(head);
      else s.listener().onHead(head);
      goOn(s, first);
    } catch (RuntimeException | Error e) {
      failed(s, e);
    }
  }

  /** The same of a stream that the other side has opened: who hears of it says the owner. */
  void opened(LinkStream<O, I> s, I head, Inbox.@Nullable Piece first) {
    @Nullable StreamListener<O, I> to = link.owner.accept(s, head);
    synchronized (link) {
      // The link may have been closed by another thread, which found nobody to tell.
      if (to == null || s.over) return;
      s.listener(to);
    }
    try {
      to.onOpen(s);
      goOn(s, first);
    } catch (RuntimeException | Error e) {
      failed(s, e);
    }
  }

  /** What its listener did not do, nobody does: so this one ends, and no other. */
  private void failed(LinkStream<O, I> s, Throwable error) {
    Safely.failed(error);
    synchronized (link) {
      s.in.delivering = false;
    }
    Safely.run(() -> link.breakOff(s, Reset.CANCELLED, Reset.LOST, FAILED));
  }

  private void goOn(LinkStream<O, I> s, Inbox.@Nullable Piece first) {
    if (first != null) tell(s, first);
    for (Inbox.Piece kept; (kept = next(s)) != null; Inbox.done(kept)) tell(s, kept);
  }

  /** What is held and may be told now; if that is nothing, the delivery is over. */
  private Inbox.@Nullable Piece next(LinkStream<O, I> s) {
    synchronized (link) {
      Inbox.Piece next = s.over || s.in.paused ? null : s.in.next();
      if (next == null) s.in.delivering = false;
      return next;
    }
  }

  private void tell(LinkStream<O, I> s, Inbox.Piece piece) {
    StreamListener<O, I> to = s.listener();
    int bytes = piece.data().remaining();
    if (piece.trailers() != null) to.onTrailers(piece.trailers());
    else to.onData(piece.data(), piece.last());
    boolean over = false;
    boolean brokenOff;
    boolean credit;
    synchronized (link) {
      if (s.over) return;
      brokenOff = s.out.isBrokenOff();
      credit = s.in.passedOn(bytes);
      if (credit) link.sender.credit(s);
      if (piece.last()) {
        s.in.endTold();
        over = link.streams.isOver(s);
      }
    }
    try {
      if (piece.last()) to.onEnd();
      // It has outlived its link: nothing takes what its request may have left.
      if (over && brokenOff) to.onReset(Reset.LOST, "closed behind the answer");
    } finally {
      if (over) link.owner.ended(s);
    }
    if (credit || piece.last()) link.writing.run();
  }

  /** Tells of streams that the other side has ended, and that are forgotten. */
  void ended(List<LinkStream<O, I>> lost, Reset why, String words) {
    for (LinkStream<O, I> s : lost) {
      Safely.run(
          () -> {
            if (s.hasListener()) s.listener().onReset(why, words);
          });
      Safely.run(() -> link.owner.ended(s));
    }
  }
}
