package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tunnel.v2.Pair.bytes;
import static wsp.tunnel.v2.Pair.frame;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.tunnel.Reset;

/** What breaks the rules costs the link, whichever side does it, and is told with a code. */
class ViolationTest {
  private static final String RESPONSE = "{\"StatusCode\":200,\"Header\":{},\"ContentLength\":-1}";
  private static final String REQUEST =
      "{\"Method\":\"POST\",\"URL\":\"http://o/\",\"Header\":{},\"ContentLength\":-1}";
  private static final int END = FrameType.END;

  /** What a client sends to a server that has one stream open. */
  enum OfClient {
    REQUEST_OF_A_CLIENT(frame(1, 3, REQUEST)),
    DATA_BEFORE_THE_HEAD(frame(3, 1, "x")),
    TRAILERS_BEFORE_THE_HEAD(frame(4 | END, 1, "{}")),
    A_SECOND_HEAD(frame(2, 1, RESPONSE), frame(2, 1, RESPONSE)),
    AN_INTERIM_HEAD_AFTER_THE_HEAD(
        frame(2, 1, RESPONSE), frame(2, 1, RESPONSE.replace("200", "103"))),
    AN_INTERIM_HEAD_THAT_ENDS(frame(2 | END, 1, RESPONSE.replace("200", "103"))),
    THE_END_TWICE(frame(2, 1, RESPONSE), frame(3 | END, 1, ""), frame(3 | END, 1, "")),
    DATA_AFTER_THE_END(frame(2 | END, 1, RESPONSE), frame(3, 1, "x")),
    DATA_AFTER_TRAILERS(frame(2, 1, RESPONSE), frame(4 | END, 1, "{}"), frame(3, 1, "x")),
    TRAILERS_THAT_DO_NOT_END(frame(2, 1, RESPONSE), frame(4, 1, "{}")),
    DATA_OF_NO_STREAM(frame(3, 2, "x")),
    DATA_OF_STREAM_ZERO(frame(3, 0, "x")),
    DATA_OF_A_NEGATIVE_STREAM(frame(3, -1, "x")),
    DATA_BEHIND_THE_LAST_ID(frame(3, Integer.MAX_VALUE, "x")),
    CREDIT_BEHIND_THE_LAST_ID(frame(5, Integer.MAX_VALUE, new byte[] {0, 0, 0, 1})),
    A_HEAD_OF_NO_STREAM(frame(2, 9, RESPONSE)),
    CREDIT_OF_NO_STREAM(frame(5, 9, new byte[] {0, 0, 0, 1})),
    CREDIT_OF_NOTHING(frame(5, 1, new byte[4])),
    CREDIT_BELOW_NOTHING(frame(5, 1, new byte[] {-1, 0, 0, 0})),
    CREDIT_BEYOND_ALL(frame(5, 1, new byte[] {127, -1, -1, -1})),
    CREDIT_OF_THREE_BYTES(frame(5, 1, new byte[3])),
    RESET_WITHOUT_REASON(frame(6, 1, "")),
    RESET_OF_NO_STREAM(frame(6, 9, new byte[] {0})),
    DRAIN_OF_A_STREAM(frame(7, 1, new byte[4])),
    DRAIN_OF_ONE_BYTE(frame(7, 0, new byte[1])),
    AN_UNKNOWN_TYPE(frame(8, 1, "x")),
    TYPE_ZERO(frame(0, 1, "x")),
    A_SHORT_FRAME(ByteBuffer.wrap(new byte[] {3, 0, 0})),
    NOTHING(ByteBuffer.allocate(0)),
    A_HEAD_THAT_IS_NO_JSON(frame(2, 1, "{")),
    A_HEAD_THAT_IS_AN_ARRAY(frame(2, 1, "[" + RESPONSE + "]")),
    A_HEAD_WHOSE_FIELDS_ARE_AN_ARRAY(frame(2, 1, "{\"StatusCode\":200,\"Header\":[]}")),
    A_HEAD_THAT_IS_NO_UTF_8(noUtf8(2, RESPONSE)),
    A_HEAD_WITHOUT_A_STATUS(frame(2, 1, "{\"Header\":{}}")),
    STATUS_99(frame(2, 1, RESPONSE.replace("200", "99"))),
    STATUS_1000(frame(2, 1, RESPONSE.replace("200", "1000"))),
    STATUS_BELOW_0(frame(2, 1, RESPONSE.replace("200", "-200"))),
    TRAILERS_TWICE(frame(2, 1, RESPONSE), frame(4 | END, 1, "{}"), frame(4 | END, 1, "{}")),
    TRAILERS_THAT_ARE_AN_ARRAY(frame(2, 1, RESPONSE), frame(4 | END, 1, "[]")),
    TRAILERS_THAT_ARE_NO_UTF_8(frame(2, 1, RESPONSE), noUtf8(4 | END, "{\"Header\":{}}")),
    TRAILERS_OF_NO_STREAM(frame(4 | END, 9, "{}")),
    CREDIT_OF_STREAM_ZERO(frame(5, 0, new byte[] {0, 0, 0, 1})),
    CREDIT_OF_FIVE_BYTES(frame(5, 1, new byte[] {0, 0, 0, 1, 1})),
    CREDIT_THAT_ENDS(frame(5 | END, 1, new byte[] {0, 0, 0, 1})),
    RESET_OF_STREAM_ZERO(frame(6, 0, new byte[] {0})),
    RESET_OF_A_NEGATIVE_STREAM(frame(6, -1, new byte[] {0})),
    RESET_THAT_ENDS(frame(6 | END, 1, new byte[] {0})),
    DRAIN_THAT_ENDS(frame(7 | END, 0, new byte[4])),
    DRAIN_OF_FIVE_BYTES(frame(7, 0, new byte[5])),
    A_HEAD_WITH_A_LINE_OF_ITS_OWN(
        frame(2, 1, "{\"StatusCode\":200,\"Header\":{\"A\":[\"b\\r\\nC: d\"]}}")),
    DATA_BEYOND_THE_CREDIT(
        frame(2, 1, RESPONSE),
        frame(3, 1, "x".repeat(300)),
        frame(3, 1, "x".repeat(300)),
        frame(3, 1, "x".repeat(300)),
        frame(3, 1, "x".repeat(101))),
    A_FRAME_OF_DATA_THAT_IS_TOO_LONG(frame(2, 1, RESPONSE), frame(3, 1, "x".repeat(301))),
    A_HEAD_WITHOUT_END_IS_TOO_LONG(frame(2, 1, "x".repeat(16 * 2000 + 1))),
    A_RESET_THAT_IS_TOO_LONG(frame(6, 1, "x".repeat(1026)));

    private final ByteBuffer[] frames;

    OfClient(ByteBuffer... frames) {
      this.frames = frames;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatBreaksARuleLosesItsLink(OfClient how) {
    Pair pair = new Pair();
    var caller = pair.opened();
    // Half closed at most, and nobody reads it.
    caller.stream.head(Pair.request(), bytes("more to come"), false);
    caller.stream.pause();
    for (ByteBuffer f : how.frames) pair.server.onBinary(f.duplicate(), true);
    String code = how.name().endsWith("TOO_LONG") ? "1009" : "1002";
    assertTrue(pair.toClient.closed.startsWith(code), pair.toClient.closed);
    assertEquals(0, pair.server.streams());
    assertEquals(0, pair.windows.used());
    String end = caller.events.get(caller.events.size() - 1);
    assertTrue(end.startsWith("LOST protocol error") || end.equals("end"), caller.events::toString);
  }

  /** What a server sends to a client that serves one stream. */
  enum OfServer {
    RESPONSE_OF_A_SERVER(frame(2, 1, RESPONSE)),
    AN_ID_AGAIN(frame(1, 1, REQUEST)),
    AN_ID_THAT_GOES_DOWN(frame(1, 5, REQUEST), frame(1, 4, REQUEST)),
    ID_ZERO(frame(1, 0, REQUEST)),
    A_NEGATIVE_ID(frame(1, -5, REQUEST)),
    AN_ID_BEHIND_THE_LAST(frame(1, Integer.MAX_VALUE, REQUEST)),
    DATA_OF_NO_STREAM(frame(3, 2, "x")),
    DATA_AFTER_THE_END(frame(3 | END, 1, "x"), frame(3, 1, "x")),
    CREDIT_BEYOND_ALL(frame(5, 1, new byte[] {127, -1, -1, -1})),
    RESET_OF_NO_STREAM(frame(6, 2, new byte[] {0})),
    DATA_BEYOND_THE_CREDIT(
        frame(3, 1, "x".repeat(300)),
        frame(3, 1, "x".repeat(300)),
        frame(3, 1, "x".repeat(300)),
        frame(3, 1, "x".repeat(101))),
    DATA_AFTER_TRAILERS(frame(4 | END, 1, "{}"), frame(3, 1, "x")),
    TRAILERS_THAT_DO_NOT_END(frame(4, 1, "{}")),
    CREDIT_OF_NOTHING(frame(5, 1, new byte[4])),
    CREDIT_OF_NO_STREAM(frame(5, 2, new byte[] {0, 0, 0, 1})),
    RESET_OF_STREAM_ZERO(frame(6, 0, new byte[] {0})),
    RESET_WITHOUT_REASON(frame(6, 1, "")),
    DRAIN_OF_A_STREAM(frame(7, 1, new byte[4])),
    A_REQUEST_THAT_IS_AN_ARRAY(frame(1, 2, "[]")),
    A_REQUEST_THAT_IS_NO_UTF_8(noUtf8(1, REQUEST)),
    A_REQUEST_WITHOUT_A_METHOD(frame(1, 2, "{\"URL\":\"http://o/\"}")),
    A_REQUEST_OF_A_BAD_METHOD(frame(1, 2, REQUEST.replace("POST", "PO ST")));

    private final ByteBuffer[] frames;

    OfServer(ByteBuffer... frames) {
      this.frames = frames;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatBreaksARuleLosesItsLink(OfServer how) {
    Pair pair = new Pair();
    pair.client.onBinary(frame(1, 1, REQUEST), true);
    pair.served.get(0).stream.pause();
    for (ByteBuffer f : how.frames) pair.client.onBinary(f.duplicate(), true);
    assertTrue(pair.toServer.closed.startsWith("1002"), pair.toServer.closed);
    assertEquals(0, pair.client.streams());
    assertEquals(0, pair.windows.used());
  }

  @Test
  void aTextMessageCostsTheLink() {
    Pair pair = new Pair();
    pair.server.onText();
    assertEquals("1002 a text message", pair.toClient.closed);
  }

  @Test
  void whatIsPassedOverIs() {
    Pair pair = new Pair();
    var over = pair.get();
    pair.server.onBinary(frame(2 | END, 1, RESPONSE), true);
    assertTrue(over.events.contains("end"), over.events::toString);
    // Of a stream that is over; a drain again, with an id that goes up, or is none.
    pair.server.onBinary(frame(5, 1, new byte[] {0, 0, 0, 1}), true);
    pair.server.onBinary(frame(6, 1, new byte[] {0}), true);
    for (byte last : new byte[] {1, 9, 0, -1})
      pair.server.onBinary(frame(7, 0, new byte[] {last, 0, 0, last}), true);
    assertEquals("", pair.toClient.closed);
    assertFalse(pair.server.hasRoom());
  }

  private static ByteBuffer drain(int last) {
    return frame(7, 0, ByteBuffer.allocate(4).putInt(last).array());
  }

  /** It is looked at once, however often it comes; one that says less each time is a reset. */
  @Test
  void aDrainThatSaysNothingNewIsPassedOverAndTooManyOthersCostTheLink() {
    Pair pair = new Pair();
    each(100_000, i -> pair.server.onBinary(drain(1 << 20), true));
    each(100_000, i -> pair.client.onBinary(drain(i), true));
    assertEquals(1, pair.serverOwner.events.size());
    assertEquals(1, pair.clientOwner.events.size());
    each(100_000, i -> pair.server.onBinary(drain((1 << 20) - i), true));
    assertEquals("1002 too many drains", pair.toClient.closed);
  }

  @Test
  void aReplacementCharacterThatWasSentIsOne() {
    Pair pair = new Pair();
    var caller = pair.opened();
    caller.stream.head(Pair.request(), bytes(""), true);
    String head = "{\"StatusCode\":200,\"Header\":{\"A\":[\"\ufffd\"]}}";
    pair.server.onBinary(frame(2 | END, 1, head), true);
    assertEquals("", pair.toClient.closed);
    assertEquals("head", caller.events.get(0));
  }

  /** A frame that is all right but for the value of a field. */
  private static ByteBuffer noUtf8(int type, String json) {
    byte[] payload = bytes(json.replace("{}", "{\"A\":[\"?\"]}")).array();
    for (int i = 0; i < payload.length; i++) if (payload[i] == '?') payload[i] = (byte) 0xc3;
    return frame(type, (type & 1) == 1 ? 2 : 1, payload);
  }

  private static void each(int times, Consumer<Integer> what) {
    for (int i = 1; i <= times; i++) what.accept(i);
  }

  @Test
  void aMillionResetsCostTheLink() {
    Pair pair = new Pair();
    int allowed = ResetLimit.atOnce(4);
    each(
        allowed,
        i -> {
          pair.client.onBinary(frame(1 | END, i, REQUEST), true);
          pair.client.onBinary(frame(6, i, new byte[] {0}), true);
        });
    assertEquals("", pair.toServer.closed);
    each(
        4 * allowed,
        i -> {
          pair.client.onBinary(frame(1 | END, allowed + i, REQUEST), true);
          pair.client.onBinary(frame(6, allowed + i, new byte[] {0}), true);
        });
    assertEquals("1002 too many resets", pair.toServer.closed);
  }

  @Test
  void callersWhoLeaveNeverMakeAnHonestServerBreakThatLimit() {
    Pair pair = new Pair();
    each(
        4 * ResetLimit.atOnce(4),
        i -> {
          if (!pair.server.hasRoom()) return;
          pair.get().stream.reset(Reset.CANCELLED);
          pair.run();
        });
    assertEquals("", pair.toServer.closed);
  }

  @Test
  void originsThatBreakOffNeverMakeAnHonestClientBreakIt() {
    Pair pair = new Pair();
    each(
        4 * ResetLimit.atOnce(4),
        i -> {
          if (!pair.server.hasRoom()) return;
          pair.get();
          pair.run();
          pair.served.remove(0).stream.reset(Reset.FAILED);
          pair.run();
        });
    assertEquals("", pair.toClient.closed);
  }

  @Test
  void streamsBeyondTheLimitAreRefusedAndTooManyCostTheLink() {
    Pair pair = new Pair();
    each(5, i -> pair.client.onBinary(frame(1 | END, i, REQUEST), true));
    assertEquals(4, pair.served.size());
    ByteBuffer refusal = pair.toServer.take().get(0);
    assertEquals(FrameType.RESET, refusal.get());
    assertEquals(5, refusal.getInt());
    assertEquals(1, refusal.get());
    each(4 * ResetLimit.atOnce(4), i -> pair.client.onBinary(frame(1 | END, 5 + i, REQUEST), true));
    assertEquals("1002 too many streams", pair.toServer.closed);
  }

  @Test
  void whatWasUnderWayToAStreamThatWasResetIsDropped() {
    Pair pair = new Pair();
    var caller = pair.get();
    caller.stream.reset(Reset.CANCELLED);
    pair.server.onBinary(frame(2, 1, RESPONSE), true);
    pair.server.onBinary(frame(3, 1, "x"), true);
    pair.server.onBinary(frame(5, 1, new byte[] {0, 0, 0, 1}), true);
    pair.server.onBinary(frame(3 | END, 1, "x"), true);
    assertEquals("", pair.toClient.closed);
    assertEquals(0, caller.data.size());
  }
}
