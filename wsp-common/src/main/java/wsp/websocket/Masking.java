package wsp.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Masks a payload, or unmasks it, which is the same (RFC 6455 §5.3). The loops are of the form that
 * the compiler makes vectors of: eight times as fast as with the byte order of the wire, or with an
 * index that does not count in steps of the array. Stateless; safe for all threads.
 */
public final class Masking {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * For the bytes of direct buffers, which go through it a few at a time: the accesses of views of
   * such buffers are calls wherever the compiler has inlined enough, and take ten times as long.
   */
  private static final ThreadLocal<byte[]> CHUNK = ThreadLocal.withInitial(() -> new byte[8192]);

  private Masking() {}

  /** Masks bytes where they are; the key's first byte, the highest, is for the first byte. */
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
    byte[] chunk = CHUNK.get();
    ByteBuffer all = data.duplicate().clear();
    for (int at = 0; at < bytes; at += chunk.length) {
      int n = Math.min(bytes - at, chunk.length);
      all.get(from + at, chunk, 0, n);
      apply(chunk, 0, n, key);
      all.put(from + at, chunk, 0, n);
    }
  }

  /** Puts bytes, masked as by {@link #apply}, at the position; their own buffer is left as is. */
  static void put(ByteBuffer to, ByteBuffer payload, int key) {
    int bytes = payload.remaining();
    int at = to.position();
    if (to.hasArray() || bytes < Long.BYTES) {
      to.put(at, payload, payload.position(), bytes).position(at + bytes);
      apply(to, at, bytes, key);
      return;
    }
    byte[] chunk = CHUNK.get();
    for (int done = 0; done < bytes; done += chunk.length) {
      int n = Math.min(bytes - done, chunk.length);
      payload.get(payload.position() + done, chunk, 0, n);
      apply(chunk, 0, n, key);
      to.put(chunk, 0, n);
    }
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
