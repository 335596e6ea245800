package wsp.client.targets;

import org.jspecify.annotations.Nullable;
import wsp.client.tunnel.ClientLink;

/**
 * How many links a pool wants: by {@link PoolSizes}, or by {@link LinkSizes} where the latest link
 * speaks version 2. Guarded by the lock of its pool.
 */
final class Demand {
  /**
   * How far a surge goes, in links that are being opened at a time; the server closes those that
   * were too many after its {@code idletimeout}.
   */
  private static final int MOST_AT_ONCE = 128;

  private final PoolSizes sizes;
  private final LinkSizes shared;
  private final OpenLinks open;

  /** The version that the latest link speaks; 0 before there was one. */
  private int wire;

  /** Beyond what the sizes ask for: requests come faster than links open. */
  private int surge;

  /** Requests that have been under way from one measurement to the next. */
  private int lasting;

  Demand(PoolSizes sizes, LinkSizes shared, OpenLinks open) {
    this.sizes = sizes;
    this.shared = shared;
    this.open = open;
  }

  void speaks(int version) {
    wire = version;
  }

  int wire() {
    return wire;
  }

  /** How many links to open beside those that are being opened. */
  int missing(int connecting) {
    return wire < 2
        ? sizes.toOpen(connecting, open.idle(), open.busy(), surge)
        : shared.toOpen(connecting, open, lasting);
  }

  /** True if a link of version 2 carries more than the target may have here. */
  boolean exceeded(ClientLink link) {
    return link.wire() == 2 && open.exchanges() > shared.exchanges();
  }

  /** A request has come. A pool that has just begun to fill is not one that has run dry. */
  void used() {
    if (open.idle() == 0 && open.busy() >= sizes.minIdle())
      surge = Math.min(MOST_AT_ONCE, Math.max(1, 2 * surge));
  }

  /** One pass of maintenance; the link that is one too many, if there is one. */
  @Nullable ClientLink tick() {
    measure();
    return wire < 2 ? null : open.surplus(shared.links());
  }

  /** Notes how many requests were under way all the time since this was called before. */
  void measure() {
    lasting = open.lasting();
  }

  /** What is idle now was enough. */
  void calm() {
    if (open.idle() > 0) surge = 0;
  }
}
