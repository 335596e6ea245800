package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import wsp.testing.Split;

class ChunksTest {
  @Test
  void theSizeHasTheDigitsThatItNeeds() {
    for (int size : new int[] {1, 9, 15, 16, 255, 256, 4095, 4096, 65535, 65536, 1 << 20}) {
      ByteBuffer out = ByteBuffer.allocate(size + Chunks.OVERHEAD);
      Chunks.put(out, ByteBuffer.allocate(size));
      String hex = Integer.toHexString(size);
      assertEquals(size + hex.length() + 4, out.position());
      assertEquals(
          hex + "\r\n", new String(out.array(), 0, hex.length() + 2, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aChunkHasItsSizeAndNoBytesAreNoChunk() {
    ByteBuffer out = ByteBuffer.allocate(100);
    Chunks.put(out, ByteBuffer.wrap(new byte[0]));
    Chunks.put(out, ByteBuffer.wrap(Split.bytes("0123456789abcdef")));
    Chunks.end(out);
    assertEquals(
        "10\r\n0123456789abcdef\r\n0\r\n\r\n",
        new String(out.array(), 0, out.position(), StandardCharsets.UTF_8));
  }

  @Test
  void theFramingOfTheLargestChunkFits() {
    assertTrue(Integer.toHexString(Integer.MAX_VALUE).length() + 4 <= Chunks.OVERHEAD);
  }
}
