package wsp.client.targets;

import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.HeapShare;
import wsp.config.LinkKeys;

/**
 * Which wire is spoken, and what version 2 may take.
 *
 * @param link what both daemons have
 * @param maxExchanges requests that a target may have here at once on version 2
 * @param maxEnvelope the longest request envelope, in characters
 * @param envelopeMemory bytes for all envelopes that are here, on either version
 */
public record WireSettings(LinkKeys link, int maxExchanges, int maxEnvelope, long envelopeMemory) {
  private static final int MANY = 1_000_000;

  static WireSettings of(ConfigFile file) throws ConfigException {
    return new WireSettings(
        LinkKeys.read(file),
        file.integer("MaxExchanges", 1000, 1, MANY),
        file.size("MaxEnvelope", 1 << 20, 1024, 1 << 28),
        HeapShare.bytes(file, "EnvelopeMemory", "20%"));
  }
}
