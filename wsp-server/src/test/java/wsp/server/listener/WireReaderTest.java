package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who gets what has come, while one reader takes the place of another. */
class WireReaderTest extends WireFixture {
  @Test
  void whatAReaderLeavesIsForTheOneInItsPlace() throws Exception {
    StringBuilder heard = new StringBuilder();
    WireReader last = in -> heard.append(StandardCharsets.US_ASCII.decode(in));
    WireReader second =
        in -> {
          in.get();
          wire.reader = last;
        };
    inOneRound(
        () -> {
          wire.reader =
              in -> {
                in.get();
                wire.reader = second;
              };
          wire.deliver(bytes("abcd"));
          wire.deliver(bytes("ef"));
        });
    assertEquals("cdef", heard.toString());
  }

  /** It is asked once: what it does not take is nobody's. */
  @Test
  void whatAReaderLeavesThatStaysIsLost() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    inOneRound(
        () -> {
          wire.reader = in -> asked.incrementAndGet();
          wire.deliver(bytes("ab"));
        });
    assertEquals(1, asked.get());
  }

  @Test
  void nothingIsReadOnceTheEndHasBegun() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    inOneRound(
        () -> {
          wire.reader =
              in -> {
                asked.incrementAndGet();
                wire.closing.gently();
                wire.reader = more -> asked.incrementAndGet();
              };
          wire.deliver(bytes("ab"));
          wire.deliver(bytes("cd"));
        });
    assertEquals(1, asked.get());
  }
}
