package wsp.client.websocket;

import java.nio.ByteBuffer;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameDecoder;
import wsp.websocket.ProtocolViolationException;
import wsp.websocket.TextMessage;

/** What comes by one WebSocket as its listener hears of it; of whoever reads it. */
final class Events implements FrameDecoder.Sink {
  private final WebSocket socket;
  private final WebSocketListener listener;
  private final TextMessage message;

  /** Something has been told since the last {@link WebSocketListener#onReadComplete}. */
  private boolean told;

  /** One of the events that are asked for has been told. */
  private boolean event;

  Events(WebSocket socket, WebSocketListener listener, TextMessage message) {
    this.socket = socket;
    this.listener = listener;
    this.message = message;
  }

  /** True if an event has been told since it was asked. */
  boolean takeEvent() {
    boolean any = event;
    event = false;
    return any;
  }

  void signOfLife() {
    listener.onSignOfLife();
  }

  @Override
  public void text(String piece, boolean last) throws ProtocolViolationException {
    String whole = message.add(piece, last);
    if (whole == null) return;
    tells();
    listener.onText(whole);
  }

  @Override
  public void binary(ByteBuffer piece, boolean last) {
    tells();
    listener.onBinary(piece, last);
  }

  private void tells() {
    told = true;
    event = true;
  }

  @Override
  public void ping(ByteBuffer payload) {
    socket.pong(payload);
  }

  @Override
  public void close(ClosePayload why) {
    readComplete();
    socket.closedByServer(why);
  }

  /** Before the end of the connection as well, which may come in the same round. */
  void readComplete() {
    if (!told) return;
    told = false;
    listener.onReadComplete();
  }
}
