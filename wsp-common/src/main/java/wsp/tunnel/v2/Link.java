package wsp.tunnel.v2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeException;
import wsp.limit.Budget;
import wsp.tunnel.Reset;
import wsp.tunnel.StreamListener;
import wsp.websocket.CloseCodes;
import wsp.websocket.FrameWriter;
import wsp.websocket.ProtocolViolationException;

/**
 * One link of version 2, as both daemons have it: many streams on one WebSocket, each with credit
 * of its own, so that none holds up another (docs/wire.md).
 *
 * <p>Threads: what comes is told on the link's own thread ({@link #onBinary}, {@link
 * #onReadComplete}, {@link #onClosed}); streams are written by any, one at a time each. {@code
 * this} guards all state; nothing is called while it is held. One thread at a time writes to the
 * carrier, for all that have something to send meanwhile.
 *
 * @param <O> the head that this side sends
 * @param <I> the head that comes
 */
public final class Link<O, I> {
  /** Hears of a link. */
  public interface Owner<O, I> {
    /** The other side has opened a stream; what is returned hears of it. Never at the opener. */
    StreamListener<O, I> accept(LinkStream<O, I> stream, I head);

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
   * @param heads the memory for heads that are not whole
   */
  public record Limits(
      LinkTerms mine, LinkTerms theirs, int maxHead, Budget windows, Budget heads) {}

  /** The last id; a link that is near it is drained. */
  static final int LAST_ID = Integer.MAX_VALUE - 1;

  private static final int MAX_WORDS = 300;

  /** Writing runs those who waited, who write, and so on; beyond this the outermost goes on. */
  private static final int MAX_ACTING = 8;

  private final Carrier carrier;
  private final Heads<O, I> heads;
  private final Limits limits;
  private final Owner<O, I> owner;
  private final Reassembly reassembly;
  private final ResetLimit resetLimit = new ResetLimit(System.nanoTime());

  @GuardedBy("this")
  private final Map<Integer, LinkStream<O, I>> streams = new HashMap<>();

  @GuardedBy("this")
  private final ResetIds resetIds;

  @GuardedBy("this")
  private final Sender<LinkStream<O, I>> sender;

  private final RoundTrip way = new RoundTrip();

  /** Streams that are open or have room reserved. */
  @GuardedBy("this")
  private int room;

  @GuardedBy("this")
  private int lastId;

  /** Of the other side's streams, the last one that is served. */
  @GuardedBy("this")
  private int lastServed = LAST_ID;

  @GuardedBy("this")
  private boolean draining;

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private Pump pump = Pump.IDLE;

  /** How many threads, or calls within each other, run what waited. */
  @GuardedBy("this")
  private int acting;

  @GuardedBy("this")
  private long endedWell;

  /** Those that have heard something since the last pause; of the link's thread. */
  private final List<LinkStream<O, I>> touched = new ArrayList<>();

  private final Incoming incoming = new Incoming();

  /** The other side has broken the rules: nothing of what else comes counts; of the same thread. */
  private boolean broken;

  private enum Pump {
    IDLE,
    WRITING,
    /** The socket takes no more. */
    WAITING
  }

  /**
   * A link that is open.
   *
   * @param frames writes the frames of this side's role
   */
  public Link(
      Carrier carrier, FrameWriter frames, Heads<O, I> heads, Limits limits, Owner<O, I> owner) {
    this.carrier = carrier;
    this.heads = heads;
    this.limits = limits;
    this.owner = owner;
    this.reassembly = new Reassembly(limits.mine().frame(), limits.maxHead(), limits.heads());
    this.resetIds = new ResetIds(Math.max(1024, 4 * limits.theirs().streams()));
    this.sender = new Sender<>(new Boxes<>(), frames, limits.theirs().frame());
  }

  private static final class Boxes<O, I> implements Sender.Boxes<LinkStream<O, I>> {
    @Override
    public Outbox box(LinkStream<O, I> stream) {
      return stream.out;
    }

    @Override
    public int id(LinkStream<O, I> stream) {
      return stream.id;
    }
  }

  // ---- streams that this side opens

  /** True if a stream may be opened. */
  public synchronized boolean hasRoom() {
    return !closed && !draining && room < limits.theirs().streams() && lastId < LAST_ID;
  }

  /** For tests: as if all ids up to this one had been used. */
  synchronized void idsFrom(int used) {
    lastId = used;
  }

  /** How many streams are open. */
  public synchronized int streams() {
    return room;
  }

  /** Opens a stream, whose id is that of its head; null if there is no room. */
  public @Nullable LinkStream<O, I> open(StreamListener<O, I> listener) {
    LinkStream<O, I> s = stream(Inbox.State.HEAD);
    s.listener(listener);
    synchronized (this) {
      if (!hasRoom() || !s.in.reserve()) return null;
      room++;
    }
    return s;
  }

  private LinkStream<O, I> stream(Inbox.State state) {
    return new LinkStream<>(
        this,
        new Inbox(state, limits.mine().window(), limits.windows(), way),
        new Outbox(limits.theirs().window()));
  }

  // ---- what a stream sends

  void head(LinkStream<O, I> s, O head, ByteBuffer first, boolean last) {
    byte[] json = heads.encode(head).getBytes(StandardCharsets.UTF_8);
    boolean whole = last && !first.hasRemaining();
    boolean refused;
    boolean over;
    boolean spent;
    synchronized (this) {
      if (s.over) return;
      refused = heads.opens() && (closed || lastId >= lastServed);
      if (refused) {
        forget(s);
        over = true;
      } else {
        if (heads.opens()) {
          s.id = ++lastId;
          streams.put(s.id, s);
        }
        sender.urgent(headType() | (whole ? FrameType.END : 0), s.id, json);
        if (whole) s.out.endsWithHead();
        else s.out.add(first, last);
        sender.ready(s);
        over = whole && isOver(s);
      }
      spent = heads.opens() && !refused && lastId == LAST_ID;
    }
    if (refused) s.listener().onReset(Reset.REFUSED, "the link takes no new exchange");
    else send(s);
    if (over) owner.ended(s);
    if (spent) spent();
  }

  /** Its ids are used up: another link has to take its place. */
  private void spent() {
    drain();
    owner.draining();
  }

  private int headType() {
    return heads.opens() ? FrameType.REQUEST : FrameType.RESPONSE;
  }

  void interim(LinkStream<O, I> s, O head) {
    byte[] json = heads.encode(head).getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      if (s.over || closed) return;
      sender.urgent(headType(), s.id, json);
    }
    pump();
  }

  void data(LinkStream<O, I> s, ByteBuffer part, boolean last) {
    synchronized (this) {
      if (s.over || closed) return;
      s.out.add(part, last);
      sender.ready(s);
    }
    send(s);
  }

  void trailers(LinkStream<O, I> s, byte[] json) {
    synchronized (this) {
      if (s.over || closed) return;
      s.out.trailers(json);
      sender.ready(s);
    }
    pump();
  }

  private void send(LinkStream<O, I> s) {
    pump();
    synchronized (this) {
      s.out.settle();
    }
  }

  synchronized boolean congested(LinkStream<O, I> s) {
    return s.out.congested();
  }

  void whenWritten(LinkStream<O, I> s, Runnable action) {
    synchronized (this) {
      if (s.over || closed) return;
      if (s.out.congested()) {
        s.out.whenWritten(action);
        return;
      }
    }
    action.run();
  }

  /** True if nothing waits; else false, and the action runs once that is so. */
  synchronized boolean isWritten(LinkStream<O, I> s, Runnable action) {
    if (s.out.congested()) s.out.whenWritten(action);
    return s.out.isWritten();
  }

  /** Writes what there is to write, for all streams, unless another thread does. */
  private void pump() {
    while (true) {
      int bytes;
      synchronized (this) {
        if (pump != Pump.IDLE || closed || acting > MAX_ACTING) return;
        bytes = sender.next();
        if (bytes == 0) return;
        pump = Pump.WRITING;
      }
      ByteBuffer batch = carrier.buffer(bytes);
      List<LinkStream<O, I>> over = new ArrayList<>(0);
      List<Runnable> actions = new ArrayList<>(0);
      synchronized (this) {
        for (LinkStream<O, I> s : sender.fill(batch)) {
          actions.addAll(s.out.takeActions());
          if (isOver(s)) over.add(s);
        }
      }
      carrier.write(batch.flip());
      boolean waits = carrier.congested();
      synchronized (this) {
        pump = waits ? Pump.WAITING : Pump.IDLE;
      }
      over.forEach(owner::ended);
      if (!actions.isEmpty()) act(actions);
      if (waits) carrier.whenWritten(this::written);
    }
  }

  /** Runs what waited, which may well have more to write. */
  private void act(List<Runnable> actions) {
    synchronized (this) {
      acting++;
    }
    actions.forEach(Runnable::run);
    synchronized (this) {
      acting--;
    }
  }

  private void written() {
    synchronized (this) {
      if (pump != Pump.WAITING) return;
      pump = Pump.IDLE;
    }
    pump();
  }

  /** True, once, when both directions have ended. */
  @GuardedBy("this")
  private boolean isOver(LinkStream<O, I> s) {
    if (s.over || !s.out.ended() || !s.in.told()) return false;
    endedWell++;
    forget(s);
    return true;
  }

  @GuardedBy("this")
  private void forget(LinkStream<O, I> s) {
    s.over = true;
    if (s.id != 0) streams.remove(s.id);
    room--;
    s.in.drop();
    s.out.drop();
    sender.forget(s);
  }

  void reset(LinkStream<O, I> s, Reset why, String words) {
    synchronized (this) {
      if (s.over) return;
      forget(s);
      if (s.id != 0 && !closed) {
        resetIds.add(s.id);
        sender.urgent(FrameType.RESET, s.id, ResetReason.encode(why, words));
      }
    }
    pump();
    owner.ended(s);
  }

  // ---- what comes

  /** A text message has come, which version 2 has none of but the greeting. */
  public void onText() {
    violated(new ProtocolViolationException(1002, "a text message"));
  }

  /** A piece of a binary message has come. */
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
    for (LinkStream<O, I> s : touched) {
      s.touched = false;
      told(s);
    }
    touched.clear();
  }

  private void told(LinkStream<O, I> s) {
    synchronized (this) {
      if (s.over || s.in.delivering) return;
      s.in.delivering = true;
    }
    s.listener().onPause();
    deliver(s, null);
  }

  private final class Incoming implements Reassembly.Sink {
    @Override
    public void data(int id, ByteBuffer piece, boolean end) throws ProtocolViolationException {
      LinkStream<O, I> s;
      synchronized (Link.this) {
        s = live(id);
        if (s == null) return;
        if (s.in.state() != Inbox.State.DATA) throw violation("data out of turn");
        s.in.data(piece.remaining(), System.nanoTime());
        if (end) s.in.end();
        if (!s.in.takes()) {
          ByteBuffer copy = ByteBuffer.allocate(piece.remaining()).put(piece).flip();
          s.in.hold(new Inbox.Piece(copy, end, null));
          return;
        }
        s.in.delivering = true;
      }
      touch(s);
      deliver(s, new Inbox.Piece(piece, end, null));
    }

    @Override
    public void frame(int type, boolean end, int id, ByteBuffer payload)
        throws ProtocolViolationException {
      switch (type) {
        case FrameType.REQUEST -> request(id, end, payload);
        case FrameType.RESPONSE -> response(id, end, payload);
        case FrameType.TRAILERS -> onTrailers(id, end, payload);
        case FrameType.CREDIT -> onCredit(id, end, payload);
        case FrameType.RESET -> onReset(id, end, payload);
        default -> onDrain(id, end, payload);
      }
    }
  }

  private static ProtocolViolationException violation(String why) {
    return new ProtocolViolationException(1002, why);
  }

  /** The stream; null if this side has reset it, or serves it no more. */
  @GuardedBy("this")
  private @Nullable LinkStream<O, I> live(int id) throws ProtocolViolationException {
    LinkStream<O, I> s = streams.get(id);
    if (s != null) return s;
    if (closed || resetIds.has(id) || id > lastServed) return null;
    throw violation(id > lastId || id < 1 ? "a stream that was never open" : "a stream is over");
  }

  private I decoded(ByteBuffer payload) throws ProtocolViolationException {
    try {
      return heads.decode(Reassembly.text(payload));
    } catch (EnvelopeException e) {
      throw violation(String.valueOf(e.getMessage()));
    }
  }

  private void request(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (heads.opens()) throw violation("a request from a client");
    I head = decoded(payload);
    LinkStream<O, I> s = stream(Inbox.State.DATA);
    boolean full;
    synchronized (this) {
      if (closed || id > lastServed) return;
      if (id <= lastId) throw violation("an id that was used");
      lastId = id;
      s.id = id;
      full = room >= limits.mine().streams() || (!end && !s.in.reserve());
      if (full) {
        refuse(s);
      } else {
        if (end) s.in.end();
        streams.put(id, s);
        room++;
        s.in.delivering = true;
      }
    }
    if (full) {
      pump();
      return;
    }
    StreamListener<O, I> to = owner.accept(s, head);
    synchronized (this) {
      // The link may have been closed by another thread, which found nobody to tell.
      if (s.over) return;
      s.listener(to);
    }
    to.onOpen(s);
    deliver(s, end ? new Inbox.Piece(ByteBuffer.allocate(0), true, null) : null);
  }

  /** Of a stream that the owner never hears of. */
  @GuardedBy("this")
  private void refuse(LinkStream<O, I> s) throws ProtocolViolationException {
    if (!resetLimit.allows(endedWell, System.nanoTime())) throw violation("too many streams");
    s.over = true;
    s.in.drop();
    resetIds.add(s.id);
    sender.urgent(
        FrameType.RESET, s.id, ResetReason.encode(Reset.REFUSED, "no room for more streams"));
  }

  private void response(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (!heads.opens()) throw violation("a response from a server");
    I head = decoded(payload);
    boolean interim = heads.isInterim(head);
    LinkStream<O, I> s;
    synchronized (this) {
      s = live(id);
      if (s == null) return;
      if (s.in.state() != Inbox.State.HEAD) throw violation("a second head");
      if (interim && end) throw violation("an interim head that ends the stream");
      if (!interim) s.in.head();
      if (end) s.in.end();
      s.in.delivering = true;
    }
    touch(s);
    if (interim) s.listener().onInterim(head);
    else s.listener().onHead(head);
    deliver(s, end ? new Inbox.Piece(ByteBuffer.allocate(0), true, null) : null);
  }

  private void onTrailers(int id, boolean end, ByteBuffer payload)
      throws ProtocolViolationException {
    if (!end) throw violation("trailers that do not end the stream");
    Inbox.Piece piece = new Inbox.Piece(ByteBuffer.allocate(0), true, Trailers.decode(payload));
    LinkStream<O, I> s;
    synchronized (this) {
      s = live(id);
      if (s == null) return;
      if (s.in.state() != Inbox.State.DATA) throw violation("trailers out of turn");
      s.in.end();
      if (!s.in.takes()) {
        s.in.hold(piece);
        return;
      }
      s.in.delivering = true;
    }
    touch(s);
    deliver(s, piece);
  }

  private void touch(LinkStream<O, I> s) {
    if (s.touched) return;
    s.touched = true;
    touched.add(s);
  }

  /** Tells a piece, and then what is held, as long as the listener takes it. */
  private void deliver(LinkStream<O, I> s, Inbox.@Nullable Piece first) {
    Inbox.Piece piece = first;
    while (true) {
      if (piece == null) {
        synchronized (this) {
          piece = s.over || s.in.paused ? null : s.in.next();
          if (piece == null) {
            s.in.delivering = false;
            return;
          }
        }
      }
      tell(s, piece);
      piece = null;
    }
  }

  private void tell(LinkStream<O, I> s, Inbox.Piece piece) {
    StreamListener<O, I> to = s.listener();
    int bytes = piece.data().remaining();
    if (piece.trailers() != null) to.onTrailers(piece.trailers());
    else to.onData(piece.data(), piece.last());
    boolean over = false;
    boolean told = false;
    synchronized (this) {
      if (s.over) return;
      int credit = s.in.passedOn(bytes, System.nanoTime());
      if (credit > 0) sender.urgent(FrameType.CREDIT, s.id, Credit.encode(credit));
      if (piece.last()) {
        told = true;
        s.in.endTold();
        over = isOver(s);
      }
      if (credit == 0 && !told) return;
    }
    if (told) to.onEnd();
    if (over) owner.ended(s);
    pump();
  }

  synchronized boolean paused(LinkStream<O, I> s) {
    return s.in.paused;
  }

  synchronized void pause(LinkStream<O, I> s) {
    s.in.pause();
  }

  void resume(LinkStream<O, I> s) {
    synchronized (this) {
      s.in.paused = false;
      if (s.over || s.in.delivering || !s.in.holds()) return;
      s.in.delivering = true;
    }
    deliver(s, null);
    told(s);
  }

  private void onCredit(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (end || payload.remaining() != 4) throw violation("credit that is none");
    int more = payload.getInt();
    synchronized (this) {
      LinkStream<O, I> s = streams.get(id);
      if (s == null) {
        wasOpen(id);
        return;
      }
      s.out.credit(more);
      sender.ready(s);
    }
    pump();
  }

  @GuardedBy("this")
  private void wasOpen(int id) throws ProtocolViolationException {
    if (id < 1 || (id > lastId && id <= lastServed))
      throw violation("a stream that was never open");
  }

  private void onReset(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (end || !payload.hasRemaining()) throw violation("a reset without a reason");
    LinkStream<O, I> s;
    synchronized (this) {
      if (!resetLimit.allows(endedWell, System.nanoTime())) throw violation("too many resets");
      s = streams.get(id);
      if (s == null) {
        wasOpen(id);
        return;
      }
      forget(s);
    }
    s.listener().onReset(ResetReason.decode(payload.get()), words(payload));
    owner.ended(s);
  }

  private static String words(ByteBuffer payload) {
    String all = Reassembly.text(payload);
    return all.length() <= MAX_WORDS ? all : all.substring(0, MAX_WORDS);
  }

  private void onDrain(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (end || id != 0 || payload.remaining() != 4) throw violation("a drain that is none");
    int last = payload.getInt();
    List<LinkStream<O, I>> refused = new ArrayList<>();
    synchronized (this) {
      draining = true;
      if (heads.opens()) {
        lastServed = Math.min(lastServed, Math.max(0, last));
        for (LinkStream<O, I> s : streams.values()) if (s.id > last) refused.add(s);
        refused.forEach(this::forget);
      }
    }
    owner.draining();
    for (LinkStream<O, I> s : refused) {
      s.listener().onReset(Reset.REFUSED, "the other side is stopping");
      owner.ended(s);
    }
  }

  // ---- the end

  /** Takes, or opens, no new streams: tells the other side so. What runs is finished. */
  public void drain() {
    synchronized (this) {
      if (closed || (draining && lastServed < LAST_ID)) return;
      draining = true;
      if (!heads.opens()) lastServed = lastId;
      sender.urgent(FrameType.DRAIN, 0, Credit.encode(heads.opens() ? 0 : lastServed));
    }
    pump();
  }

  /** True once no new stream will be opened. */
  public synchronized boolean isDraining() {
    return draining || closed || lastId >= LAST_ID;
  }

  private void violated(ProtocolViolationException e) {
    if (broken) return;
    broken = true;
    String why = String.valueOf(e.getMessage());
    carrier.close(e.closeCode(), why);
    owner.violated(why);
    onClosed("protocol error: " + why);
  }

  /** The connection is gone: every stream ends. */
  public void onClosed(String words) {
    List<LinkStream<O, I>> lost;
    synchronized (this) {
      if (closed) return;
      closed = true;
      lost = new ArrayList<>(streams.values());
      lost.forEach(this::forget);
    }
    reassembly.drop();
    for (LinkStream<O, I> s : lost) {
      if (s.hasListener()) s.listener().onReset(Reset.LOST, words);
      owner.ended(s);
    }
  }

  /** For closing in order, once nothing runs. */
  public void close() {
    carrier.close(CloseCodes.GOING_AWAY, "going away");
  }
}
