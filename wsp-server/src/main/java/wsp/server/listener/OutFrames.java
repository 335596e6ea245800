package wsp.server.listener;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameWriter;
import wsp.websocket.Opcodes;

/**
 * The server's frames, which are not masked (RFC 6455 §5.2): a header and the bytes, in one buffer,
 * copied once. For one connection; one sender of data at a time, pongs on the selector thread,
 * pings and the close frame on any.
 */
final class OutFrames {
  private final Wire wire;
  private final FrameWriter frames = FrameWriter.ofServer();
  private @Nullable ByteBuffer pong;
  private boolean pongWaits;

  OutFrames(Wire wire) {
    this.wire = wire;
  }

  /** A text message, if there is one, and a piece of a binary one, as a fragment of its own. */
  void data(@Nullable String text, ByteBuffer piece, boolean last) {
    wire.write(frames.data(Wire.POOL, text, piece, last), last);
  }

  void ping() {
    wire.write(frames.frame(Opcodes.PING, ByteBuffer.allocate(0)));
  }

  /** A ping has come: of those that are not answered yet the last one is (RFC 6455 §5.5.3). */
  void pong(ByteBuffer payload) {
    pong = frames.frame(Opcodes.PONG, payload);
  }

  /** While others wait for the socket, the pong waits too, for the pings that come meanwhile. */
  void answerPings() {
    ByteBuffer answer = pong;
    if (answer == null) return;
    if (!wire.congested()) {
      pong = null;
      wire.write(answer);
    } else if (!pongWaits) {
      pongWaits = true;
      wire.whenWritten(() -> wire.tcp.onSelector(this::answerAtLast));
    }
  }

  private void answerAtLast() {
    pongWaits = false;
    answerPings();
  }

  /** Closes, with a reason in ASCII (§5.5.1); nothing is to be sent behind it. */
  void close(ClosePayload why) {
    wire.write(frames.frame(Opcodes.CLOSE, ClosePayload.of(why.code(), why.reason())));
  }
}
