package wsp.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Input as a network may deliver it: cut anywhere. Each part is a copy, since decoders move bytes
 * in their input.
 */
public final class Split {
  private Split() {}

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** In two, at a byte. */
  public static List<ByteBuffer> at(byte[] all, int cut) {
    return List.of(part(all, 0, cut), part(all, cut, all.length - cut));
  }

  /** Byte by byte. */
  public static List<ByteBuffer> single(byte[] all) {
    List<ByteBuffer> parts = new ArrayList<>();
    for (byte b : all) parts.add(ByteBuffer.wrap(new byte[] {b}));
    return parts;
  }

  /** In pieces of random sizes. */
  public static List<ByteBuffer> randomly(byte[] all, Random random, int largest) {
    List<ByteBuffer> parts = new ArrayList<>();
    for (int at = 0; at < all.length; ) {
      int n = Math.min(1 + random.nextInt(largest), all.length - at);
      parts.add(part(all, at, n));
      at += n;
    }
    return parts;
  }

  private static ByteBuffer part(byte[] all, int from, int bytes) {
    return ByteBuffer.wrap(Arrays.copyOfRange(all, from, from + bytes));
  }
}
