package wsp.client.websocket;

import java.nio.ByteBuffer;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameDecoder;
import wsp.websocket.ProtocolViolationException;

/** What comes by one WebSocket as its listener hears of it; of whoever reads it. */
final class Events implements FrameDecoder.Sink {
  private final WebSocket socket;
  private final WebSocketListener listener;

  /** Something has been told since the last {@link WebSocketListener#onReadComplete}. */
  private boolean told;

  Events(WebSocket socket, WebSocketListener listener) {
    this.socket = socket;
    this.listener = listener;
  }

  void signOfLife() {
    listener.onSignOfLife();
  }

  @Override
  public void text(String piece, boolean last) throws ProtocolViolationException {
    told = true;
    listener.onText(piece, last);
  }

  @Override
  public void binary(ByteBuffer piece, boolean last) {
    told = true;
    listener.onBinary(piece, last);
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
