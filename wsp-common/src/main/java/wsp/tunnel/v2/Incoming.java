package wsp.tunnel.v2;

import static wsp.websocket.ProtocolViolationException.violation;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.websocket.ProtocolViolationException;

/**
 * What the other side of a link sends, frame by frame, held against the states of docs/wire.md;
 * what breaks them is a violation. On the link's thread; {@code link} guards what it shares.
 */
final class Incoming<O, I> implements Reassembly.Sink {
  private static final String NO_MEMORY = "no memory for its head: see envelopememory";
  private static final String UNENDED = "trailers that do not end the stream";
  private static final String INTERIMS = "more interim heads than an origin may send";
  private static final String LONG_TRAILERS = "they are too long";

  private final Link<O, I> link;

  Incoming(Link<O, I> link) {
    this.link = link;
  }

  @Override
  public void data(int id, ByteBuffer piece, boolean end) throws ProtocolViolationException {
    LinkStream<O, I> s;
    boolean takes;
    boolean fits = true;
    synchronized (link) {
      s = link.streams.live(id);
      if (s == null) return;
      if (s.in.state() != Inbox.State.DATA) throw violation("data out of turn");
      s.in.data(piece.remaining(), System.nanoTime());
      if (end) s.in.end();
      // It has no credit that could bound how many of them come.
      if (!end && !piece.hasRemaining()) return;
      takes = s.in.takes() && (end || !link.delivery.gathers(s, piece.remaining()));
      if (takes) s.in.delivering = true;
      else fits = s.in.hold(piece, end);
    }
    if (!fits) link.breakOff(s, Reset.CANCELLED, Reset.NO_MEMORY, Upkeep.UNBORNE);
    // What is whole is told before the end of the link, which may have come with it.
    if (!takes && end) link.delivery.flush(s);
    if (!takes) return;
    link.delivery.touch(s);
    link.delivery.run(s, new Inbox.Piece(piece, end, null));
  }

  @Override
  public boolean isLive(int id) throws ProtocolViolationException {
    synchronized (link) {
      return link.streams.live(id) != null;
    }
  }

  @Override
  public void frame(int type, boolean end, int id, ByteBuffer payload)
      throws ProtocolViolationException {
    switch (type) {
      case FrameType.REQUEST -> request(id, end, payload);
      case FrameType.RESPONSE -> response(id, end, payload);
      case FrameType.TRAILERS -> trailers(id, end, payload);
      case FrameType.CREDIT -> credit(id, end, payload);
      case FrameType.RESET -> reset(id, end, payload);
      default -> drain(id, end, payload);
    }
  }

  @Override
  public void passedOver(int type, boolean end, int id, Reassembly.Lack why)
      throws ProtocolViolationException {
    boolean isLong = why == Reassembly.Lack.ROOM;
    if (type == FrameType.TRAILERS) {
      if (!end) throw violation(UNENDED);
      end(id, null, 0, isLong ? LONG_TRAILERS : "they find no memory");
    } else if (isLong) {
      withoutHead(type, id, Reset.INVALID, Reset.INVALID, "a head of over maxenvelope");
    } else {
      Reset says = type == FrameType.REQUEST ? Reset.REFUSED : Reset.CANCELLED;
      withoutHead(type, id, says, Reset.NO_MEMORY, NO_MEMORY);
    }
  }

  /** A head cannot be read, which costs its stream. */
  private void withoutHead(int type, int id, Reset why, Reset here, String words)
      throws ProtocolViolationException {
    if ((type == FrameType.REQUEST) == link.heads.opens())
      throw violation("a head of the other side");
    @Nullable LinkStream<O, I> s;
    synchronized (link) {
      s = type == FrameType.REQUEST ? null : link.streams.live(id);
      if (type == FrameType.REQUEST && link.streams.isNext(id)) {
        LinkStream<O, I> begun = link.stream(Inbox.State.DATA);
        begun.id = id;
        refuse(begun, why, words);
      }
    }
    link.writing.run();
    if (s != null) link.breakOff(s, why, here, words);
  }

  private void request(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (link.heads.opens()) throw violation("a request from a client");
    int size = payload.remaining();
    I head = link.heads.decode(payload);
    LinkStream<O, I> s = link.stream(Inbox.State.DATA);
    s.headSize = size;
    boolean full;
    synchronized (link) {
      if (!link.streams.isNext(id)) return;
      s.id = id;
      full = !link.streams.takesMore() || (!end && !s.in.reserve());
      if (full) {
        refuse(s, Reset.REFUSED, "no room for more streams");
      } else {
        if (end) s.in.end();
        link.streams.add(s);
        s.in.delivering = true;
      }
    }
    if (full) link.writing.run();
    else link.delivery.opened(s, head, end ? Inbox.Piece.end(null) : null);
  }

  /** Of a stream that the owner never hears of; with the lock. */
  private void refuse(LinkStream<O, I> s, Reset why, String words)
      throws ProtocolViolationException {
    long now = System.nanoTime();
    if (!link.streams.allowsReset(now)) throw violation("too many streams");
    s.over = true;
    s.in.drop();
    link.streams.reset(s, now);
    link.sender.urgent(FrameType.RESET, s.id, ResetReason.encode(why, words));
  }

  private void response(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (!link.heads.opens()) throw violation("a response from a server");
    I head = link.heads.decode(payload);
    boolean interim = link.heads.isInterim(head);
    boolean tooMany;
    LinkStream<O, I> s;
    synchronized (link) {
      s = link.streams.live(id);
      if (s == null) return;
      if (s.in.state() != Inbox.State.HEAD) throw violation("a second head");
      if (interim && end) throw violation("an interim head that ends the stream");
      if (!interim) s.in.head(System.nanoTime());
      if (end) s.in.end();
      // The client may have said a 100 of its own.
      tooMany = interim && ++s.interims > Stream.MAX_INTERIM + 1;
      s.in.delivering = !tooMany;
    }
    if (tooMany) {
      link.breakOff(s, Reset.INVALID, Reset.INVALID, INTERIMS);
      return;
    }
    link.delivery.touch(s);
    link.delivery.answered(s, head, interim, end ? Inbox.Piece.end(null) : null);
  }

  private void trailers(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (!end) throw violation(UNENDED);
    int size = payload.remaining();
    if (size > Trailers.MAX) end(id, null, 0, LONG_TRAILERS);
    else end(id, Trailers.decode(payload), size, "");
  }

  /** The other side has said all of a stream; null: its trailers are dropped, as any hop may. */
  private void end(int id, @Nullable Headers trailers, int size, String dropped)
      throws ProtocolViolationException {
    Inbox.Piece piece = Inbox.Piece.end(trailers);
    LinkStream<O, I> s;
    boolean takes;
    boolean kept;
    synchronized (link) {
      s = link.streams.live(id);
    }
    if (s == null) return;
    link.delivery.flush(s);
    synchronized (link) {
      if (s.over) return;
      if (s.in.state() != Inbox.State.DATA) throw violation("trailers out of turn");
      s.in.end();
      takes = s.in.takes();
      if (takes) s.in.delivering = true;
      kept = takes || s.in.hold(piece, size);
    }
    if (trailers == null) Trailers.dropped(dropped);
    else if (!kept) Trailers.dropped("they find no memory while their reader takes nothing");
    if (!takes) return;
    link.delivery.touch(s);
    link.delivery.run(s, piece);
  }

  private void credit(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (end || payload.remaining() != 4) throw violation("credit that is none");
    synchronized (link) {
      LinkStream<O, I> s = link.streams.openOrOver(id);
      if (s == null) return;
      s.out.credit(payload.getInt());
      link.sender.ready(s);
    }
    link.writing.credited();
  }

  private void reset(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (end || !payload.hasRemaining()) throw violation("a reset without a reason");
    LinkStream<O, I> s;
    synchronized (link) {
      if (!link.streams.allowsReset(System.nanoTime())) throw violation("too many resets");
      s = link.streams.openOrOver(id);
    }
    if (s == null) return;
    link.delivery.flush(s);
    synchronized (link) {
      if (s.over) return;
      link.streams.forget(s);
    }
    link.delivery.ended(List.of(s), ResetReason.decode(payload.get()), ResetReason.words(payload));
  }

  private void drain(int id, boolean end, ByteBuffer payload) throws ProtocolViolationException {
    if (end || id != 0 || payload.remaining() != 4) throw violation("a drain that is none");
    // A client's own last one is what it says itself.
    int last = link.heads.opens() ? payload.getInt() : Integer.MAX_VALUE;
    List<LinkStream<O, I>> refused;
    synchronized (link) {
      if (!link.streams.serveUpTo(last)) return;
      // It looks at all of them, each time that the other side says less.
      if (!link.streams.allowsReset(System.nanoTime())) throw violation("too many drains");
      refused = link.heads.opens() ? link.streams.unserved() : List.of();
    }
    link.owner.draining();
    link.delivery.ended(refused, Reset.REFUSED, "the other side is stopping");
  }
}
