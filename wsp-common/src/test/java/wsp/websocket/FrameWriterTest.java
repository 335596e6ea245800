package wsp.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {
  private final Random random = new Random(7);
  private final FrameWriter encoder = FrameWriter.ofClient(random::nextInt);

  private byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The first byte, and the payload with the mask taken off byte by byte. */
  private static byte[] unmasked(ByteBuffer frame) {
    int second = frame.get() & 0xff;
    assertEquals(0x80, second & 0x80, "masked");
    long length = second & 0x7f;
    if (length == 126) length = frame.getShort() & 0xffff;
    else if (length == 127) length = frame.getLong();
    assertEquals(length, frame.remaining() - 4);
    byte[] mask = new byte[4];
    frame.get(mask);
    byte[] payload = new byte[(int) length];
    frame.get(payload);
    for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i & 3];
    return payload;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 9, 15, 125, 126, 127, 1000, 65535, 65536, 70_001})
  void everyLengthArrives(int n) {
    byte[] payload = bytes(n);
    ByteBuffer source = ByteBuffer.wrap(payload);
    for (ByteBuffer out :
        new ByteBuffer[] {ByteBuffer.allocate(80_000), ByteBuffer.allocateDirect(80_000)}) {
      encoder.binary(out, source, true);
      out.flip();
      assertEquals((byte) 0x82, out.get());
      assertArrayEquals(payload, unmasked(out));
      assertEquals(n, source.remaining(), "the source is left as it was");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 100, 16_384, 65_536})
  void aMessageOfTwoPartsArrives(int n) {
    byte[] before = bytes(5);
    byte[] payload = bytes(n);
    for (ByteBuffer out :
        new ByteBuffer[] {ByteBuffer.allocate(80_000), ByteBuffer.allocateDirect(80_000)}) {
      encoder.message(out, Opcodes.BINARY, before, ByteBuffer.wrap(payload));
      out.flip().get();
      byte[] both = Arrays.copyOf(before, 5 + n);
      System.arraycopy(payload, 0, both, 5, n);
      assertArrayEquals(both, unmasked(out));
    }
  }

  @Test
  void fragmentsOfAMessageFollowEachOther() {
    int[] expected = {0x02, 0x00, 0x80, 0x82};
    boolean[] last = {false, false, true, true};
    for (int i = 0; i < last.length; i++) {
      ByteBuffer out = ByteBuffer.allocate(100);
      encoder.binary(out, ByteBuffer.wrap(bytes(10)), last[i]);
      assertEquals((byte) expected[i], out.get(0));
    }
  }

  @Test
  void aServersFramesAreNotMasked() {
    ByteBuffer out = ByteBuffer.allocate(100);
    FrameWriter.ofServer().frame(out, Opcodes.TEXT, ByteBuffer.wrap(new byte[] {'a', 'b'}));
    assertArrayEquals(
        new byte[] {(byte) 0x81, 2, 'a', 'b'}, Arrays.copyOf(out.array(), out.position()));
  }
}
