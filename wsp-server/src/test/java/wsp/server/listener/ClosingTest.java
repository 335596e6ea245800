package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a connection ends, and what its other end sees of that. */
@Timeout(30)
class ClosingTest extends WireFixture {
  /** More than the sockets' buffers have room for. */
  private static final int MUCH = 16 << 20;

  private static final long LINGER = TimeUnit.SECONDS.toNanos(3);

  private Closing closing() {
    return wire.closing;
  }

  private void happens(String event) {
    switch (event) {
      case "endsMessage" -> closing().endsMessage();
      case "messageEnds" -> closing().messageEnds();
      case "gently" -> closing().gently();
      case "soon" -> closing().soon();
      case "outputOnly" -> closing().outputOnly();
      case "whenWritten" -> closing().whenWritten();
      case "answered" -> closing().answered();
      case "later" -> closing().sweep(System.nanoTime() + LINGER);
      default -> throw new AssertionError(event);
    }
  }

  private String seen() {
    try {
      return peer.getInputStream().read() < 0 ? "end" : "more";
    } catch (IOException e) {
      return "reset";
    }
  }

  @ParameterizedTest
  @CsvSource({
    // events                            seen   begun  open
    "gently,                             end,   true,  true",
    "endsMessage gently,                 reset, false, false",
    "endsMessage messageEnds gently,     end,   true,  true",
    "gently gently,                      end,   true,  true",
    "gently later,                       end,   true,  false",
    "soon,                               end,   true,  true",
    "endsMessage soon,                   reset, false, false",
    "soon later,                         end,   true,  false",
    "outputOnly,                         end,   false, true",
    "outputOnly later,                   end,   false, true",
    "whenWritten,                        end,   false, false",
    "endsMessage whenWritten,            reset, false, false",
    "endsMessage messageEnds whenWritten, end,  false, false",
    "answered,                           end,   false, false",
    "endsMessage answered,               reset, false, false",
  })
  void whatIsSeen(String events, String seen, boolean begun, boolean open) throws Exception {
    inOneRound(
        () -> {
          for (String event : events.split(" ")) happens(event);
        });
    assertEquals(seen, seen());
    assertEquals(begun, closing().begun());
    assertEquals(open, wire.tcp.isOpen());
  }

  @ParameterizedTest
  @CsvSource({
    // What waits goes out first, however long that takes, or for a moment.
    "gently, true",
    "soon, false",
    "outputOnly, true",
    "whenWritten, true",
  })
  void whatIsLeftWhileTheOtherEndTakesNothing(String event, boolean open) {
    wire.write(ByteBuffer.allocate(MUCH));
    happens(event);
    closing().sweep(System.nanoTime());
    assertTrue(wire.tcp.isOpen());
    happens("later");
    assertEquals(open, wire.tcp.isOpen());
  }

  @Test
  void whatIsReadAfterTheEndIsThrownAwayThoughReadingWasPaused() throws Exception {
    inOneRound(wire::pauseReading);
    closing().gently();
    assertFalse(wire.readingPaused());
  }
}
