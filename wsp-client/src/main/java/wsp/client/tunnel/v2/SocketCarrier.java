package wsp.client.tunnel.v2;

import java.nio.ByteBuffer;
import wsp.client.websocket.WebSocket;
import wsp.tunnel.v2.Carrier;

/** The WebSocket under a link. */
record SocketCarrier(WebSocket socket) implements Carrier {
  @Override
  public ByteBuffer buffer(int bytes) {
    return WebSocket.buffer(bytes);
  }

  @Override
  public void write(ByteBuffer frames) {
    socket.frames(frames);
  }

  @Override
  public boolean congested() {
    return socket.congested();
  }

  @Override
  public void whenWritten(Runnable action) {
    socket.whenWritten(action);
  }

  @Override
  public void close(int code, String reason) {
    socket.close(code, reason);
  }
}
