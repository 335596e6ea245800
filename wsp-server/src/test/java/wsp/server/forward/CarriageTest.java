package wsp.server.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;

class CarriageTest {
  /** What is sent is noted by the test: nothing of a stream is called. */
  private static final Stream<RequestEnvelope> STREAM =
      new Stream<>() {
        @Override
        public void head(RequestEnvelope head, ByteBuffer first, boolean last) {}

        @Override
        public void data(ByteBuffer part, boolean last) {}

        @Override
        public void trailers(Headers fields) {}

        @Override
        public boolean congested() {
          return false;
        }

        @Override
        public void whenWritten(Runnable action) {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public boolean paused() {
          return false;
        }

        @Override
        public void reset(Reset why) {}
      };

  private final Carriage carriage = new Carriage(false);
  private final StringBuilder sent = new StringBuilder();

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.US_ASCII.decode(bytes).toString();
  }

  /** A part {@code p:} and its bytes, or {@code l:} for the last; other events by their names. */
  private void happens(String event) {
    switch (event) {
      case "opened" -> sent.append('[').append(text(carriage.opened(STREAM)));
      case "follow" -> sent.append('+').append(text(carriage.follow()));
      case "again" -> carriage.again();
      case "drop" -> carriage.drop();
      default -> {
        ByteBuffer part = StandardCharsets.US_ASCII.encode(event.substring(2));
        if (carriage.add(part, event.startsWith("l")) != null) sent.append('>').append(text(part));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // events                                     what goes out    kept whole
    "p:a p:b,                                     '',              2,   true",
    "p:a opened,                                  [a,              1,   true",
    "p:a opened follow p:b,                       [a+>b,           2,   true",
    "p:a opened p:b follow p:c,                   [a+b,            3,   true",
    "p:a opened p:b follow p:c follow p:d,        [a+b+c,          4,   true",
    "p:a opened p:b follow follow p:c,            [a+b+>c,         3,   true",
    "opened l:a follow,                           [+a,             1,   true",
    "p:a opened follow l:b,                       [a+>b,           2,   true",
    "p:a opened follow p:b again p:c opened,      [a+>b[abc,       3,   true",
    "p:a again opened,                            [a,              1,   true",
    "p:a opened follow drop p:b,                  [a+>b,           0,   false",
    "p:a opened drop follow p:b,                  [a+>b,           0,   false",
  })
  void whatGoesOutAndWhatIsKept(String events, String out, int kept, boolean whole) {
    for (String event : events.split(" ")) happens(event);
    assertEquals(out, sent.toString());
    assertEquals(kept, carriage.size());
    assertEquals(whole, carriage.whole);
  }

  @ParameterizedTest
  @CsvSource({"16384, 16384, true", "16384, 16385, false", "32768, 0, true", "32769, 0, false"})
  void ofWhatHasBeenSentThirtyTwoKibibytesAreKept(int first, int second, boolean whole) {
    assertNull(carriage.add(ByteBuffer.allocate(first), false));
    assertEquals(true, carriage.whole);
    assertEquals(first, carriage.opened(STREAM).remaining());
    assertEquals(0, carriage.follow().remaining());
    assertSame(STREAM, carriage.add(ByteBuffer.allocate(second), false));
    assertEquals(whole, carriage.whole);
    assertEquals(whole ? first + second : 0, carriage.size());
  }

  @Test
  void anotherStreamBeginsWithNoneOfTheLast() {
    carriage.opened(STREAM);
    carriage.follow();
    carriage.again();
    assertNull(carriage.stream);
    assertNull(carriage.lease);
    assertNull(carriage.add(ByteBuffer.allocate(1), true));
  }
}
