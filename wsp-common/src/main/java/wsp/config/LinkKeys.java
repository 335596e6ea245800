package wsp.config;

import wsp.text.Ascii;

/**
 * The keys that both daemons have for the wire between them.
 *
 * @param auto whether version 2 is spoken with a peer that speaks it; otherwise version 1 always
 * @param maxBuffered bytes of all windows of version 2 together
 */
public record LinkKeys(boolean auto, long maxBuffered) {
  private static final int PERCENT_AT_MOST = 25;
  private static final String USUAL = "160m";

  /** Reads {@code wire} and {@code maxbuffered}, which is never more than a quarter of the heap. */
  public static LinkKeys read(ConfigFile file) throws ConfigException {
    String wire = Ascii.lower(file.string("Wire", "auto"));
    if (!wire.equals("auto") && !wire.equals("1")) throw file.unexpected("wire", "auto or 1");
    long most = Runtime.getRuntime().maxMemory() / 100 * PERCENT_AT_MOST;
    long buffered = HeapShare.bytes(file, "MaxBuffered", USUAL);
    file.effective.note("Wire", wire);
    return new LinkKeys(
        wire.equals("auto"), file.effective.note("MaxBuffered", Math.min(most, buffered)));
  }
}
