package wsp.server.tunnel.v1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.server.listener.WebSocketConnection;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;
import wsp.websocket.CloseCodes;
import wsp.websocket.ProtocolViolationException;

/**
 * One exchange on a link of version 1: the request as a text message and a binary one, then the
 * response in the same way. Messages that come before the request was sent cost the link; a stream
 * that is reset does, too.
 *
 * <p>Threads: messages come on the link's own thread, and so do the listener's events but {@link
 * StreamListener#onOpen} of a link that is known to be alive.
 */
public final class ServerStream implements Stream<RequestEnvelope>, WebSocketConnection.Listener {
  private final WebSocketConnection socket;
  private final StreamListener<RequestEnvelope, ResponseEnvelope> listener;
  private final int maxEnvelope;
  private final Budget envelopes;

  /** There from before the request is sent. */
  private volatile @Nullable Answer answer;

  private volatile boolean over;

  // Of the link's own thread.
  private boolean headTold;
  private boolean endTold;

  /**
   * A stream on a link that carries no other one.
   *
   * @param maxEnvelope the longest response envelope, in characters
   * @param envelopes the memory for those of the client that are not whole
   */
  public ServerStream(
      WebSocketConnection socket,
      StreamListener<RequestEnvelope, ResponseEnvelope> listener,
      int maxEnvelope,
      Budget envelopes) {
    this.socket = socket;
    this.listener = listener;
    this.maxEnvelope = maxEnvelope;
    this.envelopes = envelopes;
  }

  /**
   * Opens it. The end of a link that has been silent may have arrived without having been read yet,
   * so that is read first.
   */
  public void open() {
    if (!socket.isOpen()) end(Reset.REFUSED, "closed while idle");
    else if (socket.isFresh()) opened();
    else socket.afterReading(this::opened);
  }

  private void opened() {
    if (!over) listener.onOpen(this);
  }

  // ---- the request

  @Override
  public void head(RequestEnvelope head, ByteBuffer first, boolean last) {
    answer = new Answer(maxEnvelope, head.method(), envelopes);
    socket.send(EnvelopeCodec.encode(head), first, last);
  }

  @Override
  public void data(ByteBuffer part, boolean last) {
    socket.sendBinary(part, last);
  }

  @Override
  public void trailers(Headers fields) {
    data(ByteBuffer.allocate(0), true);
  }

  @Override
  public boolean congested() {
    return socket.congested();
  }

  @Override
  public void whenWritten(Runnable action) {
    socket.whenWritten(action);
  }

  // ---- the response

  @Override
  public void pause() {
    socket.pauseReading();
  }

  @Override
  public void resume() {
    socket.resumeReading();
  }

  @Override
  public boolean paused() {
    return socket.readingPaused();
  }

  @Override
  public void onText(String part, boolean last) {
    Answer a = due();
    if (a == null) return;
    try {
      a.text(part, last);
    } catch (ProtocolViolationException e) {
      violated(e);
    }
  }

  @Override
  public void onBinary(ByteBuffer part, boolean last) {
    Answer a = due();
    if (a == null) return;
    try {
      a.body(part.remaining(), last);
      tellHead(a);
      listener.onData(part, last);
      if (a.checked().hasSurplus())
        throw ProtocolViolationException.violation("a body where there is none");
      if (last) a.end();
    } catch (ProtocolViolationException e) {
      violated(e);
    }
  }

  /** The response that a message belongs to; null if there is none, which costs the link. */
  private @Nullable Answer due() {
    if (over) return null;
    Answer a = answer;
    // The request may go to another link.
    if (a == null) socket.close(1002, "message out of turn");
    return a;
  }

  private void tellHead(Answer a) {
    if (headTold) return;
    headTold = true;
    listener.onHead(a.checked().forCaller());
  }

  /**
   * What arrived together has been handled. Only now the response is complete and the link may
   * serve another caller: a frame that came with the response but does not belong to it has been
   * found by now, and no other thread could have released the link before.
   */
  @Override
  public void onReadComplete() {
    Answer a = answer;
    if (a == null || over) return;
    if (a.complete()) {
      tellEnd();
    } else if (a.begun()) {
      tellHead(a);
      listener.onPause();
    }
  }

  private void tellEnd() {
    if (endTold) return;
    endTold = true;
    listener.onEnd();
  }

  // ---- the end

  private void violated(ProtocolViolationException e) {
    end(Reset.INVALID, String.valueOf(e.getMessage()));
    socket.close(e.closeCode(), "invalid answer");
  }

  @Override
  public void onClosed(String reason, int code) {
    Answer a = answer;
    if (over) return;
    // The end may have come with the response's last piece, before onReadComplete.
    if (a != null && a.complete()) tellEnd();
    end(a == null ? Reset.REFUSED : meaning(code, a), reason);
  }

  private static Reset meaning(int code, Answer a) {
    if (code == CloseCodes.GOING_AWAY && a.awaited()) return Reset.REFUSED;
    // A client takes what its origin takes, so it is that one that is stuck.
    if (code == TAKES_NOTHING) return Reset.STALLED;
    if (code == MAKES_ROOM) return Reset.NO_MEMORY;
    return code == CloseCodes.ORIGIN_BROKE_OFF && a.begun() ? Reset.FAILED : Reset.LOST;
  }

  private void end(Reset why, String words) {
    if (ends()) listener.onReset(why, words);
  }

  /** True, once. */
  private synchronized boolean ends() {
    if (over) return false;
    over = true;
    Answer a = answer;
    if (a != null) a.drop();
    return true;
  }

  @Override
  public void reset(Reset why) {
    var unused = ends();
    // One that is closing already has its own last words.
    if (socket.isOpen() && why != Reset.INVALID) socket.abort();
  }
}
