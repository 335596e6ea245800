package wsp.client.tunnel.v2;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import wsp.client.tunnel.ClientLink;
import wsp.client.tunnel.Ending;
import wsp.client.tunnel.LinkOwner;
import wsp.client.tunnel.Liveness;
import wsp.client.tunnel.Resting;
import wsp.client.tunnel.Serving;
import wsp.client.websocket.WebSocket;
import wsp.client.websocket.WebSocketListener;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.process.Safely;
import wsp.tunnel.Reset;
import wsp.tunnel.StreamListener;
import wsp.tunnel.v2.Heads;
import wsp.tunnel.v2.Link;
import wsp.tunnel.v2.LinkStream;
import wsp.websocket.CloseCodes;

/**
 * One link of version 2: greets, and then carries the streams that its server opens until it is
 * closed. What is wrong with one exchange resets its stream; what is wrong with the link ends all
 * of them.
 *
 * <p>Threads: the WebSocket calls its listener one event after the other, and is asked for the next
 * one at each, whatever the streams take. Answers are sent by the origin connections' threads.
 * {@link #tick}, {@link #drain} and {@link #abort} come from any.
 */
public final class V2Link
    implements ClientLink, WebSocketListener, Link.Owner<ResponseEnvelope, RequestEnvelope> {
  private enum State {
    OPENING,
    OPEN,
    /** A close frame was sent, and nothing runs. */
    CLOSING,
    CLOSED
  }

  /** Unless the link has said what it was already. */
  private static final int VIOLATION = 1002;

  private final Serving serving;
  private final LinkOwner owner;
  private final String greeting;
  private final Liveness liveness;
  private final Link.Limits limits;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);

  /** What there is once it is open. */
  private record Open(WebSocket socket, Link<ResponseEnvelope, RequestEnvelope> link) {}

  /** Those whose origin still takes the rest of an answered request, which has left the wire. */
  private final Resting<V2Stream> resting;

  private volatile @Nullable Open open;
  private volatile boolean draining;

  public V2Link(
      Serving serving, LinkOwner owner, String greeting, Liveness liveness, Link.Limits limits) {
    this.serving = serving;
    this.owner = owner;
    this.greeting = greeting;
    this.liveness = liveness;
    this.limits = limits;
    // The others are for requests that run.
    this.resting = new Resting<>(capacity() / 2, Long.MAX_VALUE);
  }

  @Override
  public int wire() {
    return 2;
  }

  @Override
  public int capacity() {
    return Math.min(limits.mine().streams(), limits.theirs().streams());
  }

  String target() {
    return owner.target();
  }

  String remote() {
    Open o = open;
    return o == null ? "" : o.socket.remote();
  }

  // ---- events of the WebSocket

  @Override
  public void onOpen(WebSocket opened) {
    var writer = WebSocket.frameWriter();
    open = new Open(opened, new Link<>(opened, writer, Heads.OF_CLIENT, limits, this));
    owner.opened(this);
    if (draining) over(null);
    else if (state.compareAndSet(State.OPENING, State.OPEN)) {
      opened.text(greeting);
      opened.request();
      if (draining) drain();
    }
  }

  @Override
  public void onSignOfLife() {
    liveness.heard();
  }

  @Override
  public void onText(String piece, boolean last) {
    Open o = open;
    if (o != null) o.link.onText();
  }

  @Override
  public void onBinary(ByteBuffer part, boolean last) {
    Open o = open;
    if (o == null) return;
    o.link.onBinary(part, last);
    o.socket.request();
  }

  @Override
  public void onReadComplete() {
    Open o = open;
    if (o != null) o.link.onReadComplete();
  }

  @Override
  public void onClose(int code, String reason) {
    Open o = open;
    end(Ending.byServer(o != null && o.link.streams() > 0, code, reason));
  }

  @Override
  public void onFailure(String why) {
    over(why);
  }

  // ---- its streams

  @Override
  public @Nullable StreamListener<ResponseEnvelope, RequestEnvelope> accept(
      LinkStream<ResponseEnvelope, RequestEnvelope> stream, RequestEnvelope head) {
    if (owner.busy(this)) return new V2Stream(this, stream, serving, head);
    stream.reset(Reset.REFUSED, "as many requests as may be are under way");
    return null;
  }

  @Override
  public void ended(LinkStream<ResponseEnvelope, RequestEnvelope> stream) {
    if (!stream.hasListener() || !(stream.listener() instanceof V2Stream served)) free();
    // It may have begun to rest, and ended that, while the stream's last frame waited.
    else if (served.streamEnds()) rested(served);
  }

  /** This one rests, until it has {@link #rested}; gets those that are to be cancelled for that. */
  List<V2Stream> rests(V2Stream of) {
    return resting.add(of, 0);
  }

  boolean isClosed() {
    return state.get() == State.CLOSED;
  }

  /** The exchange has ended, after its stream. */
  void rested(V2Stream of) {
    resting.over(of);
    free();
  }

  private void free() {
    liveness.carried();
    owner.idle(this);
    closeIfDone();
  }

  @Override
  public void draining() {
    owner.draining(this);
  }

  @Override
  public void violated(String why) {
    Open o = open;
    if (o != null) o.socket.cut(VIOLATION, why);
    end(new Ending(true, "protocol error: " + why));
  }

  // ---- the end

  @Override
  public void drain() {
    draining = true;
    Open o = open;
    if (o == null || state.get() != State.OPEN) return;
    // What crosses this on its way is not executed, and the server knows.
    o.link.drain();
    closeIfDone();
  }

  private void closeIfDone() {
    Open o = open;
    if (o == null || !draining || o.link.streams() > 0 || !resting.isEmpty()) return;
    if (state.compareAndSet(State.OPEN, State.CLOSING)) o.link.close();
  }

  @Override
  public void abort() {
    over(null);
  }

  private void over(@Nullable String why) {
    Open o = open;
    if (o != null) o.socket.abort();
    end(why == null ? Ending.OURS : new Ending(true, why));
  }

  private void end(Ending ending) {
    if (state.getAndSet(State.CLOSED) == State.CLOSED) return;
    Open o = open;
    // Before its streams end, or each of them would count as room.
    owner.closed(this, ending);
    if (o != null) o.link.onClosed(ending.why());
    Safely.each(resting.all(), V2Stream::cancel);
  }

  @Override
  public void tick() {
    Open o = open;
    State now = state.get();
    if (o == null || now == State.OPENING || now == State.CLOSED) return;
    if (now == State.CLOSING) {
      // The server may still read what came before the close frame.
      if (!liveness.isLate(o.socket.leaves())) return;
      o.socket.cut(CloseCodes.GOING_AWAY, "");
      end(Ending.OURS);
      return;
    }
    o.link.tick(liveness.stallTicks());
    Liveness.Action action = liveness.tick(true, o.socket.stuck());
    if (action == Liveness.Action.PING) o.socket.ping();
    else if (action.why() != null) over(action.why());
  }
}
