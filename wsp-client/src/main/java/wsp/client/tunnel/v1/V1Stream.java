package wsp.client.tunnel.v1;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import wsp.client.tunnel.ClientStream;
import wsp.client.tunnel.Served;
import wsp.client.tunnel.Serving;
import wsp.client.websocket.WebSocket;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.FieldLists;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.Reset;
import wsp.websocket.CloseCodes;

/**
 * One exchange on a link of version 1, as the client has it: the request has come as a text message
 * and comes as a binary one, and the response goes in the same way. A stream that is reset costs
 * the link.
 *
 * <p>Threads: the request's side is the link's; the response's may be any, but one at a time.
 */
final class V1Stream implements ClientStream {
  /** Ticks, of which there are two a second. */
  private static final int MOST_WAITED = 10;

  private final V1Link link;
  private final WebSocket socket;
  private final Served served;

  /** The head that leaves with the first piece of the body. */
  private final AtomicReference<@Nullable ResponseEnvelope> head = new AtomicReference<>();

  /** Of the link's events, which come one after the other. */
  private boolean requestEnded;

  private volatile boolean rests;

  /** For so many ticks the next request has waited while this one rests; of the timer. */
  private int waited;

  V1Stream(V1Link link, WebSocket socket, Serving serving, RequestEnvelope request, int size) {
    this.link = link;
    this.socket = socket;
    this.served = serving.begin(this, request.without(FieldLists.OF_VERSION_2), size);
  }

  @Override
  public String target() {
    return link.owner.target();
  }

  @Override
  public String remote() {
    return socket.remote();
  }

  // -- the request

  void start() {
    served.start();
  }

  /** True when the whole body message has come. */
  boolean requestEnded() {
    return requestEnded;
  }

  boolean onData(ByteBuffer part, boolean last) {
    requestEnded = last;
    return served.body(part, last);
  }

  @Override
  public void taken() {
    link.readOn(this);
  }

  void cancel() {
    served.cancel();
  }

  // -- the response

  @Override
  public void interim(ResponseEnvelope head) {
    // Version 1 has one head for each response.
  }

  @Override
  public boolean carriesInterim() {
    return false;
  }

  @Override
  public void head(ResponseEnvelope response) {
    head.set(response.without(FieldLists.OF_VERSION_2));
  }

  @Override
  public void flush() {
    String text = takeHead();
    if (text != null) socket.text(text);
  }

  private @Nullable String takeHead() {
    ResponseEnvelope taken = head.getAndSet(null);
    return taken == null ? null : EnvelopeCodec.encode(taken);
  }

  @Override
  public boolean data(ByteBuffer piece, boolean last, Runnable then) {
    // The server may send its next request before the call returns.
    if (last) link.answering();
    return socket.send(takeHead(), piece, last, then);
  }

  @Override
  public int takesAtOnce() {
    return socket.congested() ? 0 : Integer.MAX_VALUE;
  }

  @Override
  public void rests() {
    rests = true;
  }

  /**
   * One tick that the next request waits. Behind one whose origin has answered and takes the rest,
   * it does so not for as long as that likes, for the two may have different callers.
   */
  void holdsUp() {
    if (rests && ++waited > MOST_WAITED) cancel();
  }

  @Override
  public void finished() {
    link.finished(this);
  }

  @Override
  public void reset(Reset why, String words) {
    switch (why) {
      case INVALID -> link.protocolError(words);
      case FAILED -> cut(CloseCodes.ORIGIN_BROKE_OFF, words);
      case CANCELLED, REFUSED, STALLED, NO_MEMORY, LOST -> cut(CloseCodes.INTERNAL_ERROR, words);
    }
  }

  private void cut(int code, String words) {
    flush();
    link.cut(code, words);
  }
}
