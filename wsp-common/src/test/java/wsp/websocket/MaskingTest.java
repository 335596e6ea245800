package wsp.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {
  private static final int SIZE = 100;

  private final Random random = new Random(7);

  /** Byte by byte, as RFC 6455 §5.3 has it. */
  private static byte[] expected(byte[] data, int from, int bytes, int key) {
    byte[] all = data.clone();
    for (int i = 0; i < bytes; i++) all[from + i] ^= (byte) (key >>> (24 - 8 * (i % 4)));
    return all;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] all = new byte[SIZE];
    buffer.duplicate().clear().get(all);
    return all;
  }

  @Test
  void aLargeDirectBufferIsMaskedInParts() {
    byte[] data = new byte[20_001];
    random.nextBytes(data);
    ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data).flip();
    Masking.apply(direct, 3, 19_997, 0x01020304);
    byte[] got = new byte[data.length];
    direct.get(got);
    assertArrayEquals(expected(data, 3, 19_997, 0x01020304), got);
  }

  @Test
  void everyLengthAtEveryPlace() {
    byte[] data = new byte[SIZE];
    random.nextBytes(data);
    for (int from = 0; from < 20; from++) {
      for (int n = 0; n <= SIZE - from; n++) {
        int key = random.nextInt();
        byte[] expected = expected(data, from, n, key);
        byte[] array = data.clone();
        Masking.apply(array, from, n, key);
        assertArrayEquals(expected, array, from + ", " + n);
        ByteBuffer heap = ByteBuffer.allocate(SIZE + 3).slice(3, SIZE).put(data).flip();
        Masking.apply(heap, from, n, key);
        assertArrayEquals(expected, bytes(heap), from + ", " + n);
        ByteBuffer direct = ByteBuffer.allocateDirect(SIZE).put(data).flip();
        Masking.apply(direct, from, n, key);
        assertArrayEquals(expected, bytes(direct), from + ", " + n);
      }
    }
  }
}
