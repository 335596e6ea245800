package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.security.SecureRandom;

/**
 * Masking keys, which no one may be able to foresee (RFC 6455 §10.3): taken from the strong source
 * in bulk, since one at a time costs more than the frame it is for.
 */
final class Masks {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BULK_BYTES = 4096;
  private static final ThreadLocal<IntBuffer> STOCK =
      ThreadLocal.withInitial(() -> IntBuffer.allocate(0));

  private Masks() {}

  static int next() {
    IntBuffer stock = STOCK.get();
    if (!stock.hasRemaining()) {
      byte[] bytes = new byte[BULK_BYTES];
      RANDOM.nextBytes(bytes);
      stock = ByteBuffer.wrap(bytes).asIntBuffer();
      STOCK.set(stock);
    }
    return stock.get();
  }
}
