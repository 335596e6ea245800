package wsp.client.websocket;

import java.nio.ByteBuffer;

/** Hears of a WebSocket and does nothing about it. */
final class DeafListener implements WebSocketListener {
  @Override
  public void onOpen(WebSocket socket) {}

  @Override
  public void onSignOfLife() {}

  @Override
  public void onText(String piece, boolean last) {}

  @Override
  public void onBinary(ByteBuffer piece, boolean last) {}

  @Override
  public void onClose(int code, String reason) {}

  @Override
  public void onFailure(String why) {}
}
