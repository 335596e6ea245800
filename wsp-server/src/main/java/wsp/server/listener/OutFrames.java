package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  /** A whole text message and the first piece of a binary one. */
  void textAndBinary(String text, ByteBuffer piece, boolean last) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int room = 2 * FrameWriter.MAX_HEADER + bytes.length + piece.remaining();
    ByteBuffer out = Wire.buffer(room);
    frames.frame(out, Opcodes.TEXT, ByteBuffer.wrap(bytes));
    frames.binary(out, piece, last);
    wire.write(out.flip(), last);
  }

  /** A piece of a binary message, as a fragment of its own. */
  void binary(ByteBuffer piece, boolean last) {
    ByteBuffer out = Wire.buffer(FrameWriter.MAX_HEADER + piece.remaining());
    frames.binary(out, piece, last);
    wire.write(out.flip(), last);
  }

  void ping() {
    wire.write(control(Opcodes.PING, ByteBuffer.allocate(0)));
  }

  /** A ping has come: of those that are not answered yet the last one is (RFC 6455 §5.5.3). */
  void pong(ByteBuffer payload) {
    pong = control(Opcodes.PONG, payload);
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
    wire.write(control(Opcodes.CLOSE, ClosePayload.of(why.code(), why.reason())));
  }

  /** With at most 125 bytes. */
  private ByteBuffer control(int opcode, ByteBuffer payload) {
    ByteBuffer out = ByteBuffer.allocate(FrameWriter.MAX_HEADER + payload.remaining());
    frames.frame(out, opcode, payload);
    return out.flip();
  }
}
