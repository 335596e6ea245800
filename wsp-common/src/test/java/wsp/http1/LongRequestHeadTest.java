package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Heads within {@code maxheader} that may be longer than clients take them as JSON. */
class LongRequestHeadTest {
  private static RequestHead read(int maxBytes, String value) throws MessageException {
    String head = "GET /request HTTP/1.1\r\nHost: h\r\nX-A: " + value + "\r\n\r\n";
    return HeadReader.ofRequests(maxBytes, 100)
        .read(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void oneOfBytesThatAreNoUtf8IsTooLargeSixTimesAsSoon() throws Exception {
    assertNotNull(read(512 << 10, "\u00e9".repeat(170_000)));
    MessageException e =
        assertThrows(MessageException.class, () -> read(512 << 10, "\u00e9".repeat(200_000)));
    assertEquals(431, e.status());
  }

  @Test
  void oneOfOthersIsNot() throws Exception {
    assertNotNull(read(512 << 10, "e".repeat(500_000)));
    assertNotNull(read(512 << 10, "\u00c3\u00a9".repeat(200_000)), "UTF-8");
  }

  @Test
  void aLargerMaxheaderIsTakenForALargerMaxenvelope() throws Exception {
    assertNotNull(read(2 << 20, "\u00e9".repeat(200_000)));
  }
}
