package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;

/**
 * One exchange on a {@link Link}. Its listener hears one event after the other, on the link's own
 * thread or, after {@link #resume}, on the one that resumes.
 *
 * @param <O> the head that this side sends
 * @param <I> the head that comes
 */
public final class LinkStream<O, I> implements Stream<O> {
  private final Link<O, I> link;
  private final Outgoing<O, I> outgoing;

  // Guarded by the lock of the link.
  final Inbox in;
  final Outbox out;
  int id;
  boolean over;

  /** Of the link's thread. */
  int headSize;

  /** Whether it has heard something since the last pause; of the link's thread. */
  boolean touched;

  private volatile @Nullable StreamListener<O, I> listener;

  LinkStream(Link<O, I> link, Outgoing<O, I> outgoing, Inbox in, Outbox out) {
    this.link = link;
    this.outgoing = outgoing;
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
    outgoing.head(this, head, first, last);
  }

  /** Sends a head that another one follows. */
  public void interim(O head) {
    outgoing.interim(this, head, false);
  }

  /**
   * The same for one that the other side waits for: it is dropped only after the final head, and
   * may come from any thread.
   */
  public void awaitedInterim(O head) {
    outgoing.interim(this, head, true);
  }

  @Override
  public void data(ByteBuffer part, boolean last) {
    outgoing.data(this, part, last);
  }

  @Override
  public void trailers(Headers fields) {
    byte[] json = Trailers.encode(fields);
    if (json == null) outgoing.data(this, ByteBuffer.allocate(0), true);
    else outgoing.trailers(this, json);
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
    return outgoing.takesAtOnce(this);
  }

  @Override
  public void whenWritten(Runnable action) {
    outgoing.whenWritten(this, action);
  }

  /**
   * {@link #congested} and {@link #whenWritten} in one.
   *
   * @return true if no data waits; false if some does, and the action runs once it is taken, or the
   *     stream was broken off, and it never will
   */
  public boolean isWritten(Runnable action) {
    return outgoing.isWritten(this, action);
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

  /**
   * The same.
   *
   * @param words for the other side's log
   */
  public void reset(Reset why, String words) {
    link.reset(this, why, words);
  }

  @Override
  public String toString() {
    return "stream " + id;
  }
}
