package wsp.testing;

import java.nio.ByteBuffer;

/** Frames as a client sends them (RFC 6455 §5.2). */
public final class Frames {
  private Frames() {}

  /** One masked frame. */
  public static byte[] masked(boolean fin, int opcode, byte[] payload, int mask) {
    ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
    out.put(header(fin, opcode, payload.length, true)).putInt(mask);
    for (int i = 0; i < payload.length; i++)
      out.put((byte) (payload[i] ^ (mask >>> (24 - 8 * (i & 3)))));
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  /** The first bytes of a frame, up to its length. */
  public static byte[] header(boolean fin, int opcode, long length, boolean masked) {
    ByteBuffer out = ByteBuffer.allocate(10);
    int bit = masked ? 0x80 : 0;
    out.put((byte) ((fin ? 0x80 : 0) | opcode));
    if (length < 126) out.put((byte) (bit | length));
    else if (length < 65536) out.put((byte) (bit | 126)).putShort((short) length);
    else out.put((byte) (bit | 127)).putLong(length);
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }
}
