package wsp.client.websocket;

import java.nio.ByteBuffer;

/** The frames of one WebSocket as its listener hears of them; of whoever reads it. */
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
  public void text(String message) {
    told = true;
    listener.onText(message);
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
  public void close(int code, String reason) {
    readComplete();
    socket.closedByServer(code, reason);
  }

  /** Before the end of the connection as well, which may come in the same round. */
  void readComplete() {
    if (!told) return;
    told = false;
    listener.onReadComplete();
  }
}
