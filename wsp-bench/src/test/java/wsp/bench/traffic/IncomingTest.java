package wsp.bench.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IncomingTest {
  private static byte[] message(int wrongAt) {
    byte[] head =
        "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(head.length + 20).put(head).put(Pattern.from(0, 20));
    if (wrongAt >= 0) all.put(head.length + wrongAt, (byte) ~all.get(head.length + wrongAt));
    return all.array();
  }

  @Test
  void aMessageIsWholeAtItsLastByteHoweverItIsCut() throws IOException {
    byte[] bytes = message(-1);
    for (int cut = 0; cut < bytes.length; cut++) {
      Incoming message = new Incoming();
      assertFalse(message.take(ByteBuffer.wrap(bytes, 0, cut)));
      assertTrue(message.take(ByteBuffer.wrap(bytes, cut, bytes.length - cut)));
      assertEquals("HTTP/1.1 200 OK", message.startLine());
      assertEquals(20, message.length());
      assertTrue(message.bodyIsRight());
    }
  }

  @Test
  void oneWrongByteIsSeen() throws IOException {
    for (int at = 0; at < 20; at++) {
      Incoming message = new Incoming();
      assertTrue(message.take(ByteBuffer.wrap(message(at))));
      assertFalse(message.bodyIsRight());
    }
  }
}
