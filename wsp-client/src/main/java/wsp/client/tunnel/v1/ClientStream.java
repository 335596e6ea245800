package wsp.client.tunnel.v1;

import java.nio.ByteBuffer;
import wsp.client.websocket.WebSocket;
import wsp.envelope.EnvelopeCodec;
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
public final class ClientStream {
  private final ClientLink link;
  private final WebSocket socket;
  private final Served served;

  /** Of the link's events, which come one after the other. */
  private boolean requestEnded;

  ClientStream(ClientLink link, WebSocket socket, Serving serving, RequestEnvelope request) {
    this.link = link;
    this.socket = socket;
    this.served = serving.begin(this, request);
  }

  /** The server that it came from, for logs. */
  public String target() {
    return link.target();
  }

  /** Address and port at the other end of the link. */
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

  /** The part for which {@link Served#body} gave false is not in use any more. */
  public void taken() {
    link.readOn(this);
  }

  void cancel() {
    served.cancel();
  }

  // -- the response

  /** Sends the head with what is sent next, or at the next {@link #flush}. */
  public void head(ResponseEnvelope head) {
    socket.text(EnvelopeCodec.encode(head));
  }

  /** Sends what is held back. */
  public void flush() {
    socket.flush();
  }

  /**
   * Sends a piece of the body.
   *
   * @param then is run when it has been written, if that is not at once
   * @return true if it was written at once
   */
  public boolean data(ByteBuffer piece, boolean last, Runnable then) {
    // The server may send its next request before the call returns.
    if (last) link.answering();
    return socket.binary(piece, last, then);
  }

  /** Request and response are whole: the link is ready for the next request. */
  public void finished() {
    link.finished(this);
  }

  /**
   * Breaks off, so that the server can tell.
   *
   * @param words for the server, or for the log if it has broken the protocol
   */
  public void reset(Reset why, String words) {
    switch (why) {
      case INVALID -> link.protocolError(words);
      case FAILED -> link.cut(CloseCodes.ORIGIN_BROKE_OFF, words);
      case CANCELLED, REFUSED, LOST -> link.cut(CloseCodes.INTERNAL_ERROR, words);
    }
  }
}
