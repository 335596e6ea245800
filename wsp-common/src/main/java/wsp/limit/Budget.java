package wsp.limit;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the memory that many holders take together. A limit for each of them says nothing
 * about all: a thousand connections may each stay below theirs. A budget can be a part of a larger
 * one, so that no holder of a part can use up what the others have. Safe for all threads.
 */
public final class Budget {
  private final AtomicLong used = new AtomicLong();
  private final @Nullable Budget whole;
  private final boolean fair;
  private volatile long limit;

  public Budget(long bytes) {
    this(null, bytes, false);
  }

  private Budget(@Nullable Budget whole, long bytes, boolean fair) {
    this.whole = whole;
    this.limit = bytes;
    this.fair = fair;
  }

  /** A budget of its own for some of the holders, of which all counts for this one too. */
  public Budget part(long bytes) {
    return new Budget(this, bytes, false);
  }

  /**
   * The same without a number: it may hold as much as is free in all, half of it if there is no
   * other. So one that comes later finds room, however many others hold what they may.
   */
  public Budget fairPart() {
    return new Budget(this, limit, true);
  }

  /** From now on it has so many bytes; what is held already, stays. */
  public void limit(long bytes) {
    limit = bytes;
  }

  public long limit() {
    return limit;
  }

  /** How many bytes are held; more than the limit until those who were told so have given back. */
  public long used() {
    return used.get();
  }

  /** False if more is held than there is, here or in the larger budget that this is a part of. */
  public boolean suffices() {
    if (whole == null) return used.get() <= limit;
    long most = fair ? whole.limit - whole.used() : limit;
    return used.get() <= most && whole.suffices();
  }

  private void count(long bytes) {
    used.addAndGet(bytes);
    if (whole != null) whole.count(bytes);
  }

  public Share share() {
    return new Share();
  }

  public final class Share {
    private long held;
    private boolean over;

    private Share() {}

    /**
     * Holds so many bytes more; a negative number gives back.
     *
     * @return false if that is more than there is: counted all the same, since the bytes are here,
     *     so that the holder, or another, has to give back
     */
    public boolean add(long bytes) {
      synchronized (this) {
        if (over) return true;
        held += bytes;
        count(bytes);
      }
      return bytes <= 0 || suffices();
    }

    /** Holds so many bytes more, or none more if there are not so many: then it is false. */
    public boolean tryAdd(long bytes) {
      if (add(bytes)) return true;
      add(-bytes);
      return false;
    }

    public synchronized long held() {
      return held;
    }

    public synchronized void release() {
      count(-held);
      held = 0;
    }

    /** Gives everything back, and counts nothing from now on. */
    public synchronized void close() {
      release();
      over = true;
    }
  }
}
