package wsp.server.pool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.Greeting;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.server.listener.WebSocketConnection;
import wsp.server.tunnel.v1.ServerStream;
import wsp.server.tunnel.v2.LinkOffer;
import wsp.server.tunnel.v2.ServerLink;
import wsp.tunnel.Reset;
import wsp.tunnel.StreamListener;
import wsp.websocket.CloseCodes;

/**
 * One connection of a client: greets, is idle, serves one exchange at a time, or on version 2 many.
 * The pools know whether it is idle or busy, under their lock; messages come on the connection's
 * own thread.
 */
public final class PooledConnection implements Lease, WebSocketConnection.Listener {
  enum State {
    GREETING,
    IDLE,
    BUSY,
    CLOSED
  }

  private static final Logger LOG = LoggerFactory.getLogger(PooledConnection.class);

  private final WebSocketConnection socket;
  private final RegisterEndpoint endpoint;
  final Admitted admitted;

  /** What it is more on version 2, where it carries many streams; null on version 1. */
  final @Nullable SharedLink shared;

  final long openedAt = System.nanoTime();

  private final StringBuilder greeting = new StringBuilder();
  private volatile @Nullable ServerStream stream;
  private volatile String clientId = "";

  // Of the thread that sweeps.
  private boolean asked;
  private long askedSince;
  private long lastPing;

  // Guarded by the lock of ClientPools.
  State state = State.GREETING;
  @Nullable ClientPool pool;

  /** Its place among the busy ones of its pool. */
  int place = -1;

  /** For the envelopes of its client that are not whole. */
  private volatile Budget envelopes = new Budget(0);

  long idleSince;
  boolean withdrawn;

  PooledConnection(WebSocketConnection socket, Admitted admitted, RegisterEndpoint endpoint) {
    LinkOffer offer = admitted.offer();
    this.shared = offer == null ? null : new SharedLink(this, offer, endpoint);
    this.admitted = admitted;
    this.socket = socket;
    this.endpoint = endpoint;
  }

  public WebSocketConnection socket() {
    return socket;
  }

  /** The client's id; empty until it has greeted. */
  @Override
  public String clientId() {
    return clientId;
  }

  Parties.Holder holder() {
    return new Parties.Holder(admitted.key().name(), socket.network());
  }

  /** Whether it may still come in, as when it was admitted. */
  boolean isAdmitted() {
    return endpoint.admits(this);
  }

  /** True while it is one of the pools'; under their lock. */
  boolean isIn() {
    return state == State.IDLE || state == State.BUSY;
  }

  void named(String id) {
    clientId = id;
  }

  /** When it was last asked for a sign of life, long ago if it never was. */
  long lastPing() {
    return asked ? lastPing : Long.MIN_VALUE / 2;
  }

  void ping(long now) {
    if (unanswered(now) < 0) askedSince = now;
    asked = true;
    lastPing = now;
    socket.ping();
  }

  /** For how long it has owed us a sign of life; negative if it owes none. */
  long unanswered(long now) {
    return asked && askedSince - socket.lastHeard() > 0 ? now - askedSince : -1;
  }

  /** It comes into a pool: from now on it counts there, and so do its envelopes. */
  void join(ClientPool client, Parties.Party whose) {
    pool = client;
    socket.known(whose.links);
    envelopes = whose.envelopes;
    if (shared != null) shared.join(whose);
  }

  /** Tells the client of version 2 that no new stream will come. */
  void drain() {
    ServerLink l = link();
    if (l != null) l.drain();
  }

  /** Closes it, since it is to carry nothing more. */
  void end() {
    if (withdrawn) LOG.warn("closing the connection of {}: its key was withdrawn", this);
    if (withdrawn) socket.close(1008, "key withdrawn");
    else socket.close(1001, "going away");
  }

  /** One pass of maintenance over its streams of version 2. */
  void tick() {
    ServerLink l = link();
    if (l != null) l.tick();
  }

  /** On version 2, once it has greeted. */
  private @Nullable ServerLink link() {
    return shared == null ? null : shared.link;
  }

  /** What its messages are for, once it has greeted: a stream of version 1, or the link. */
  private WebSocketConnection.@Nullable Listener carrier() {
    return shared == null ? stream : shared.link;
  }

  boolean busy() {
    return stream != null;
  }

  @Override
  public void open(
      StreamListener<RequestEnvelope, ResponseEnvelope> listener, Object reader, int maxEnvelope) {
    ServerStream opened = new ServerStream(socket, listener, maxEnvelope, envelopes);
    // Watched from before its health is checked: in whichever way the connection ends, either this
    // thread or the one that closes it sees that.
    stream = opened;
    opened.open();
  }

  @Override
  public void release() {
    stream = null;
    if (socket.readingPaused()) socket.resumeReading();
    endpoint.pools.release(this, System.nanoTime());
  }

  @Override
  public void discard(Reset why) {
    // The messages that are still to come belong to the stream, and are dropped by it.
    endpoint.pools.remove(this);
    ServerStream last = stream;
    if (last != null) last.reset(why);
    // Its stream may not be open yet, and finds it closed.
    else socket.abort();
  }

  @Override
  public void onText(String part, boolean last) {
    WebSocketConnection.Listener to = carrier();
    if (to != null) to.onText(part, last);
    else if (clientId.isEmpty()) greet(part, last);
    else endpoint.outOfTurn(this);
  }

  private void greet(String part, boolean last) {
    if (greeting.length() + part.length() > Greeting.MAX_LENGTH) {
      endpoint.refuseGreeting(
          this, 1009, "the greeting is over " + Greeting.MAX_LENGTH + " characters");
      return;
    }
    greeting.append(part);
    if (last) endpoint.greeted(this, greeting.toString());
  }

  @Override
  public void onBinary(ByteBuffer part, boolean last) {
    WebSocketConnection.Listener to = carrier();
    if (to != null) to.onBinary(part, last);
    else if (clientId.isEmpty())
      endpoint.refuseGreeting(this, 1003, "a greeting is a text message");
    else endpoint.outOfTurn(this);
  }

  @Override
  public void onReadComplete() {
    WebSocketConnection.Listener to = carrier();
    if (to != null) to.onReadComplete();
  }

  @Override
  public void onClosing() {
    WebSocketConnection.Listener to = carrier();
    if (to != null) to.onClosing();
  }

  @Override
  public void onClosed(String reason, int code) {
    if (code == CloseCodes.GOING_AWAY) endpoint.pools.leaving(this);
    endpoint.closed(this, reason);
    WebSocketConnection.Listener to = carrier();
    if (to != null) to.onClosed(reason, code);
  }

  @Override
  public String toString() {
    return clientId.isEmpty() ? socket.remote() : clientId + " at " + socket.remote();
  }
}
