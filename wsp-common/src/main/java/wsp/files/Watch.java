package wsp.files;

/**
 * Looks whether some files contain anything else than what was loaded of them. They are due when
 * they have not changed again from one look to the next, since a program may still be writing them,
 * and half of the content may be a valid one; what could not be loaded is due until it can. For one
 * thread, but for {@link #owed} and {@link #loadedAt}.
 */
public final class Watch {
  private FileSource source = FileSource.atStart();
  private boolean waiting;
  private String told = "";
  private volatile boolean owed;
  private volatile long loadedAt = System.currentTimeMillis() / 1000;

  /** What the files contained at the last look. */
  public FileSource source() {
    return source;
  }

  /** Looks at them; true if they are due. */
  public boolean isDue() {
    FileSource now = source.again();
    boolean changed = !now.sameAs(source);
    boolean due = !changed && (waiting || owed);
    source = now;
    waiting = changed;
    return due;
  }

  /** Looks at them, pipes too: they are due in any case. True if they are as they were loaded. */
  public boolean anew() {
    FileSource now = source.anew();
    boolean same = !owed && !waiting && now.sameAs(source);
    source = now;
    waiting = false;
    told = "";
    return same;
  }

  public void loaded() {
    owed = false;
    told = "";
    loadedAt = System.currentTimeMillis() / 1000;
    source.forget();
  }

  /** They cannot be used, for this reason; false if the last attempt has failed for the same. */
  public boolean failed(String why) {
    owed = true;
    boolean news = !why.equals(told);
    told = why;
    return news;
  }

  /** True if what the files contain now could not be loaded yet. */
  public boolean owed() {
    return owed;
  }

  /** When they were loaded last, in seconds since 1970. */
  public long loadedAt() {
    return loadedAt;
  }
}
