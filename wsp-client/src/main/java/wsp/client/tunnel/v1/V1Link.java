package wsp.client.tunnel.v1;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import wsp.client.tunnel.ClientLink;
import wsp.client.tunnel.Ending;
import wsp.client.tunnel.LinkOwner;
import wsp.client.tunnel.Liveness;
import wsp.client.tunnel.Serving;
import wsp.client.websocket.WebSocket;
import wsp.client.websocket.WebSocketListener;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.RequestEnvelope;
import wsp.websocket.CloseCodes;
import wsp.websocket.ProtocolViolationException;
import wsp.websocket.TextMessage;

/**
 * One link of version 1: greets, then serves one exchange after the other until it is closed.
 *
 * <p>Threads: the WebSocket calls its listener one event after the other, on whichever thread it
 * has; an event comes only when {@link #readOn} has asked for it, and one is always asked for
 * unless the origin does not take what came. The answer is sent by the origin connection's thread.
 * {@link #tick} and {@link #drain} come from the timer. The state changes by compare-and-set.
 */
public final class V1Link implements ClientLink, WebSocketListener {
  /** For an envelope or an order of messages that this protocol does not know. */
  private static final int VIOLATION = 1008;

  private final Serving serving;
  final LinkOwner owner;
  private final String greeting;
  private final Liveness liveness;
  private final TextMessage envelope;
  private final AtomicReference<LinkState> state = new AtomicReference<>(LinkState.OPENING);

  /** The one that has not taken its last part of a body: the next event is not asked for. */
  private final AtomicReference<@Nullable V1Stream> withheld = new AtomicReference<>();

  private final AtomicReference<@Nullable V1Stream> stream = new AtomicReference<>();
  private volatile @Nullable WebSocket socket;
  private volatile boolean draining;

  /** Handed from the listener's event to {@link #finished} by the state AHEAD. */
  private String nextEnvelope = "";

  public V1Link(
      Serving serving, LinkOwner owner, String greeting, Liveness liveness, TextMessage envelope) {
    this.serving = serving;
    this.owner = owner;
    this.greeting = greeting;
    this.liveness = liveness;
    this.envelope = envelope;
  }

  private LinkState state() {
    return Objects.requireNonNull(state.get());
  }

  @Override
  public int wire() {
    return 1;
  }

  @Override
  public int capacity() {
    return 1;
  }

  WebSocket socket() {
    WebSocket s = socket;
    if (s == null) throw new IllegalStateException("not open");
    return s;
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    owner.opened(this);
    if (draining) over(null);
    else if (state.compareAndSet(LinkState.OPENING, LinkState.IDLE)) {
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
  public void onText(String piece, boolean last) throws ProtocolViolationException {
    String text = envelope.add(piece, last);
    if (text == null) {
      socket().request();
      return;
    }
    // Before the state is looked at: the thread that ends that exchange makes the state IDLE first
    // and forgets the exchange then, so that a thread that sees none finds the state IDLE.
    V1Stream previous = stream.get();
    if (begins(text)) return;
    if (previous != null && previous.requestEnded()) {
      nextEnvelope = text;
      if (state.compareAndSet(LinkState.ANSWERING, LinkState.AHEAD) || begins(text)) return;
    }
    if (state().terminal()) socket().request();
    else protocolError("a text message out of turn");
  }

  private boolean begins(String text) {
    if (!state.compareAndSet(LinkState.IDLE, LinkState.BUSY)) return false;
    begin(text);
    return true;
  }

  private void begin(String text) {
    V1Stream begun;
    try {
      RequestEnvelope request = EnvelopeCodec.decodeRequest(text);
      begun = new V1Stream(this, socket(), serving, request, text.length());
    } catch (EnvelopeException e) {
      protocolError(String.valueOf(e.getMessage()));
      return;
    }
    stream.set(begun);
    owner.busy(this);
    begun.start();
    // It may have been closed before there was anything to cancel.
    if (state().terminal()) begun.cancel();
    socket().request();
  }

  @Override
  public void onBinary(ByteBuffer part, boolean last) {
    V1Stream current = stream.get();
    LinkState now = state();
    if (!now.serves() || current == null || current.requestEnded()) {
      if (now.terminal()) socket().request();
      else protocolError("a binary message out of turn");
      return;
    }
    withheld.set(current);
    if (current.onData(part, last)) readOn(current);
  }

  /** The last part of this one's body has been taken: the next event may come. */
  void readOn(V1Stream whose) {
    if (withheld.compareAndSet(whose, null)) socket().request();
  }

  @Override
  public void onClose(int code, String reason) {
    LinkState before = end();
    if (before != LinkState.CLOSED)
      owner.closed(this, Ending.byServer(before.serves(), code, reason));
  }

  @Override
  public void onFailure(String why) {
    over(why);
  }

  /** The last frame of the answer is about to be sent. */
  void answering() {
    state.compareAndSet(LinkState.BUSY, LinkState.ANSWERING);
  }

  /** Request and answer of this one are whole. */
  void finished(V1Stream which) {
    // Counted before it is so: from then on, the next request may come at any moment.
    owner.idle(this);
    if (state.compareAndSet(LinkState.ANSWERING, LinkState.IDLE)) {
      stream.compareAndSet(which, null);
      if (draining) drain();
    } else if (state.compareAndSet(LinkState.AHEAD, LinkState.BUSY)) {
      begin(nextEnvelope);
    }
  }

  @Override
  public void drain() {
    draining = true;
    // An envelope that crosses the close frame on its way is not executed, and the server knows.
    if (state.compareAndSet(LinkState.IDLE, LinkState.CLOSING))
      socket().close(CloseCodes.GOING_AWAY, "");
  }

  /** The server broke the protocol: says so and closes. */
  void protocolError(String why) {
    LinkState before = state.getAndUpdate(s -> s.terminal() ? s : LinkState.CLOSING);
    if (before == LinkState.CLOSING || before == LinkState.CLOSED) return;
    cancelExchange();
    // Nothing of what else it sends is read.
    socket().close(VIOLATION, "");
    over("protocol error: " + why);
  }

  /** Breaks it off: the one way to tell the server that an answer is not whole (docs/wire.md). */
  void cut(int code, String reason) {
    socket().cut(code, reason);
    over(null);
  }

  @Override
  public void abort() {
    over(null);
  }

  private void over(@Nullable String why) {
    LinkState before = end();
    WebSocket s = socket;
    if (s != null) s.abort();
    if (before != LinkState.CLOSED)
      owner.closed(this, why == null ? Ending.OURS : new Ending(true, why));
  }

  private LinkState end() {
    LinkState before = state.getAndSet(LinkState.CLOSED);
    envelope.drop();
    if (before != LinkState.CLOSED) cancelExchange();
    return before;
  }

  private void cancelExchange() {
    V1Stream running = stream.get();
    if (running != null) running.cancel();
  }

  @Override
  public void tick() {
    LinkState now = state();
    if (now == LinkState.OPENING || now == LinkState.CLOSED) return;
    if (now == LinkState.CLOSING) {
      // The server may still read what came before the close frame.
      if (liveness.isLate(socket().leaves())) cut(CloseCodes.GOING_AWAY, "");
      return;
    }
    V1Stream current = stream.get();
    if (now == LinkState.AHEAD && current != null) current.holdsUp();
    Liveness.Action action = liveness.tick(withheld.get() == null, socket().stuck());
    if (action == Liveness.Action.PING) socket().ping();
    else if (action.why() != null) over(action.why());
  }
}
