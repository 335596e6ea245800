package wsp.client.targets;

/**
 * How many links a pool keeps; pure arithmetic.
 *
 * @param alone where each link carries one request at a time
 * @param shared where it carries many
 */
record Sizes(PoolSizes alone, LinkSizes shared) {
  /** Those of a configuration, with no more than so many requests at once. */
  static Sizes of(TargetSettings settings, int cores, int requests) {
    PoolSizes alone = settings.sizes().atMost(requests);
    int exchanges = Math.min(settings.wire().maxExchanges(), requests);
    return new Sizes(alone, LinkSizes.of(cores, alone.announced(), alone.max(), exchanges));
  }
}
