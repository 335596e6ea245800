package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wsp.websocket.FrameWriter;
import wsp.websocket.Opcodes;

/**
 * The server's data frames, pings and pongs, which are not masked (RFC 6455 §5.2): a header and the
 * bytes, in one buffer, copied once. The engine would copy them three times. For one connection;
 * one sender at a time.
 */
final class OutFrames {
  private final FrameWriter frames = FrameWriter.ofServer();

  /** A whole text message and the first piece of a binary one. */
  ByteBuffer textAndBinary(String text, ByteBuffer piece, boolean last) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int room = 2 * FrameWriter.MAX_HEADER + bytes.length + piece.remaining();
    ByteBuffer out = Wire.buffer(room);
    frames.frame(out, Opcodes.TEXT, ByteBuffer.wrap(bytes));
    frames.binary(out, piece, last);
    return out.flip();
  }

  /** A piece of a binary message, as a fragment of its own. */
  ByteBuffer binary(ByteBuffer piece, boolean last) {
    ByteBuffer out = Wire.buffer(FrameWriter.MAX_HEADER + piece.remaining());
    frames.binary(out, piece, last);
    return out.flip();
  }

  /** A ping or a pong, with at most 125 bytes. */
  ByteBuffer control(int opcode, ByteBuffer payload) {
    ByteBuffer out = ByteBuffer.allocate(FrameWriter.MAX_HEADER + payload.remaining());
    frames.frame(out, opcode, payload);
    return out.flip();
  }
}
