package wsp.client.serve;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.envelope.FieldMemory;
import wsp.envelope.Headers;
import wsp.limit.Budget;

/**
 * What one exchange takes: its request for as long as it runs, and its answer for as long as the
 * server does not take that. Safe for all threads.
 */
final class ExchangeMemory {
  /** Has an answer that can be broken off. */
  interface Owner {
    /** Breaks it off, for this reason; on any thread. */
    void ends(ReplayException why);
  }

  private final Budget.Share request;
  private final int size;
  private final Untaken.Server server;

  /** What its origin's connection keeps as long as a piece of the answer waits, in bytes. */
  private volatile int connection;

  /** Pieces of the answer that wait; less than 0 while one that was taken is still to be told. */
  @GuardedBy("this")
  private int pieces;

  @GuardedBy("this")
  private boolean known;

  @GuardedBy("this")
  private boolean over;

  // Set under the lock.
  private volatile long waiting;
  private volatile long since;
  private volatile @Nullable Owner owner;

  /** For a request with an envelope of so many characters. */
  ExchangeMemory(Budget.Share request, int size, Untaken.Server server) {
    this.request = request;
    this.size = size;
    this.server = server;
  }

  Untaken.Server server() {
    return server;
  }

  /** The request begins, with these fields; false if there is no memory for it. */
  boolean begins(Headers fields, Owner of) {
    owner = of;
    return request.tryAdd(FieldMemory.of(size, fields.size()));
  }

  /** The request is to be replayed by this; false if there is no memory for that. */
  boolean replays(OriginStream by) {
    connection = by.keeps();
    return request.tryAdd(by.takes());
  }

  /** The request has these trailers, too; false if there is no memory for them. */
  boolean trailers(Headers fields) {
    return request.tryAdd(FieldMemory.of(fields));
  }

  static ReplayException noMemory() {
    return new ReplayException(Failure.NO_MEMORY, "the requests that run here take too much");
  }

  /** What the request takes. */
  long held() {
    return request.held();
  }

  /** A piece of the answer was not taken at once. */
  void waits(int bytes) {
    boolean isNew;
    synchronized (this) {
      if (over || ++pieces < 1) return;
      if (waiting == 0) since = server.all().now();
      long more = (long) bytes + (waiting == 0 ? connection : 0);
      waiting += more;
      server.add(more);
      isNew = !known;
      known = true;
    }
    Untaken all = server.all();
    if (isNew) {
      all.add(this);
      // It may have ended meanwhile.
      if (isOver()) all.remove(this);
    }
    all.makeRoom();
  }

  /** One for which {@link #waits} was called, or is going to be, has been taken. */
  synchronized void taken() {
    if (--pieces < 1) release();
  }

  @GuardedBy("this")
  private void release() {
    server.add(-waiting);
    waiting = 0;
  }

  /** What the answer takes now; 0 if nothing of it waits. */
  long waiting() {
    return waiting;
  }

  /** When it began to wait, in nanoTime. */
  long since() {
    return since;
  }

  void givesWay() {
    Owner of = owner;
    if (of != null) of.ends(Untaken.noMemory());
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** Gives everything back, and counts nothing from now on. */
  void close() {
    boolean wasKnown;
    synchronized (this) {
      over = true;
      wasKnown = known;
      release();
    }
    request.close();
    if (wasKnown) server.all().remove(this);
  }
}
