package wsp.client.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.limit.Budget;
import wsp.websocket.ProtocolViolationException;

class FrameDecoderTest {
  private static final int MAX_TEXT = 1000;

  private final List<String> seen = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(MAX_TEXT, new Budget(100_000).share());

  private final FrameDecoder.Sink sink =
      new FrameDecoder.Sink() {
        @Override
        public void text(String message) {
          seen.add("text " + message);
        }

        @Override
        public void binary(ByteBuffer piece, boolean last) {
          seen.add("binary " + StandardCharsets.US_ASCII.decode(piece) + (last ? "." : ""));
        }

        @Override
        public void ping(ByteBuffer payload) {
          seen.add("ping " + StandardCharsets.US_ASCII.decode(payload));
        }

        @Override
        public void close(int code, String reason) {
          seen.add("close " + code + (reason.isEmpty() ? "" : " " + reason));
        }
      };

  private static byte[] frame(int first, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(10 + bytes.length).put((byte) first);
    if (bytes.length < 126) out.put((byte) bytes.length);
    else out.put((byte) 126).putShort((short) bytes.length);
    out.put(bytes);
    byte[] all = new byte[out.position()];
    out.flip().get(all);
    return all;
  }

  private static byte[] concat(byte[]... parts) {
    int n = 0;
    for (byte[] p : parts) n += p.length;
    ByteBuffer all = ByteBuffer.allocate(n);
    for (byte[] p : parts) all.put(p);
    return all.array();
  }

  private void decode(byte[] bytes, int size) throws ProtocolViolationException {
    for (int from = 0; from < bytes.length; from += size) {
      ByteBuffer in = ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from));
      while (in.hasRemaining()) {
        int before = seen.size();
        boolean data = decoder.decode(in, sink);
        List<String> added = seen.subList(before, seen.size());
        assertEquals(data, added.stream().anyMatch(s -> !s.startsWith("ping")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100_000})
  void whateverTheReadsTheMessagesAreTheSame(int size) throws Exception {
    byte[] wire =
        concat(
            frame(0x01, "ab\u00e9"),
            frame(0x89, "hello"),
            frame(0x80, "\ud83d\ude00c"),
            frame(0x82, ""),
            frame(0x02, "x".repeat(300)),
            frame(0x8a, ""),
            frame(0x00, ""),
            frame(0x80, "y"),
            frame(0x81, "z".repeat(MAX_TEXT)));
    decode(wire, size);
    assertTrue(seen.remove("ping hello"));
    assertEquals("text ab\u00e9\ud83d\ude00c", seen.remove(0));
    assertEquals("binary .", seen.remove(0));
    assertEquals("text " + "z".repeat(MAX_TEXT), seen.remove(seen.size() - 1));
    String binary = String.join("", seen).replace("binary ", "");
    assertEquals("x".repeat(300) + "y.", binary);
  }

  @Test
  void onePieceOfDataIsHandedOnAtATime() throws Exception {
    ByteBuffer in = ByteBuffer.wrap(concat(frame(0x81, "a"), frame(0x81, "b")));
    assertEquals(true, decoder.decode(in, sink));
    assertEquals(List.of("text a"), seen);
    assertEquals(true, decoder.decode(in, sink));
    assertEquals(false, decoder.decode(in, sink));
    assertEquals(List.of("text a", "text b"), seen);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 200})
  void framesOfOneMessageThatComeTogetherAreOnePiece(int size) throws Exception {
    byte[][] frames = new byte[101][];
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      String data = Character.toString('a' + i % 26).repeat(size);
      frames[i] = concat(frame(0x89, "p" + i), frame(i == 0 ? 0x02 : 0x00, data));
      content.append(data);
    }
    frames[100] = frame(0x80, "");
    decode(concat(frames), 99_999);
    assertEquals(List.of("binary " + content + ".", "ping p99"), seen);
  }

  @Test
  void whatCameBeforeACloseFrameIsHandedOnFirst() throws Exception {
    byte[] close = {(byte) 0x88, 2, 3, (byte) 0xe9};
    ByteBuffer in = ByteBuffer.wrap(concat(frame(0x02, "a"), frame(0x00, "b"), close));
    decoder.decode(in, sink);
    assertEquals(List.of("binary ab", "close 1001"), seen);
  }

  @Test
  void nothingIsDecodedBehindACloseFrame() throws Exception {
    byte[] close = {(byte) 0x88, 2, 3, (byte) 0xe9};
    decoder.decode(ByteBuffer.wrap(concat(close, frame(0x81, "late"))), sink);
    assertEquals(List.of("close 1001"), seen);
  }

  @ParameterizedTest
  @CsvSource({
    "f100, 1002",
    "c100, 1002",
    "8300, 1002",
    "8b00, 1002",
    "8180, 1002",
    "8000, 1002",
    "0900, 1002",
    "897e0080, 1002",
    "827e0001, 1002",
    "827f000000000000ffff, 1002",
    "880103, 1002",
    "880203e7, 1002",
    "880203ec, 1002",
    "880203ed, 1002",
    "880203ee, 1002",
    "880203f7, 1002",
    "88020bb7, 1002",
    "88021388, 1002",
    "880303e8ff, 1007",
    "01000100, 1002",
    "827fffffffffffffffff, 1009",
    "817f0000000000ffffff, 1009",
    "010180007f7fffffffffffffff80, 1009",
    "010180007f0000000000ffffff80, 1009",
    "8101ff, 1007",
    "8103e28028, 1007",
  })
  void whatTheRfcForbidsIsRefused(String hex, int code) {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    assertEquals(
        code,
        assertThrows(ProtocolViolationException.class, () -> decode(bytes, bytes.length))
            .closeCode());
  }

  @Test
  void aTextMessageIsRefusedAsSoonAsItIsTooLong() {
    assertThrows(
        ProtocolViolationException.class,
        () -> decode(frame(0x81, "a".repeat(MAX_TEXT + 1)), 9999));
    FrameDecoder fragments = new FrameDecoder(MAX_TEXT, new Budget(100_000).share());
    ProtocolViolationException e =
        assertThrows(
            ProtocolViolationException.class,
            () -> {
              fragments.decode(ByteBuffer.wrap(frame(0x01, "a".repeat(600))), sink);
              fragments.decode(ByteBuffer.wrap(frame(0x00, "a".repeat(600))), sink);
            });
    assertEquals(1009, e.closeCode());
  }

  @Test
  void messagesThatAreNotWholeShareOneBudget() throws Exception {
    Budget budget = new Budget(1000);
    Budget.Share first = budget.share();
    FrameDecoder one = new FrameDecoder(MAX_TEXT, first);
    FrameDecoder other = new FrameDecoder(MAX_TEXT, budget.share());
    one.decode(ByteBuffer.wrap(frame(0x01, "a".repeat(600))), sink);
    assertThrows(
        ProtocolViolationException.class,
        () -> other.decode(ByteBuffer.wrap(frame(0x01, "a".repeat(600))), sink));
    first.release();
    FrameDecoder third = new FrameDecoder(MAX_TEXT, budget.share());
    third.decode(ByteBuffer.wrap(frame(0x01, "a".repeat(300))), sink);
    third.decode(ByteBuffer.wrap(frame(0x80, "b")), sink);
    assertEquals("text " + "a".repeat(300) + "b", seen.get(0));
  }
}
