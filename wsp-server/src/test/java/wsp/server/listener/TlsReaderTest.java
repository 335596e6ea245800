package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TlsReaderTest {
  private static final int LENGTH = 18_000;

  @Test
  void aBegunRecordHoldsLittleMoreThanHasComeOfIt() {
    ByteBuffer record = ByteBuffer.allocate(5);
    for (int came = 0; came < LENGTH; came += 100) {
      byte[] piece = new byte[100];
      piece[0] = (byte) (came / 100);
      record = TlsReader.fill(record, ByteBuffer.wrap(piece), LENGTH);
      assertTrue(record.capacity() <= Math.max(200, 2 * (came + 100)), record.toString());
    }
    assertEquals(LENGTH, record.position());
    for (int i = 0; i < LENGTH; i += 100) assertEquals((byte) (i / 100), record.get(i));
  }

  @Test
  void whatFollowsTheRecordIsLeft() {
    ByteBuffer in = ByteBuffer.allocate(100);
    assertEquals(30, TlsReader.fill(ByteBuffer.allocate(10), in, 30).position());
    assertEquals(70, in.remaining());
  }
}
