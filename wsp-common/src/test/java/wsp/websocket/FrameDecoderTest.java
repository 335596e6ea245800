package wsp.websocket;

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

/** With the frames of a server; {@link MaskedFramesTest} has those of a client. */
class FrameDecoderTest {
  private final List<String> seen = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(FrameHeader.ofServer());

  private final FrameDecoder.Sink sink =
      new FrameDecoder.Sink() {
        @Override
        public void text(String piece, boolean last) {
          seen.add("text " + piece + (last ? "." : ""));
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
        public void close(ClosePayload why) {
          seen.add("close " + why.code() + why.reason());
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
      while (in.hasRemaining()) decoder.decode(in, sink);
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
            frame(0x81, "z".repeat(1000)));
    decode(wire, size);
    assertTrue(seen.remove("ping hello"));
    String all = String.join("", seen).replace("text ", "").replace("binary ", "");
    assertEquals(
        "ab\u00e9\ud83d\ude00c..%sy.%s.".formatted("x".repeat(300), "z".repeat(1000)), all);
  }

  @Test
  void oneMessageIsDecodedAtATime() throws Exception {
    ByteBuffer in = ByteBuffer.wrap(concat(frame(0x81, "a"), frame(0x81, "b")));
    decoder.decode(in, sink);
    assertEquals(List.of("text a."), seen);
    decoder.decode(in, sink);
    assertEquals(List.of("text a.", "text b."), seen);
    assertEquals(0, in.remaining());
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
    "010161007f7fffffffffffffff61, 1009",
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
}
