package wsp.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Masks a payload, or unmasks it, which is the same (RFC 6455 §5.3). The loops are of the form that
 * the compiler makes vectors of: eight times as fast as with the byte order of the wire, or with an
 * index that does not count in steps of the array. Stateless; safe for all threads.
 */
public final class Masking {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Masking() {}

  /**
   * Masks bytes where they are.
   *
   * @param key its first byte, the highest, is that of the first byte
   */
  public static void apply(byte[] data, int from, int bytes, int key) {
    long wide = wide(key);
    int rest = from + (bytes & -Long.BYTES);
    for (int i = from; i < rest; i += Long.BYTES)
      LONGS.set(data, i, (long) LONGS.get(data, i) ^ wide);
    for (int i = rest; i < from + bytes; i++) data[i] ^= byteOf(key, i - rest);
  }

  /** The same; the buffer's position and limit are not looked at. */
  public static void apply(ByteBuffer data, int from, int bytes, int key) {
    if (data.hasArray()) apply(data.array(), data.arrayOffset() + from, bytes, key);
    else applyDirect(data, from, bytes, key);
  }

  private static void applyDirect(ByteBuffer data, int from, int bytes, int key) {
    long wide = wide(key);
    LongBuffer longs =
        data.duplicate().clear().slice(from, bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    int whole = longs.remaining();
    for (int i = 0; i < whole; i++) longs.put(i, longs.get(i) ^ wide);
    int rest = from + whole * Long.BYTES;
    for (int i = rest; i < from + bytes; i++)
      data.put(i, (byte) (data.get(i) ^ byteOf(key, i - rest)));
  }

  /** The key twice, as its bytes lie in memory. */
  private static long wide(int key) {
    long twice = ((long) key << 32) | (key & 0xffffffffL);
    return Long.reverseBytes(twice);
  }

  private static byte byteOf(int key, int at) {
    return (byte) (key >>> (24 - 8 * (at & 3)));
  }
}
