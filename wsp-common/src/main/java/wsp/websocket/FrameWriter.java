package wsp.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wsp.net.BufferPool;

/**
 * Writes frames (RFC 6455 §5.2): a header and the payload, which is copied once, and masked if a
 * client sends it. For one connection; one sender of messages at a time.
 */
public final class FrameWriter {
  /** The most bytes that a header takes. */
  public static final int MAX_HEADER = 14;

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final byte[] NOTHING = {};

  private final @Nullable IntSupplier masks;
  private boolean withinBinary;

  private FrameWriter(@Nullable IntSupplier masks) {
    this.masks = masks;
  }

  /** For the frames of a server, which are not masked. */
  public static FrameWriter ofServer() {
    return new FrameWriter(null);
  }

  /** For the frames of a client, masked with keys that nobody can foretell (§5.3). */
  public static FrameWriter ofClient(IntSupplier masks) {
    return new FrameWriter(masks);
  }

  /** Appends a whole message or a control frame, whose payload is left as it is. */
  public void frame(ByteBuffer out, int opcode, ByteBuffer payload) {
    write(out, FIN | opcode, NOTHING, payload);
  }

  /** A whole message or a control frame, in a buffer of its own. */
  public ByteBuffer frame(int opcode, ByteBuffer payload) {
    ByteBuffer out = ByteBuffer.allocate(MAX_HEADER + payload.remaining());
    frame(out, opcode, payload);
    return out.flip();
  }

  /** A text message, if there is one, and a piece of a binary one, in a buffer of the pool. */
  public ByteBuffer data(BufferPool pool, @Nullable String text, ByteBuffer piece, boolean last) {
    byte[] bytes = text == null ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = pool.take(2 * MAX_HEADER + bytes.length + piece.remaining());
    if (text != null) frame(out, Opcodes.TEXT, ByteBuffer.wrap(bytes));
    binary(out, piece, last);
    return out.flip();
  }

  /** Appends a piece of a binary message, as a fragment of its own; the piece is left as it is. */
  public void binary(ByteBuffer out, ByteBuffer piece, boolean last) {
    int opcode = withinBinary ? Opcodes.CONTINUATION : Opcodes.BINARY;
    write(out, (last ? FIN : 0) | opcode, NOTHING, piece);
    withinBinary = !last;
  }

  /** Appends a whole message of two parts, which are left as they are. */
  public void message(ByteBuffer out, int opcode, byte[] before, ByteBuffer payload) {
    write(out, FIN | opcode, before, payload);
  }

  private void write(ByteBuffer out, int first, byte[] before, ByteBuffer payload) {
    int length = before.length + payload.remaining();
    int masked = masks == null ? 0 : MASKED;
    out.put((byte) first);
    if (length < 126) out.put((byte) (masked | length));
    else if (length < 65536) out.put((byte) (masked | 126)).putShort((short) length);
    else out.put((byte) (masked | 127)).putLong(length);
    if (masks == null) {
      int at = out.position();
      out.put(before).put(out.position(), payload, payload.position(), payload.remaining());
      out.position(at + length);
      return;
    }
    int mask = masks.getAsInt();
    out.putInt(mask);
    out.put(before);
    Masking.apply(out, out.position() - before.length, before.length, mask);
    Masking.put(out, payload, Integer.rotateLeft(mask, Byte.SIZE * (before.length & 3)));
  }
}
