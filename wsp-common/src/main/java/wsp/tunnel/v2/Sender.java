package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.limit.Budget;
import wsp.websocket.FrameWriter;
import wsp.websocket.Opcodes;

/**
 * Which frame leaves next: heads, credit and resets first, in order; then one frame of data of each
 * stream in turn. Only as much as one write takes is made into frames, so that a head never waits
 * behind more than that, and of a stream that is over nothing leaves that has not left. Guarded by
 * the lock of its {@link Link}.
 */
final class Sender<O, I> {
  static final int BATCH = 65_536;

  /** What goes before data, for one write: more would be here twice for as long as that takes. */
  private static final int MOST_BEFORE_DATA = 256 << 10;

  /** Bytes that a link may take anyway: nearly always nothing waits. */
  private static final int UNCOUNTED = 4 << 10;

  /** Frames of streams that are over: no peer that reads has made this side owe so many. */
  private static final int MOST_RESETS = 10_000;

  /** The number of a credit is known when it leaves. */
  private static final byte[] KNOWN_LATER = FrameType.number(0);

  /** Objects of one that waits. */
  private static final int OBJECTS = 64;

  /** The longest frame of data where several streams have some: the next has its turn then. */
  static final int TURN = 16_384;

  /** A frame that goes before data: of a stream that is not over, or of none. */
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  private record Urgent<O, I>(int type, int id, byte[] payload, @Nullable LinkStream<O, I> of) {}

  private final FrameWriter frames;
  private final int frame;
  private final Budget.Share memory;
  private final Deque<Urgent<O, I>> urgent = new ArrayDeque<>();

  // Bytes of those, and of trailers, which wait behind the data of their streams.
  private int waiting;
  private int behindData;

  /** How many of them are of streams that are over. */
  private int resets;

  // So many of both are counted in the memory, and it may be too many.
  private int counted;
  private boolean tooMuch;
  private final Deque<LinkStream<O, I>> ring = new ArrayDeque<>();
  private final ByteBuffer header = ByteBuffer.allocate(FrameType.HEADER);

  /** The other side takes frames of that length; what waits beside data is held in the memory. */
  Sender(FrameWriter frames, int frame, Budget memory) {
    this.frames = frames;
    this.memory = memory.share();
    this.frame = Math.min(frame, BATCH);
  }

  /** Sends this before any data; it is of no stream that is open. */
  void urgent(int type, int id, byte[] payload) {
    resets++;
    add(new Urgent<>(type, id, payload, null));
  }

  /** True if the other side makes this one reset streams, and reads nothing of that. */
  boolean isFlooded() {
    return resets > MOST_RESETS;
  }

  /** Gives credit for a stream, as much as is due when it leaves: one at a time waits. */
  void credit(LinkStream<O, I> stream) {
    urgent(FrameType.CREDIT, stream, KNOWN_LATER);
  }

  /** The same, unless the stream is over first. */
  void urgent(int type, LinkStream<O, I> stream, byte[] payload) {
    add(new Urgent<>(type, stream.id, payload, stream));
  }

  private void add(Urgent<O, I> one) {
    urgent.add(one);
    count(room(one.payload.length));
  }

  private void count(int more) {
    waiting += more;
    int all = waiting + OBJECTS * urgent.size() + behindData;
    int now = all > UNCOUNTED ? all : 0;
    if (now == counted) return;
    tooMuch = !memory.add(now - counted);
    counted = now;
  }

  /** True if there is no memory for more that goes before data. */
  boolean tooMuch() {
    return tooMuch;
  }

  /** Holds trailers with their stream until its data has left; false if there is no memory. */
  boolean holds(Outbox box, byte[] trailers) {
    behindData += trailers.length;
    count(0);
    boolean held = !tooMuch;
    if (held) box.trailers(trailers);
    else behindData -= trailers.length;
    count(0);
    return held;
  }

  private void drop(Outbox trailersOf) {
    behindData -= trailersOf.dropTrailers();
    count(0);
  }

  void close() {
    urgent.clear();
    memory.close();
  }

  /** Bytes that wait to go before data: nearly none unless the socket takes nothing. */
  int waiting() {
    return waiting;
  }

  /** The stream may have something to send. */
  void ready(LinkStream<O, I> stream) {
    Outbox box = stream.out;
    if (box.ready || !box.canSend()) return;
    box.ready = true;
    ring.add(stream);
  }

  /** How many bytes the next batch takes; 0 if there is nothing to send. */
  int next() {
    if (waiting > MOST_BEFORE_DATA)
      return Math.max(MOST_BEFORE_DATA, room(urgent.element().payload.length));
    int data = 0;
    int most = longest();
    for (LinkStream<O, I> s : ring) {
      if (data >= BATCH) break;
      data += room(longest(s.out, most));
    }
    return waiting + data;
  }

  /** The longest frame of data now: a stream that is alone has all of the batch. */
  private int longest() {
    return ring.size() > 1 ? Math.min(frame, TURN) : frame;
  }

  private static int longest(Outbox box, int frame) {
    byte[] trailers = box.trailers();
    ByteBuffer piece = box.piece();
    return trailers != null ? trailers.length : piece == null ? 0 : box.sendable(piece, frame);
  }

  private static int room(int payload) {
    return FrameWriter.MAX_HEADER + FrameType.HEADER + payload;
  }

  /** Fills a buffer of {@link #next} bytes or more; the streams whose data, or end, is in it. */
  List<LinkStream<O, I>> fill(ByteBuffer out) {
    if (urgent.isEmpty() && ring.isEmpty()) return List.of();
    List<LinkStream<O, I>> sent = new ArrayList<>(ring.size() + 1);
    for (Urgent<O, I> u; (u = urgent.peek()) != null && out.remaining() >= room(u.payload.length); )
      put(out, u, sent);
    // One that is left may be the head of data that would fit.
    if (urgent.isEmpty()) fillData(out, sent);
    return sent;
  }

  private void put(ByteBuffer out, Urgent<O, I> u, List<LinkStream<O, I>> sent) {
    urgent.remove();
    count(-room(u.payload.length));
    if (u.of == null) resets--;
    byte[] payload = u.payload;
    if (u.of != null && u.type == FrameType.CREDIT)
      payload = FrameType.number(u.of.in.credit(System.nanoTime()));
    put(out, u.type, u.id, ByteBuffer.wrap(payload));
    if (u.of == null || (u.type & FrameType.END) == 0) return;
    u.of.out.endSent();
    sent.add(u.of);
  }

  private void fillData(ByteBuffer out, List<LinkStream<O, I>> sent) {
    int begin = out.position();
    int most = longest();
    for (int n = ring.size(); n > 0 && out.position() - begin < BATCH; n--) {
      LinkStream<O, I> stream = ring.element();
      Outbox box = stream.out;
      // What came since the buffer was taken may need another one.
      if (out.remaining() < room(longest(box, most))) break;
      ring.remove();
      box.ready = false;
      if (box.canSend()) data(out, box, stream.id, most);
      ready(stream);
      sent.add(stream);
    }
  }

  private void data(ByteBuffer out, Outbox box, int id, int frame) {
    byte[] trailers = box.trailers();
    ByteBuffer piece = box.piece();
    if (trailers != null) {
      put(out, FrameType.TRAILERS | FrameType.END, id, ByteBuffer.wrap(trailers));
      box.endSent();
      drop(box);
    } else if (piece == null) {
      put(out, FrameType.DATA | FrameType.END, id, ByteBuffer.allocate(0));
      box.sent(0);
    } else {
      int n = box.sendable(piece, frame);
      ByteBuffer part = piece.slice(piece.position(), n);
      put(out, FrameType.DATA | (box.endsAfter(n) ? FrameType.END : 0), id, part);
      // Not before it is copied: from here on another link may have the buffer.
      box.sent(n);
    }
  }

  private void put(ByteBuffer out, int type, int id, ByteBuffer payload) {
    header.put(0, (byte) type).putInt(1, id);
    frames.message(out, Opcodes.BINARY, header.array(), payload);
  }

  /** The stream is over; true if its head has not left: the other side knows nothing of it. */
  boolean forget(LinkStream<O, I> stream) {
    ring.remove(stream);
    drop(stream.out);
    boolean unknown = false;
    for (Iterator<Urgent<O, I>> all = urgent.iterator(); all.hasNext(); ) {
      Urgent<O, I> u = all.next();
      if (u.of != stream) continue;
      all.remove();
      count(-room(u.payload.length));
      unknown |= (u.type & ~FrameType.END) == FrameType.REQUEST;
    }
    return unknown;
  }
}
