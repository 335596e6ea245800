package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;

class FrameLimitTest {
  private static final int MANY = 100_000;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final FrameLimit limit = new FrameLimit(0);

  /** One of stream 1. */
  static ByteBuffer frame(int type, int flags, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(1)
        .put(payload)
        .flip();
  }

  /** A payload that begins with the length of its padding. */
  private static byte[] payload(int length, int padding) {
    byte[] payload = new byte[length];
    if (length > 0) payload[0] = (byte) padding;
    return payload;
  }

  /** How many are taken of so many. */
  private int taken(ByteBuffer frame, int most, long now) {
    for (int i = 0; i < most; i++) {
      try {
        limit.received(frame.duplicate(), now);
      } catch (ReplayException e) {
        assertEquals(Failure.INVALID_RESPONSE, e.failure());
        return i;
      }
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({
    // type, flags, bytes, padding, how many are taken
    "6,  0,    8,    0,  1000", // PING
    "4,  0,    6,    0,  1000", // SETTINGS
    "2,  0,    5,    0,  1000", // PRIORITY
    "3,  0,    4,    0,  1000", // RST_STREAM
    "8,  0,    4,    0,  1000", // WINDOW_UPDATE
    "9,  0,    0,    0,  1000", // CONTINUATION
    "99, 0,    5,    0,  1000",
    "0,  0,    0,    0,  1000", // DATA of nothing
    "0,  8,    256,  255,1000", // and of nothing but padding
    "0,  8,    1,    0,  1000",
    "0,  8,    0,    0,  1000",
    "0,  1,    0,    0,  1001", // the end, and what comes behind it
    "0,  9,    256,  255,1001",
    "0,  1,    10,   0,  1001",
    "1,  5,    1,    0,  1001",
    "0,  0,    1,    0,  100000",
    "0,  8,    257,  255,100000",
    "1,  4,    1,    0,  1102", // more heads than an answer may have
  })
  void framesThatSayNothingHaveABound(int type, int flags, int bytes, int padding, int taken) {
    ask();
    // What the request allows.
    assertEquals(10, taken(frame(6, 0, payload(8, 0)), 10, 0));
    assertEquals(taken, taken(frame(type, flags, payload(bytes, padding)), MANY, 0));
  }

  /** This side asks, as stream 1. */
  private void ask() {
    limit.sent(ByteBuffer.wrap(PREFACE.getBytes(StandardCharsets.US_ASCII)));
    limit.sent(frame(1, 5, payload(1, 0)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "1, 4", "1, 5"})
  void whatIsOfNoAnswerSaysNothing(int type, int flags) {
    assertEquals(1000, taken(frame(type, flags, payload(10, 0)), MANY, 0));
  }

  @Test
  void ofACancelledAnswerSomePiecesAreOnTheirWay() {
    ask();
    for (int i = 0; i < 3; i++) limit.sent(frame(3, 0, payload(4, 0)));
    assertEquals(1000 + 10 + 512, taken(frame(0, 0, payload(10, 0)), MANY, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 9, 10, 100})
  void theyAreFoundInWhicheverPiecesTheyCome(int piece) throws Exception {
    ask();
    assertEquals(10, taken(frame(6, 0, payload(8, 0)), 10, 0));
    ByteBuffer all = ByteBuffer.allocate(1 << 20);
    for (int i = 0; i < FrameLimit.AT_ONCE; i++)
      all.put(frame(0, 8, payload(256, 255))).put(frame(0, 0, payload(300, 0)));
    all.flip();
    while (all.hasRemaining()) {
      int n = Math.min(piece, all.remaining());
      limit.received(all.slice(all.position(), n), 0);
      all.position(all.position() + n);
    }
    assertEquals(0, taken(frame(6, 0, payload(8, 0)), 1, 0));
  }

  @Test
  void timeAllowsMore() {
    ByteBuffer ping = frame(6, 0, payload(8, 0));
    assertEquals(1000, taken(ping, 1000, 0));
    assertEquals(50, taken(ping, MANY, TimeUnit.SECONDS.toNanos(5)));
  }

  @ParameterizedTest
  @CsvSource({
    // type of this side's, bytes, how often, how many more
    "1, 10,    5,   50",
    "0, 16384, 100, 3500",
    "0, 10,    7,   21",
    "6, 8,     100, 0",
    "4, 0,     100, 0",
    "8, 4,     100, 0",
  })
  void whatThisSideSendsAllowsMore(int type, int bytes, int times, int more) {
    limit.sent(ByteBuffer.wrap(PREFACE.getBytes(StandardCharsets.US_ASCII)));
    for (int i = 0; i < times; i++) limit.sent(frame(type, 0, payload(bytes, 0)));
    assertEquals(1000 + more, taken(frame(8, 0, payload(4, 0)), MANY, 0));
  }

  /** Some origins give credit for each piece that they read, twice, and measure their way by it. */
  @Test
  void uploadsInSmallPiecesMayBeConfirmedOneByOne() throws Exception {
    limit.sent(ByteBuffer.wrap(PREFACE.getBytes(StandardCharsets.US_ASCII)));
    for (int i = 0; i < MANY; i++) {
      limit.sent(frame(0, 0, payload(1, 0)));
      limit.received(frame(8, 0, payload(4, 0)), 0);
      limit.received(frame(8, 0, payload(4, 0)), 0);
      limit.received(frame(6, 0, payload(8, 0)), 0);
    }
  }
}
