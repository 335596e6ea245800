package wsp.server.tunnel.v2;

import java.nio.ByteBuffer;
import wsp.server.listener.WebSocketConnection;
import wsp.tunnel.v2.Carrier;

/** A client's WebSocket under its link. */
record SocketCarrier(WebSocketConnection socket) implements Carrier {
  @Override
  public ByteBuffer buffer(int bytes) {
    return socket.buffer(bytes);
  }

  @Override
  public void write(ByteBuffer frames) {
    socket.sendFrames(frames);
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
