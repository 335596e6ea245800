package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;

/** Trailers that have come, and wait for a reader who takes nothing. */
class HeldTrailersTest {
  private static final int WINDOW = 1000;
  private static final int BYTES = 8 << 20;
  private static final int ROOM = BYTES / 8;

  private final Windows all = new Windows(BYTES);

  private Inbox stream(Windows of) {
    Inbox inbox = new Inbox(Inbox.State.DATA, WINDOW, of, new Path());
    assertTrue(inbox.reserve(), "no room for another stream");
    return inbox;
  }

  private static boolean holds(Inbox stream, int bytes, int fields) {
    String[] texts = Collections.nCopies(2 * fields, "x").toArray(new String[0]);
    Headers trailers = Headers.of(texts);
    return stream.hold(new Inbox.Piece(ByteBuffer.allocate(0), true, trailers), bytes);
  }

  /** As much as one may have, in trailers of each kind: so many streams. */
  @ParameterizedTest
  @CsvSource({
    // Three times the text of a long one.
    "100_000, 1, 3",
    // Objects, of many short ones.
    "20_000, 5_000, 1",
    "2_000, 500, 14"
  })
  void theyCountByWhatTheyTakeAsFields(String bytes, String fields, int streams) {
    int kept = 0;
    while (holds(stream(all), number(bytes), number(fields))) kept++;
    assertEquals(streams, kept);
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace("_", ""));
  }

  @Test
  void thoseThatFindNoRoomAreCountedNoMore() {
    Inbox stream = stream(all);
    assertFalse(holds(stream, ROOM, 1));
    assertEquals(WINDOW, all.used());
    assertTrue(holds(stream(all), 10, 1));
    stream.drop();
    assertEquals(WINDOW + 30 + 128, all.used());
  }

  @Test
  void theyAreGivenBackWithTheirStream() {
    Inbox stream = stream(all);
    assertTrue(holds(stream, 1000, 10));
    stream.drop();
    assertEquals(0, all.used());
  }

  @Test
  void theyLeaveRoomForTheStreamsToCome() {
    for (int i = 0; i < 1000; i++) holds(stream(all), 10_000, 100);
    assertTrue(all.used() <= ROOM + 1000 * WINDOW, all.used() + " bytes");
    assertTrue(all.isFair(10 * WINDOW));
  }

  @Test
  void thoseOfOnePeerLeaveRoomForThoseOfOthers() {
    Windows greedy = all.ofPeer();
    while (holds(stream(greedy), 1000, 10)) {}
    assertTrue(holds(stream(all.ofPeer()), 1000, 10));
  }
}
