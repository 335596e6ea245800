package wsp.server.listener;

import org.jspecify.annotations.Nullable;
import wsp.limit.Budget;

/**
 * What one connection holds of {@link CallerMemory}. It tells what it holds at the end of a turn,
 * and nearly always that is nothing. That of a client which is known holds only there what its
 * socket does not take; the rest counts for its client. Safe for all threads.
 */
final class Holding {
  /** Objects of a connection that does nothing. */
  static final int BASE = 4 * 1024;

  /** An engine of TLS that has not finished its handshake, and one that has. */
  static final int HANDSHAKE = 64 * 1024;

  static final int TLS = 32 * 1024;

  /** Objects of a link, with what waits in it and is too little to be counted by itself. */
  static final int LINK = 8 * 1024;

  /** Less than that is in what a connection may take anyway. */
  private static final int WORTH_COUNTING = 2 * 1024;

  // What it may hold, each with an owner that says how much that is now.
  private static final int CONNECTION = 0;
  private static final int INPUT = 1;
  private static final int RECORD = 2;
  private static final int EXCHANGE = 3;
  private static final int OUTPUT = 4;
  private static final int UNSENT = 5;

  /** Of those, what one still holds whose handshake is over. */
  private static final int[] KEPT = {CONNECTION, RECORD, OUTPUT};

  private final @Nullable CallerMemory memory;
  private final Budget.Share share;

  /** Of its client; null before that is known. */
  private Budget.@Nullable Share ofClient;

  private final int[] held = new int[6];

  /** Since when there is some of each. */
  private final long[] since = new long[6];

  /** Who is charged with it. */
  volatile CallerMemory.Owner owner = new CallerMemory.Owner(this, false);

  private Runnable giveWay = () -> {};
  private volatile boolean over;
  private volatile boolean known;

  /** The request that is not answered yet. */
  private @Nullable Object request;

  Holding(CallerMemory memory, boolean secure) {
    this(memory, memory.share());
    hold(CONNECTION, BASE + (secure ? HANDSHAKE : 0));
  }

  private Holding(@Nullable CallerMemory memory, Budget.Share share) {
    this.memory = memory;
    this.share = share;
  }

  /** Of a connection that counts nowhere. */
  static Holding none() {
    Holding none = new Holding(null, new Budget(Long.MAX_VALUE).share());
    none.close();
    return none;
  }

  /** What is done on the connection's own thread when it has to go because others have not. */
  void orElse(Runnable action) {
    giveWay = action;
  }

  /** Of the memory that all of them share. */
  long held() {
    return share.held();
  }

  /**
   * It is a client's from now on, and counts there, but for what its socket does not take.
   *
   * @param links of all connections of the party that it is of
   */
  synchronized void known(Budget links) {
    if (over || known) return;
    known = true;
    share.release();
    ofClient = links.share();
    owner = new CallerMemory.Owner(links, true);
    held[CONNECTION] += LINK - BASE;
    held[INPUT] = held[EXCHANGE] = held[UNSENT] = 0;
    for (int kind : KEPT) {
      var unused = of(kind).add(held[kind]);
    }
  }

  boolean isKnown() {
    return known;
  }

  private Budget.Share of(int kind) {
    Budget.Share client = ofClient;
    return client == null || kind == OUTPUT ? share : client;
  }

  /**
   * Bytes of an unfinished head, and of those that wait behind a request; on its own thread.
   *
   * @param moved whether those that waited have gone on since they were counted
   */
  void input(int bytes, boolean moved) {
    if (moved && held[INPUT] > 0) hold(INPUT, 0);
    if (bytes == held[INPUT]) return;
    hold(INPUT, bytes);
    if (bytes > 0 && isExhausted()) giveWay.run();
  }

  /** True if others have not given way in time, so that this one has to. */
  boolean isExhausted() {
    CallerMemory all = memory;
    return all != null && !over && !known && all.exhausted();
  }

  /** Bytes of an unfinished record of TLS, and whether the handshake is over; on its own thread. */
  void record(int bytes, boolean established) {
    if (bytes != held[RECORD]) hold(RECORD, bytes);
    int connection = (known ? LINK : BASE) + (established ? TLS : HANDSHAKE);
    if (connection != held[CONNECTION]) hold(CONNECTION, connection);
  }

  /** From now on it is this request that is not answered yet. */
  synchronized void begins(Object next) {
    request = next;
  }

  /** Bytes that are kept of this request until it is answered, if they are worth counting. */
  void exchange(Object of, long bytes) {
    int counted = bytes < WORTH_COUNTING ? 0 : (int) Math.min(bytes, Integer.MAX_VALUE);
    if (!countOf(of, counted)) relieve();
  }

  /** It is answered, and nothing that is said of it later counts. */
  synchronized void ends(Object last) {
    var unused = countOf(last, 0);
    if (request == last) request = null;
  }

  private synchronized boolean countOf(Object of, int bytes) {
    return request != of || count(EXCHANGE, bytes);
  }

  /** For how long much of a request has been kept, in nanoseconds; 0: too little to be counted. */
  long exchangeFor(long now) {
    return heldFor(EXCHANGE, now);
  }

  /** So many bytes of a body more, or less, have gone on, and are not taken by the next hop. */
  void unsent(int more) {
    if (!add(UNSENT, more)) relieve();
  }

  /** For how long what came has not gone on, in nanoseconds; 0: nothing waits. */
  long stuckFor(long now) {
    return Math.max(heldFor(INPUT, now), heldFor(UNSENT, now));
  }

  private synchronized long heldFor(int kind, long now) {
    return held[kind] > 0 ? Math.max(1, now - since[kind]) : 0;
  }

  /** True if more is better left in the socket for now, where it costs nothing. */
  boolean isScarce() {
    CallerMemory all = memory;
    return all != null && !over && !known && all.scarce();
  }

  /**
   * Bytes that the socket does not take.
   *
   * @return false if the memory is short: {@link #relieve} is to be called, outside all locks
   */
  boolean output(int bytes) {
    return count(OUTPUT, bytes);
  }

  /** Makes others give way; takes the locks of their connections. */
  void relieve() {
    if (memory != null) memory.relieve(System.nanoTime());
  }

  private void hold(int kind, int bytes) {
    if (!count(kind, bytes)) relieve();
  }

  private synchronized boolean count(int kind, int bytes) {
    return add(kind, bytes - held[kind]);
  }

  private synchronized boolean add(int kind, int more) {
    if (over || more == 0) return true;
    if (held[kind] == 0) since[kind] = System.nanoTime();
    held[kind] += more;
    // Where a client holds too much, nobody else has to go for it.
    return of(kind).add(more) || (known && kind != OUTPUT);
  }

  /** From now on it counts nowhere: it is gone, or about to go. */
  synchronized void close() {
    over = true;
    share.close();
    Budget.Share client = ofClient;
    if (client != null) client.close();
  }
}
