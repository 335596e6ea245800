package wsp.server.pool;

import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.server.tunnel.v2.CheckedStream;
import wsp.tunnel.Reset;
import wsp.tunnel.StreamListener;

/**
 * A stream on a link of version 2: its end gives the room back, whatever becomes of the lease, and
 * discarding it costs no other stream.
 */
record SharedLease(PooledConnection on, CheckedStream stream) implements Lease {
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
  public void open(StreamListener<RequestEnvelope, ResponseEnvelope> listener, int maxEnvelope) {
    stream.open(listener);
  }

  /** Of its request some may be on its way still. */
  @Override
  public void release() {}

  @Override
  public void discard(Reset why) {
    stream.reset(why);
  }
}
