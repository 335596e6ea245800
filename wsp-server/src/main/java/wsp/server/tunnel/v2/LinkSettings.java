package wsp.server.tunnel.v2;

import wsp.limit.Budget;
import wsp.tunnel.v2.LinkTerms;

/**
 * What the server's links of version 2 have in common.
 *
 * @param terms what the clients are told
 * @param maxEnvelope the longest head of a response, in bytes
 * @param windows the memory for the windows of all
 */
public record LinkSettings(LinkTerms terms, int maxEnvelope, Budget windows) {
  /** Windows are no smaller, or small frames would be all there is. */
  private static final int SMALLEST = 16_384;

  /** As many first windows have to fit into the memory, whatever their size. */
  private static final int AT_LEAST = 1024;

  /** The same with first windows as large as the memory for all of them bears. */
  public static LinkSettings of(int maxEnvelope, Budget windows) {
    LinkTerms usual = LinkTerms.DEFAULT;
    long fair = windows.limit() / AT_LEAST;
    int window = (int) Math.max(SMALLEST, Math.min(usual.window(), fair));
    return new LinkSettings(
        new LinkTerms(usual.streams(), window, usual.frame()), maxEnvelope, windows);
  }
}
