package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.http1.BodyReader;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;

class CallerBodyTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final int MEBIBYTE = 1 << 20;

  private final StringBuilder got = new StringBuilder();
  private CallerBody body = of(4);

  private static CallerBody of(long length) {
    return new CallerBody(new RequestHead("POST", "/", "/", true, Headers.EMPTY, length));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Notes what comes, and pauses behind each piece if it is slow. */
  private final class Sink implements Caller.BodySink {
    private final boolean slow;
    private final boolean takesAll;

    Sink(boolean slow, boolean takesAll) {
      this.slow = slow;
      this.takesAll = takesAll;
    }

    @Override
    public void onBody(ByteBuffer part, boolean last) {
      got.append(StandardCharsets.US_ASCII.decode(part)).append(last ? "." : "|");
      if (slow) body.pause();
    }

    @Override
    public void onBodyTrailers(Headers fields) {
      fields.forEach((n, v) -> got.append(n).append('=').append(v));
    }

    @Override
    public boolean takesAll() {
      return takesAll;
    }
  }

  private boolean happens(String event) throws MessageException {
    switch (event) {
      case "ask" -> body.ask();
      case "goes" -> body.goesTo(new Sink(false, false));
      case "kept" -> body.goesTo(new Sink(false, true));
      case "pause" -> body.pause();
      case "resume" -> body.resume();
      case "discard" -> body.discard();
      case "answered" -> body.answered();
      case "part" -> body.decode(bytes("ab"));
      case "all" -> body.decode(bytes("abcd"));
      default -> throw new AssertionError(event);
    }
    return true;
  }

  @ParameterizedTest
  @CsvSource({
    // events                       takes  waits  kept   unasked read
    "'',                            false, false, false, true,   false",
    "ask,                           false, false, false, false,  false",
    "goes,                          true,  false, false, true,   true",
    "ask goes,                      true,  false, false, false,  true",
    "pause,                         false, false, false, true,   false",
    "resume,                        false, false, false, true,   false",
    "ask goes pause,                false, true,  false, false,  true",
    "ask goes pause resume,         true,  false, false, false,  true",
    "ask kept,                      true,  false, true,  false,  true",
    "discard,                       true,  false, false, true,   true",
    "ask kept pause discard,        true,  false, false, false,  true",
    "ask goes part,                 true,  false, false, false,  true",
    "ask goes all,                  false, false, false, false,  true",
    "ask goes all pause,            false, false, false, false,  true",
  })
  void whatIsDoneWithIt(
      String events, boolean takes, boolean waits, boolean kept, boolean unasked, boolean read)
      throws MessageException {
    for (String event : events.split(" ")) if (!event.isEmpty()) assertTrue(happens(event));
    assertEquals(takes, body.takes(), "takes");
    assertEquals(waits, body.waits(), "waits");
    assertEquals(kept, body.isKept(), "kept");
    assertEquals(unasked, body.unasked(), "unasked");
    assertEquals(read, body.isRead(), "read");
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "ask, false",
    "ask goes, true",
    "ask goes pause, false",
    "ask goes pause resume, true",
    "discard, true",
    "ask goes all, false",
  })
  void onlyABodyThatMayComeStalls(String events, boolean stalls) throws MessageException {
    for (String event : events.split(" ")) if (!event.isEmpty()) assertTrue(happens(event));
    long now = System.nanoTime();
    assertFalse(body.stalled(now, HOUR));
    assertEquals(stalls, body.stalled(now + HOUR + 1, HOUR));
  }

  @Test
  void whatComesOfABodyThatIsKeptIsNoProgress() throws MessageException {
    body.ask();
    body.goesTo(new Sink(false, true));
    long asked = System.nanoTime();
    while (System.nanoTime() == asked) Thread.onSpinWait();
    body.decode(bytes("ab"));
    assertTrue(body.stalled(asked + 1, 0));
  }

  @Test
  void itIsAskedForOnce() {
    assertTrue(body.ask());
    assertFalse(body.ask());
    body.goesTo(new Sink(false, false));
    body.pause();
    assertFalse(body.ask());
  }

  @Test
  void whatIsBehindAPauseStaysInTheInput() throws MessageException {
    body.ask();
    body.goesTo(new Sink(true, false));
    assertTrue(body.decode(bytes("ab")));
    ByteBuffer in = bytes("cdnext");
    assertTrue(body.decode(in));
    assertEquals("ab|", got.toString());
    assertTrue(body.resume());
    assertTrue(body.decode(in));
    assertEquals("ab|cd.", got.toString());
    assertEquals("next", StandardCharsets.US_ASCII.decode(in).toString());
  }

  @Test
  void trailersThatMayGoOnComeBeforeTheLastPiece() throws MessageException {
    body = of(BodyReader.CHUNKED);
    body.goesTo(new Sink(false, false));
    assertTrue(body.decode(bytes("1\r\na\r\n0\r\nX: y\r\nContent-Length: 3\r\n\r\n")));
    assertEquals("X=ya.", got.toString());
  }

  @Test
  void ofABodyThatGoesNowhereEightMebibytesAreReadPast() throws MessageException {
    body = of(9L * MEBIBYTE);
    body.discard();
    for (int i = 0; i < 8; i++) assertTrue(body.decode(ByteBuffer.allocate(MEBIBYTE)));
    assertFalse(body.decode(ByteBuffer.allocate(1)));
  }

  @ParameterizedTest
  @CsvSource({
    // events                  whether a part that comes then begins its time anew
    "ask goes,                 true",
    "ask goes answered,        true",
    "discard,                  true",
    "discard answered,         false",
    "answered discard,         false",
    "ask kept,                 false",
  })
  void whatIsReadPastBehindAnAnswerHasTheTimeOfOnePause(String events, boolean anew)
      throws MessageException {
    for (String event : events.split(" ")) assertTrue(happens(event));
    long then = System.nanoTime();
    assertTrue(happens("part"));
    assertEquals(!anew, body.stalled(then + 1, 0));
  }
}
