package wsp.tunnel.v2;

import static wsp.websocket.ProtocolViolationException.violation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.websocket.ProtocolViolationException;

/**
 * The streams of a link and their ids: which are open, which may be, and which are over. Guarded by
 * the lock of its {@link Link}.
 */
final class Streams<O, I> {
  /** The last id; a link that has used it is drained. */
  static final int LAST_ID = Integer.MAX_VALUE - 1;

  /** Bytes that wait for a socket that takes nothing; beyond this no stream is opened. */
  private static final int MAX_REQUESTS_WAITING = 256 << 10;

  private final Map<Integer, LinkStream<O, I>> open = new HashMap<>();
  private final ResetIds resetIds = new ResetIds();
  private final Sender<O, I> sender;
  private final int most;

  /** What this side has reset, and the other one. */
  private final ResetLimit mine;

  private final ResetLimit theirs;

  /** Streams that are open or have room reserved. */
  private int room;

  private int lastId;

  /** The last one that is served, by the side that does not open them; any, until it says so. */
  private int lastServed = Integer.MAX_VALUE;

  private long endedWell;
  private boolean draining;
  private boolean closed;

  /** So many may be open at once; one that is over has nothing more to send. */
  Streams(int most, Sender<O, I> sender) {
    this.most = most;
    this.sender = sender;
    mine = new ResetLimit(most, System.nanoTime());
    theirs = new ResetLimit(most, System.nanoTime());
  }

  /** For tests: as if all ids up to this one had been used. */
  void idsFrom(int used) {
    lastId = used;
  }

  int size() {
    return room;
  }

  boolean hasRoom(long now) {
    return !isEnding()
        && room < most
        && sender.waiting() < MAX_REQUESTS_WAITING
        && mine.hasRoom(endedWell, now)
        && theirs.hasRoom(endedWell, now);
  }

  /** The other side may open one; else it is to be refused. */
  boolean takesMore() {
    return room < most;
  }

  /** The other side has reset one, or made this one refuse it; false if it does too often. */
  boolean allowsReset(long now) {
    return theirs.allows(endedWell, now);
  }

  boolean closed() {
    return closed;
  }

  /** True once no new one will be opened. */
  boolean isEnding() {
    return draining || closed || lastId >= LAST_ID;
  }

  /** True once each id has been given. */
  boolean isSpent() {
    return lastId == LAST_ID;
  }

  /** Room for one that has no id yet. */
  void reserve() {
    room++;
  }

  /** Gives the next id to one that has room; false if there is none. */
  boolean begin(LinkStream<O, I> s) {
    if (closed || lastId >= Math.min(lastServed, LAST_ID)) return false;
    s.id = ++lastId;
    open.put(s.id, s);
    s.in.asked(System.nanoTime());
    return true;
  }

  /** The other side begins this one; false if it is not served any more. */
  boolean isNext(int id) throws ProtocolViolationException {
    if (sender.isFlooded()) throw violation("it reads nothing, and asks for more and more");
    if (closed || id > lastServed) return false;
    if (id <= lastId || id > LAST_ID) throw violation("an id that was used, or cannot be");
    lastId = id;
    return true;
  }

  void add(LinkStream<O, I> s) {
    open.put(s.id, s);
    room++;
  }

  /** The stream; null if this side has reset it, or serves it no more. */
  @Nullable LinkStream<O, I> live(int id) throws ProtocolViolationException {
    LinkStream<O, I> s = open.get(id);
    if (s != null) return s;
    if (closed || id > lastServed || resetIds.has(id)) return null;
    throw violation(id > lastId || id < 1 ? "a stream that was never open" : "a stream is over");
  }

  /** The stream; null if it is over. */
  @Nullable LinkStream<O, I> openOrOver(int id) throws ProtocolViolationException {
    LinkStream<O, I> s = open.get(id);
    if (s == null && (id < 1 || (id > lastId && id <= lastServed)))
      throw violation("a stream that was never open");
    return s;
  }

  /** True, once, when both directions have ended. */
  boolean isOver(LinkStream<O, I> s) {
    if (s.over || !s.out.ended() || !s.in.told()) return false;
    endedWell++;
    forget(s);
    return true;
  }

  /** It is over; true if the other side knows nothing of it, and never will. */
  boolean forget(LinkStream<O, I> s) {
    s.over = true;
    if (s.id != 0) open.remove(s.id);
    room--;
    s.in.drop();
    s.out.drop();
    return sender.forget(s) || s.id == 0;
  }

  /** This side has reset it: what is under way to it is dropped. */
  void reset(LinkStream<O, I> s, long now) {
    resetIds.add(s.id);
    // It was never too many: whether one may be opened is what this is for.
    var unused = mine.allows(endedWell, now);
  }

  /** This side serves no new ones: the last id that it does serve. */
  int serveNoMore() {
    lastServed = lastId;
    return lastServed;
  }

  void openNone() {
    draining = true;
  }

  /**
   * The other side serves none beyond this id.
   *
   * @return false if that is known already
   */
  boolean serveUpTo(int last) {
    boolean known = draining && last >= lastServed;
    lastServed = Math.min(lastServed, Math.max(0, last));
    draining = true;
    return !known;
  }

  /** Those that are open and not served; they are forgotten. */
  List<LinkStream<O, I>> unserved() {
    List<LinkStream<O, I>> refused = new ArrayList<>();
    for (LinkStream<O, I> s : open.values()) if (s.id > lastServed) refused.add(s);
    refused.forEach(this::forget);
    return refused;
  }

  /** One pass of maintenance: those that had no credit for their data for so many. */
  List<LinkStream<O, I>> starved(int passes) {
    List<LinkStream<O, I>> all = new ArrayList<>(0);
    for (LinkStream<O, I> s : open.values()) if (s.out.starved() > passes) all.add(s);
    return all;
  }

  /** The same: those whose readers have not taken all for long. */
  List<LinkStream<O, I>> untaken() {
    List<LinkStream<O, I>> all = new ArrayList<>(0);
    for (LinkStream<O, I> s : open.values()) if (s.in.pass()) all.add(s);
    return all;
  }

  /**
   * The link is gone: all that are open, but for those whose answers stay, as they are here, whole,
   * and wait for slow readers: these outlive it, though nothing leaves by them.
   */
  List<LinkStream<O, I>> close(boolean answersStay) {
    closed = true;
    List<LinkStream<O, I>> lost = new ArrayList<>(open.size());
    for (LinkStream<O, I> s : open.values()) {
      if (answersStay && s.in.isWhole()) leavesNothing(s);
      else lost.add(s);
    }
    lost.forEach(this::forget);
    return lost;
  }

  private void leavesNothing(LinkStream<O, I> s) {
    s.out.drop();
    var unused = sender.forget(s);
  }
}
