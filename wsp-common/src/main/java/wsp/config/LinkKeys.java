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
  private static final String USUAL = "64m";

  /**
   * Reads {@code wire} and {@code maxbuffered}, which is never more than a quarter of the heap.
   *
   * @param usual the wire where none is named: a server takes what it is offered, a client offers
   *     version 2 only where it is told to
   */
  public static LinkKeys read(ConfigFile file, String usual) throws ConfigException {
    String wire = Ascii.lower(file.string("wire", usual));
    if (!wire.equals("auto") && !wire.equals("1")) throw file.unexpected("wire", "auto or 1");
    long most = Runtime.getRuntime().maxMemory() / 100 * PERCENT_AT_MOST;
    long buffered = HeapShare.bytes(file, "maxbuffered", USUAL);
    return new LinkKeys(wire.equals("auto"), Math.min(most, buffered));
  }

  /** The value of {@code wire}. */
  public String wire() {
    return auto ? "auto" : "1";
  }
}
