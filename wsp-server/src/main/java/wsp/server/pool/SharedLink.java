package wsp.server.pool;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.server.tunnel.v2.CheckedStream;
import wsp.server.tunnel.v2.LinkOffer;
import wsp.server.tunnel.v2.ServerLink;
import wsp.tunnel.Reset;
import wsp.tunnel.StreamListener;
import wsp.tunnel.v2.LinkStream;
import wsp.tunnel.v2.Windows;

/**
 * What a connection of version 2 is more than one of version 1: a link with room for many streams.
 * Its counts are guarded by the lock of {@link ClientPools}.
 */
final class SharedLink implements ServerLink.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(SharedLink.class);

  /** A stream: its end gives the room back, and discarding it costs no other one. */
  private record Leased(PooledConnection on, CheckedStream stream) implements Lease {
    @Override
    public String clientId() {
      return on.clientId();
    }

    @Override
    public boolean carriesBytes() {
      return true;
    }

    /** The length of a head is the link's affair. */
    @Override
    public void open(
        StreamListener<RequestEnvelope, ResponseEnvelope> to, Object reader, int maxEnvelope) {
      stream.open(to, reader);
    }

    /** Of its request some may be on its way still. */
    @Override
    public void release() {}

    @Override
    public void discard(Reset why) {
      stream.reset(why);
    }
  }

  final PooledConnection connection;

  private final LinkOffer offer;
  private final RegisterEndpoint endpoint;

  /** There once it is in a pool. */
  volatile @Nullable ServerLink link;

  int streams;

  /** Of a link that is out: those that have not ended yet. */
  int left;

  /** Its place among those of its pool with room; -1 if it has none. */
  int place = -1;

  /** No new stream is to come, as one side or the other wants it. */
  boolean draining;

  /**
   * It owes a sign of life: its client may be frozen, or cut off. Written by who looks for that.
   */
  private boolean silent;

  /** Its client has just refused a stream, and so many of those will be told to be over. */
  private boolean full;

  private int refused;

  SharedLink(PooledConnection connection, LinkOffer offer, RegisterEndpoint endpoint) {
    this.connection = connection;
    this.offer = offer;
    this.endpoint = endpoint;
  }

  void join(Parties.Party whose) {
    Windows windows = whose.windows(offer.settings().windows());
    link = new ServerLink(connection.socket(), offer, windows, whose.envelopes, this);
  }

  boolean hasRoom() {
    ServerLink l = link;
    return l != null && !full && !draining && !silent && !connection.withdrawn && l.hasRoom();
  }

  /** True while streams are open, as the link knows it; from any thread. */
  boolean carriesSome() {
    ServerLink l = link;
    return l != null && l.carriesSome();
  }

  /** Room for a stream; null if there is none, or no memory. */
  @Nullable Lease reserve() {
    ServerLink l = link;
    CheckedStream s = l == null ? null : l.reserve();
    return s == null ? null : new Leased(connection, s);
  }

  /** It owes a sign of life, and gets no streams while it does; or it has given one. */
  void silent(boolean now) {
    if (silent == now) return;
    var unused = endpoint.pools.change(this, (pool, link) -> link.silent = now);
  }

  /** Its client has refused a stream: it takes no more until one of the others is over. */
  void refusal() {
    full = true;
    refused++;
  }

  /** A stream is over, perhaps one that was refused. */
  void over() {
    if (refused > 0) refused--;
    else full = false;
  }

  /** What was full long ago may be tried again. */
  void rested() {
    full = false;
    refused = 0;
  }

  // ---- what the link tells

  @Override
  public void ended(LinkStream<RequestEnvelope, ResponseEnvelope> stream) {
    boolean in =
        endpoint.pools.change(this, (pool, link) -> pool.shared.ended(link, System.nanoTime()));
    // One that is out stays so.
    if (!in) endpoint.pools.outlived(this);
  }

  @Override
  public void full() {
    var unused = endpoint.pools.change(this, (pool, link) -> link.refusal());
  }

  @Override
  public void draining() {
    LOG.debug("connection of {}: it takes no new requests", connection);
    var unused =
        endpoint.pools.change(
            this,
            (pool, link) -> {
              link.draining = true;
              pool.shared.look(link);
              pool.leaving(!pool.hasRoom());
            });
  }

  @Override
  public void violated(String why) {
    endpoint.violated(connection, why);
  }
}
