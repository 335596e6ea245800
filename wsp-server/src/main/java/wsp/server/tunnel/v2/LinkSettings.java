package wsp.server.tunnel.v2;

import java.time.Duration;
import wsp.tunnel.v2.LinkTerms;
import wsp.tunnel.v2.Windows;

/**
 * What the server's links of version 2 have in common.
 *
 * @param terms what the clients are told
 * @param maxEnvelope the longest head of a response, in bytes
 * @param windows the memory for the windows of all
 * @param stallPasses for how many passes of maintenance, one a second, data may get no credit
 */
public record LinkSettings(LinkTerms terms, int maxEnvelope, Windows windows, int stallPasses) {
  /** The same with first windows as large as the memory for all of them bears. */
  public static LinkSettings of(int maxEnvelope, Windows windows, Duration stall) {
    return new LinkSettings(
        new LinkTerms(LinkTerms.DEFAULT.streams(), windows.first(), LinkTerms.FRAME),
        maxEnvelope,
        windows,
        (int) Math.max(2, stall.toSeconds()));
  }
}
