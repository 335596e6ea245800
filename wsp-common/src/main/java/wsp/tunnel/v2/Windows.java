package wsp.tunnel.v2;

import wsp.limit.Budget;

/**
 * The memory for the windows of all links of a daemon. Windows grow by no more than a quarter of it
 * together, so that the streams to come find three quarters of it whatever the others are at; what
 * has come with those and waits for slow readers, as much as is free ({@link Kept}); and trailers
 * that wait for their readers no more than an eighth. Safe for all threads.
 */
public final class Windows {
  /** Smaller windows would be all frames and credit. */
  private static final int SMALLEST = 16_384;

  /**
   * Two links alone may have eight ninths of all, two windows eight ninths of all growth, and each
   * of many still finds some.
   */
  private static final int TIMES_FREE = 4;

  /**
   * All windows of one peer may have grown by so many times what is left: one that is alone has
   * four fifths of all growth, as it has where there is one peer only, and several five sixths.
   */
  private static final int OF_PEER = 5;

  /** As long as no more of all growth is taken, an idle window is in nobody's way. */
  private static final int SHORT = 8;

  /** So many first windows fit into three quarters of all, whatever their size. */
  private static final int AT_LEAST = 1152;

  /** Of the first window of each stream, of what windows grow by, and of trailers. */
  final Budget all;

  /** That of all peers; the same where this is for all of them. */
  private final Budget whole;

  final Budget growth;

  /** That of all peers; the same where this is for all of them. */
  private final Budget allGrowth;

  final Budget trailers;

  /** Of all peers. */
  private final Kept kept;

  public Windows(long bytes) {
    all = new Budget(bytes);
    whole = all;
    growth = all.part(bytes / 4);
    allGrowth = growth;
    trailers = all.part(bytes / 8);
    kept = new Kept(all);
  }

  private Windows(Budget mine, Budget whole, Windows ofAll) {
    this.all = mine;
    this.whole = whole;
    this.allGrowth = ofAll.allGrowth;
    this.growth = allGrowth.part(Long.MAX_VALUE);
    this.trailers = ofAll.trailers.fairPart();
    this.kept = ofAll.kept;
  }

  /** For one peer among several: its first windows may take as much as is free of all. */
  public Windows part() {
    Budget mine = all.fairPart();
    return new Windows(mine, mine, this);
  }

  /**
   * For one among many peers, who share all: its links may have a few times what is free of that
   * for first windows, and its trailers as much as is free.
   */
  public Windows ofPeer() {
    return new Windows(all.part(Long.MAX_VALUE), all, this);
  }

  /** From now on there are so many bytes; what is held already, stays. */
  public void limit(long bytes) {
    all.limit(bytes);
    growth.limit(bytes / 4);
    trailers.limit(bytes / 8);
  }

  /** The first window of a stream: as large as the memory bears if very many are open. */
  public int first() {
    return first(AT_LEAST);
  }

  /** The same if so many are open. */
  public int first(int streams) {
    long fair = whole.limit() / 4 * 3 / Math.max(1, streams);
    return (int) Math.max(SMALLEST, Math.min(LinkTerms.DEFAULT.window(), fair));
  }

  /**
   * True if one link may have so many bytes for first windows: it, and all links of its peer, have
   * no more than a few times what is free then. So there is always some left for others, however
   * many streams hang on a few links, and however many links one peer has. What windows have grown
   * by makes it no more than twice as many times: a thousand streams of one peer fit all the same.
   */
  boolean isFair(long bytes) {
    long taken = all == whole ? bytes : Math.max(bytes, all.used());
    long free = whole.limit() - whole.used();
    long grown = allGrowth.used() + kept.used();
    return taken <= TIMES_FREE * Math.min(free + grown, 2 * free);
  }

  /**
   * By how much a window may grow now that has grown by so much: to no more than a few times what
   * is left then, of all and of what its peer may have of that, so that the next one finds room
   * whoever came first.
   *
   * @return negative where it should shrink
   */
  long room(long grown) {
    long free = allGrowth.limit() - allGrowth.used();
    if (growth == allGrowth) return (TIMES_FREE * free - grown) / (TIMES_FREE + 1);
    long left = OF_PEER * free - growth.used();
    return (TIMES_FREE * left - grown) / (TIMES_FREE * (OF_PEER + 1) + 1);
  }

  /** True where windows that are not used should make room for others to grow. */
  boolean isShort() {
    return allGrowth.used() > allGrowth.limit() / SHORT;
  }

  /**
   * True while there is memory for what has come with credit that had lapsed: windows then have no
   * more than twice what they grow by. All others shrink meanwhile.
   */
  boolean bears() {
    return allGrowth.used() <= 2 * allGrowth.limit() && whole.suffices();
  }

  /** For what has waited for the reader of one stream. */
  Kept.Part keeps() {
    return kept.part(this);
  }

  /** How many bytes are held. */
  public long used() {
    return all.used();
  }
}
