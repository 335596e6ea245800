package wsp.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Clients that a request may be for: all there are, those of one label, or the one with an id. It
 * knows which of them have room for an exchange, and who waits for it. Guarded by the lock of
 * {@link ClientPools}.
 *
 * <p>The clients with room stand in rows, and any of the first row is the next. With {@link
 * Balance#LEASTBUSY} a row has those with as many exchanges; otherwise there is one.
 */
final class ClientGroup {
  private static final int NO_ROW = -1;

  static final class Place {
    final ClientGroup group;
    private final ClientPool pool;
    private int row = NO_ROW;
    private int index;
    private boolean closed;
    private boolean here;
    private boolean leaving;

    private Place(ClientGroup group, ClientPool pool) {
      this.group = group;
      this.pool = pool;
    }

    /** The client is not expected back any more. */
    void close() {
      if (!closed) group.open--;
      closed = true;
      leaving(false);
    }

    void open() {
      if (closed) group.open++;
      closed = false;
    }

    /** Whether the client is being stopped. */
    void leaving(boolean now) {
      if (leaving != now) group.leaving += now ? 1 : -1;
      leaving = now;
    }

    /** True if the client has room for an exchange that is for this group. */
    boolean hasRoom() {
      return group.hasRoom(pool);
    }

    private boolean isEmpty() {
      return group.plain == null ? pool.isEmpty() : pool.shared.size() == 0;
    }

    /** Puts the client where it belongs by now; a few steps, however large the group is. */
    void settle(Balance balance) {
      if (here == isEmpty()) {
        here = !here;
        group.here += here ? 1 : -1;
      }
      int right = !hasRoom() ? NO_ROW : balance == Balance.LEASTBUSY ? pool.load() : 0;
      if (right == row) return;
      if (row != NO_ROW) group.takeOut(this);
      row = right;
      if (row != NO_ROW) group.putIn(this);
    }
  }

  /** What its clients have in common; empty where it is something else. */
  final String label;

  /** Of the part that carries bytes, the whole; else null. */
  private final @Nullable ClientGroup plain;

  private final @Nullable ClientGroup bytes;

  /**
   * The row of those without a busy connection, or of all: it comes first, and while clients are
   * kept busy each request empties and fills it.
   */
  private final List<Place> first = new ArrayList<>();

  private final TreeMap<Integer, List<Place>> rows = new TreeMap<>();

  /** Who waits for one of its clients, in the order in which they are served. */
  final SortedSet<Waiting> waiting = new TreeSet<>();

  private int members;

  /** Those members that have a connection or are expected to. */
  private int open;

  private int here;
  private int leaving;

  ClientGroup(String label) {
    this.label = label;
    this.plain = null;
    this.bytes = new ClientGroup(this);
  }

  private ClientGroup(ClientGroup plain) {
    this.label = plain.label;
    this.plain = plain;
    this.bytes = null;
  }

  /**
   * Those of its clients whose streams may go on as bytes that are no HTTP, and who waits for one
   * of them; itself if all of them are such.
   */
  ClientGroup bytes() {
    return bytes == null ? this : bytes;
  }

  /** True if one of its clients has room for an exchange that is for this group. */
  boolean hasRoom(ClientPool pool) {
    return plain == null ? pool.hasRoom() : pool.shared.hasRoom();
  }

  boolean isPart() {
    return plain != null;
  }

  /** True if clients are here, and none of them is of this part. */
  boolean isTooOld() {
    return plain != null && here == 0 && plain.isHere();
  }

  boolean isEmpty() {
    return members == 0;
  }

  /** True if a request may begin to wait for one of its clients: it is here, or expected. */
  boolean isOpen() {
    return open > 0;
  }

  boolean isHere() {
    return here > 0;
  }

  boolean isLeaving() {
    return leaving > 0 && leaving >= open;
  }

  boolean hasRoom() {
    return !first.isEmpty() || !rows.isEmpty();
  }

  Place join(ClientPool pool) {
    members++;
    open++;
    return new Place(this, pool);
  }

  void leave(Place place) {
    if (place.row != NO_ROW) takeOut(place);
    place.row = NO_ROW;
    place.close();
    place.leaving(false);
    if (place.here) here--;
    place.here = false;
    members--;
  }

  /** The client whose idle connection is the next; null if none has any. */
  @Nullable ClientPool next(IntUnaryOperator random) {
    List<Place> row = first;
    if (row.isEmpty()) {
      if (rows.isEmpty()) return null;
      row = rows.firstEntry().getValue();
    }
    return row.get(random.applyAsInt(row.size())).pool;
  }

  private void putIn(Place place) {
    List<Place> row =
        place.row == 0 ? first : rows.computeIfAbsent(place.row, n -> new ArrayList<>());
    place.index = row.size();
    row.add(place);
  }

  /** The last of its row takes its place. */
  private void takeOut(Place place) {
    List<Place> row = place.row == 0 ? first : rows.get(place.row);
    if (row == null) throw new IllegalStateException("there is no row " + place.row);
    Place last = row.remove(row.size() - 1);
    if (last != place) {
      row.set(place.index, last);
      last.index = place.index;
    }
    if (row.isEmpty() && row != first) rows.remove(place.row);
  }
}
