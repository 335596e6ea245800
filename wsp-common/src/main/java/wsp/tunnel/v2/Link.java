package wsp.tunnel.v2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.limit.Budget;
import wsp.tunnel.Reset;
import wsp.tunnel.StreamListener;
import wsp.websocket.CloseCodes;
import wsp.websocket.FrameCarrier;
import wsp.websocket.FrameWriter;
import wsp.websocket.ProtocolViolationException;

/**
 * One link of version 2, as both daemons have it: many streams on one WebSocket, each with credit
 * of its own, so that none holds up another (docs/wire.md).
 *
 * <p>Threads: what comes is told on the link's own thread ({@link #onBinary}, {@link
 * #onReadComplete}, {@link #onClosed}); streams are written by any, one at a time each. {@code
 * this} guards the state of all its parts; nothing is called while it is held. {@link Incoming}
 * judges what comes, {@link Delivery} tells it, {@link Writing} writes what is to go.
 *
 * @param <O> the head that this side sends
 * @param <I> the head that comes
 */
public final class Link<O, I> {
  public interface Owner<O, I> {
    /**
     * The other side has opened a stream; what is returned hears of it, null of one that was reset
     * at once. Never at the opener, which has no answer to it.
     */
    default @Nullable StreamListener<O, I> accept(LinkStream<O, I> stream, I head) {
      throw new IllegalStateException("this side opens the streams");
    }

    /** A stream is over, in whichever way: there is room for another one. */
    void ended(LinkStream<O, I> stream);

    /** The other side takes, or sends, no new work. */
    void draining();

    /** The other side broke the rules; the link is closed. */
    void violated(String why);
  }

  /**
   * What a link may take.
   *
   * @param mine what this side has told the other
   * @param theirs what the other side has told
   * @param maxHead bytes of a head
   * @param windows the memory for the windows of all links
   * @param heads the memory for heads that are not whole, and for those that wait to leave
   */
  public record Limits(
      LinkTerms mine, LinkTerms theirs, int maxHead, Windows windows, Budget heads) {}

  private static final String LATE = "a head, or trailers, that had not come whole in time";

  private final FrameCarrier carrier;
  private final Limits limits;
  private final Reassembly reassembly;
  private final Path way = new Path();

  // For all its parts.
  final Heads<O, I> heads;
  final Owner<O, I> owner;
  final Streams<O, I> streams;
  final Sender<O, I> sender;
  final Writing<O, I> writing;
  final Delivery<O, I> delivery;

  private final Incoming<O, I> incoming;
  private final Upkeep<O, I> upkeep;

  @GuardedBy("this")
  private boolean drained;

  /** The other side has broken the rules: nothing of what else comes counts. */
  private volatile boolean broken;

  /** A link that is open, with the writer of the frames of this side's role. */
  public Link(
      FrameCarrier carrier,
      FrameWriter frames,
      Heads<O, I> heads,
      Limits limits,
      Owner<O, I> owner) {
    this.carrier = carrier;
    this.heads = heads;
    this.limits = limits;
    this.owner = owner;
    this.reassembly = new Reassembly(limits.mine().frame(), limits.maxHead(), limits.heads());
    this.sender = new Sender<>(frames, limits.theirs().frame(), limits.heads());
    LinkTerms taker = heads.opens() ? limits.theirs() : limits.mine();
    this.streams = new Streams<>(taker.streams(), sender);
    this.writing = new Writing<>(this, carrier);
    this.delivery = new Delivery<>(this);
    this.incoming = new Incoming<>(this);
    this.upkeep = new Upkeep<>(this);
  }

  public synchronized boolean hasRoom() {
    // What it is given would wait with what waits already, of this link or others.
    if (writing.waits() && !limits.heads().suffices()) return false;
    long taken = (long) streams.size() * limits.mine().window();
    return streams.hasRoom(System.nanoTime()) && limits.windows().isFair(taken);
  }

  public synchronized int streams() {
    return streams.size();
  }

  /** Opens a stream, whose id is that of its head; null if there is no room. */
  public @Nullable LinkStream<O, I> open(StreamListener<O, I> listener) {
    LinkStream<O, I> s = stream(Inbox.State.HEAD);
    s.listener(listener);
    synchronized (this) {
      if (!hasRoom() || !s.in.reserve()) return null;
      streams.reserve();
    }
    return s;
  }

  /** A stream that is not open yet. */
  LinkStream<O, I> stream(Inbox.State state) {
    return new LinkStream<>(
        this,
        new Inbox(state, limits.mine().window(), limits.windows(), way),
        new Outbox(limits.theirs().window()));
  }

  /** Its ids are used up: another link has to take its place. */
  void spent() {
    drain();
    owner.draining();
  }

  /** False if it was over already. */
  boolean reset(LinkStream<O, I> s, Reset why, String words) {
    synchronized (this) {
      if (s.over) return false;
      boolean unknown = streams.forget(s);
      if (!unknown && !streams.closed()) {
        streams.reset(s, System.nanoTime());
        sender.urgent(FrameType.RESET, s.id, ResetReason.encode(why, words));
      }
    }
    writing.run();
    owner.ended(s);
    return true;
  }

  /** One pass of maintenance, of which so many are the longest that a stream or a head may take. */
  public void tick(int passes) {
    upkeep.pass(passes);
    if (reassembly.isLate(passes)) violated(ProtocolViolationException.violation(LATE));
  }

  /** Resets a stream on both sides. */
  void breakOff(LinkStream<O, I> s, Reset why, Reset here, String words) {
    if (reset(s, why, words)) s.listener().onReset(here, words);
  }

  /** A text message has come, which version 2 has none of but the greeting. */
  public void onText() {
    violated(new ProtocolViolationException(1002, "a text message"));
  }

  public void onBinary(ByteBuffer part, boolean last) {
    if (broken) return;
    try {
      reassembly.take(part, last, incoming);
    } catch (ProtocolViolationException e) {
      violated(e);
    }
  }

  /** What arrived together has been told. */
  public void onReadComplete() {
    delivery.onReadComplete();
    writing.onReadComplete();
  }

  /** Takes, or opens, no new streams: tells the other side so. What runs is finished. */
  public void drain() {
    synchronized (this) {
      if (streams.closed() || drained) return;
      drained = true;
      streams.openNone();
      int last = heads.opens() ? 0 : streams.serveNoMore();
      sender.urgent(FrameType.DRAIN, 0, FrameType.number(last));
    }
    writing.run();
  }

  public synchronized boolean isDraining() {
    return streams.isEnding();
  }

  private void violated(ProtocolViolationException e) {
    synchronized (this) {
      if (broken) return;
      broken = true;
    }
    String why = String.valueOf(e.getMessage());
    carrier.close(e.closeCode(), why);
    owner.violated(why);
    end(Reset.LOST, "protocol error: " + why, false);
  }

  public void onClosed(String words) {
    onClosed(Reset.LOST, words);
  }

  /** The connection is gone: every stream ends, at once or when its answer, if whole, is told. */
  public void onClosed(Reset why, String words) {
    end(why, words, heads.opens());
  }

  private void end(Reset why, String words, boolean answersStay) {
    List<LinkStream<O, I>> lost;
    synchronized (this) {
      if (streams.closed()) return;
      lost = streams.close(answersStay);
      sender.close();
    }
    reassembly.drop();
    delivery.ended(lost, why, words);
  }

  /** For closing in order, once nothing runs. */
  public void close() {
    carrier.close(CloseCodes.GOING_AWAY, "going away");
  }
}
