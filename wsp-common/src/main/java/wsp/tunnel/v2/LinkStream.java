package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;

/**
 * One exchange on a {@link Link}: what it sends, head, data and trailers, waits with it until it
 * may leave. Its listener hears one event after the other, on the link's own thread or, after
 * {@link #resume}, on the one that resumes. Nothing is called with the lock of the link held.
 */
public final class LinkStream<O, I> implements Stream<O> {
  /** Bytes that wait for a socket that takes nothing; beyond this, interim heads are dropped. */
  private static final int MAX_INTERIM = 256 << 10;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Link<O, I> link;
  // Guarded by the lock of the link.
  final Inbox in;
  final Outbox out;
  int id;
  boolean over;

  // Of the link's thread: bytes of its head, how many heads came before the final one, whether it
  // has heard something since a pause, and whether data that has come since then waits to be told.
  int headSize;
  int interims;
  boolean touched;
  boolean gathered;

  private volatile @Nullable StreamListener<O, I> listener;

  LinkStream(Link<O, I> link, Inbox in, Outbox out) {
    this.link = link;
    this.in = in;
    this.out = out;
  }

  /** Bytes of the head that opened it, at the side that did not. */
  public int headSize() {
    return headSize;
  }

  /** Whom it tells; there before the other side can say anything. */
  public StreamListener<O, I> listener() {
    StreamListener<O, I> to = listener;
    if (to == null) throw new IllegalStateException("a stream without a listener");
    return to;
  }

  /** False until the owner of the link knows of it. */
  public boolean hasListener() {
    return listener != null;
  }

  void listener(StreamListener<O, I> to) {
    listener = to;
  }

  @Override
  public void head(O head, ByteBuffer first, boolean last) {
    StreamListener<O, I> to = listener;
    if (to != null) to.onSending(head, last);
    byte[] json = link.heads.encode(head);
    boolean refused;
    boolean spent;
    synchronized (link) {
      if (over) return;
      refused = link.heads.opens() ? !link.streams.begin(this) : link.sender.tooMuch();
      if (refused) refuse();
      else begin(json, first, last);
      spent = !refused && link.heads.opens() && link.streams.isSpent();
    }
    if (refused) listener().onReset(Reset.REFUSED, "the link takes no new exchange");
    send();
    if (refused) link.owner.ended(this);
    if (spent) link.spent();
  }

  /** With the lock. */
  private void refuse() {
    link.streams.forget(this);
    if (link.heads.opens() || link.streams.closed()) return;
    link.streams.reset(this, System.nanoTime());
    byte[] why = ResetReason.encode(Reset.INVALID, "the server does not take the answers");
    link.sender.urgent(FrameType.RESET, id, why);
  }

  /** With the lock. */
  private void begin(byte[] json, ByteBuffer first, boolean last) {
    boolean whole = last && !first.hasRemaining();
    out.begin();
    link.sender.urgent(headType() | (whole ? FrameType.END : 0), this, json);
    if (whole) out.endsWithHead();
    else out.add(first, last);
    link.sender.ready(this);
  }

  private int headType() {
    return link.heads.opens() ? FrameType.REQUEST : FrameType.RESPONSE;
  }

  public void interim(O head) {
    interim(head, false);
  }

  /**
   * The same for one that the other side waits for: it is dropped only after the final head, and
   * may come from any thread.
   */
  public void awaitedInterim(O head) {
    interim(head, true);
  }

  private void interim(O head, boolean awaited) {
    byte[] json = link.heads.encode(head);
    synchronized (link) {
      // It is for the time before the answer: where nothing leaves, it need not.
      if (over || link.streams.closed()) return;
      if (awaited ? out.begun() : link.sender.waiting() > MAX_INTERIM) return;
      if (out.begun()) throw new IllegalStateException("an interim head after the final one");
      link.sender.urgent(headType(), this, json);
    }
    link.writing.run();
  }

  @Override
  public void data(ByteBuffer part, boolean last) {
    synchronized (link) {
      if (over || link.streams.closed()) return;
      out.add(part, last);
      link.sender.ready(this);
    }
    send();
  }

  @Override
  public void trailers(Headers fields) {
    byte[] json = Trailers.encode(fields);
    if (json == null) {
      data(NOTHING, true);
      return;
    }
    boolean held;
    synchronized (link) {
      if (over || link.streams.closed()) return;
      held = link.sender.holds(out, json);
      if (!held) out.add(NOTHING, true);
      link.sender.ready(this);
    }
    if (!held) Trailers.dropped("they find no memory while the other side takes nothing");
    link.writing.run();
  }

  private void send() {
    link.writing.run();
    synchronized (link) {
      out.settle();
    }
  }

  @Override
  public boolean carriesInterim() {
    return true;
  }

  @Override
  public boolean congested() {
    synchronized (link) {
      return out.congested();
    }
  }

  @Override
  public int unsent() {
    synchronized (link) {
      return out.waiting();
    }
  }

  /** How many bytes of data would leave at once, as things are. */
  public int takesAtOnce() {
    synchronized (link) {
      return link.writing.waits() ? 0 : out.takesAtOnce();
    }
  }

  @Override
  public void whenWritten(Runnable action) {
    synchronized (link) {
      if (over || link.streams.closed()) return;
      if (out.congested()) {
        out.whenWritten(action);
        return;
      }
    }
    action.run();
  }

  /**
   * {@link #congested} and {@link #whenWritten} in one.
   *
   * @return true if no data waits; false if some does, and the action runs once it is taken, or the
   *     stream was broken off, and it never will
   */
  public boolean isWritten(Runnable action) {
    synchronized (link) {
      if (out.congested()) out.whenWritten(action);
      return out.isWritten();
    }
  }

  @Override
  public void pause() {
    synchronized (link) {
      in.pause();
    }
  }

  @Override
  public void resume() {
    link.delivery.resume(this);
  }

  @Override
  public boolean paused() {
    synchronized (link) {
      return in.paused;
    }
  }

  @Override
  public void reset(Reset why) {
    reset(why, "");
  }

  /** The same, with words for the other side's log. */
  public void reset(Reset why, String words) {
    link.reset(this, why, words);
  }

  @Override
  public String toString() {
    return "stream " + id;
  }
}
