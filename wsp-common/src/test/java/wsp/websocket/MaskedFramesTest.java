package wsp.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.testing.Frames;
import wsp.testing.Split;

/** {@link FrameDecoder} with the frames of a client. */
class MaskedFramesTest {
  private static CollectedMessages decode(List<ByteBuffer> parts)
      throws ProtocolViolationException {
    return new CollectedMessages().decode(new FrameDecoder(FrameHeader.ofClient()), parts);
  }

  private static CollectedMessages decode(byte[] sent) throws ProtocolViolationException {
    return decode(List.of(ByteBuffer.wrap(sent)));
  }

  private static byte[] payload(Random random, int opcode) {
    int[] sizes = {0, 1, 2, 7, 8, 9, 124, 125, 126, 127, 1000, 65535, 65536, 70000, 140000};
    int size = sizes[random.nextInt(sizes.length)];
    // Ten bytes, and what is left.
    if (opcode == Opcodes.TEXT)
      return Split.bytes("aé€\ud83d\ude00".repeat(size / 10) + "x".repeat(size % 10));
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void randomMessagesInRandomPiecesComeOutAsTheyWere() throws Exception {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<CollectedMessages.Message> sent = new ArrayList<>();
      List<byte[]> pings = new ArrayList<>();
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      for (int n = 0; n < 5; n++) {
        int opcode = 1 + random.nextInt(2);
        byte[] whole = payload(random, opcode);
        sent.add(new CollectedMessages.Message(opcode, whole));
        int at = 0;
        for (boolean first = true, last = false; !last; first = false) {
          int size =
              random.nextInt(3) == 0 ? whole.length - at : random.nextInt(whole.length - at + 1);
          last = at + size == whole.length && random.nextInt(4) > 0;
          byte[] part = java.util.Arrays.copyOfRange(whole, at, at + size);
          wire.writeBytes(Frames.masked(last, first ? opcode : 0, part, random.nextInt()));
          at += size;
          if (random.nextInt(3) == 0) {
            byte[] ping = new byte[random.nextInt(126)];
            random.nextBytes(ping);
            int control = Opcodes.PING + random.nextInt(2);
            if (control == Opcodes.PING) pings.add(ping);
            wire.writeBytes(Frames.masked(true, control, ping, random.nextInt()));
          }
        }
      }
      int largest = random.nextBoolean() ? 20 : 100_000;
      CollectedMessages got = decode(Split.randomly(wire.toByteArray(), random, largest));
      assertSame(sent, got.data(), seed);
      assertLast(pings, got, seed);
    }
  }

  /** Of the pings that come together the last is told, so that of all is. */
  private static void assertLast(List<byte[]> sent, CollectedMessages got, int seed) {
    byte[] last = null;
    for (CollectedMessages.Message m : got.messages())
      if (m.opcode() == Opcodes.PING) last = m.payload();
    assertArrayEquals(sent.isEmpty() ? null : sent.get(sent.size() - 1), last, "seed " + seed);
  }

  private static void assertSame(
      List<CollectedMessages.Message> expected, List<CollectedMessages.Message> got, int seed) {
    assertEquals(expected.size(), got.size(), "messages, seed " + seed);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).opcode(), got.get(i).opcode(), "seed " + seed);
      assertArrayEquals(expected.get(i).payload(), got.get(i).payload(), "seed " + seed);
    }
  }

  @Test
  void theUnmaskedExampleOfTheRfcIsHello() throws Exception {
    byte[] hello = HexFormat.of().parseHex("818537fa213d7f9f4d5158");
    for (int cut = 0; cut <= hello.length; cut++) {
      List<CollectedMessages.Message> got = decode(Split.at(hello, cut)).messages();
      assertEquals(1, got.size());
      assertEquals("Hello", new String(got.get(0).payload(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void bytesOfAFrameAreHandedOnBeforeItsEnd() throws Exception {
    byte[] frame = Frames.masked(true, 2, new byte[1000], 1);
    assertEquals(500, decode(List.of(ByteBuffer.wrap(frame, 0, 508))).open().length);
  }

  @ParameterizedTest
  @CsvSource({"2,1", "2,2", "2,100", "1,1", "1,2", "1,100"})
  void framesOfOneMessageThatComeTogetherAreOnePiece(int opcode, int size) throws Exception {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = 0; i < 500; i++) {
      byte[] part = new byte[size];
      java.util.Arrays.fill(part, (byte) (i & 0x7f));
      content.writeBytes(part);
      wire.writeBytes(Frames.masked(i == 499, i == 0 ? opcode : 0, part, i * 77));
      if (i % 3 == 0) wire.writeBytes(Frames.masked(true, 9 + i % 2, part, i));
    }
    byte[] sent = wire.toByteArray();
    CollectedMessages collector = decode(sent);
    assertEquals(1, collector.pieces());
    assertArrayEquals(content.toByteArray(), collector.data().get(0).payload());
    assertEquals(2, decode(Split.at(sent, sent.length / 2)).pieces());
  }

  @Test
  void whatCameBeforeSomethingThatIsRefusedIsHandedOn() {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(Frames.masked(false, 2, new byte[] {1}, 5));
    wire.writeBytes(Frames.masked(false, 0, new byte[] {2}, 6));
    wire.writeBytes(Frames.masked(true, 2, new byte[] {3}, 7));
    CollectedMessages collector = new CollectedMessages();
    assertThrows(
        ProtocolViolationException.class,
        () ->
            collector.decode(
                new FrameDecoder(FrameHeader.ofClient()),
                List.of(ByteBuffer.wrap(wire.toByteArray()))));
    assertArrayEquals(new byte[] {1, 2}, collector.open());
  }

  @ParameterizedTest
  @CsvSource({
    "8105,1002", // a text that is not masked
    "c180,1002", // reserved bits
    "a180,1002",
    "9180,1002",
    "8380,1002", // unknown opcodes
    "8780,1002",
    "8b80,1002",
    "8f80,1002",
    "0980,1002", // a fragmented ping
    "0880,1002", // a fragmented close
    "89fe,1002", // a ping over 125 bytes
    "88ff,1002",
    "8080,1002", // a continuation of nothing
    "0080,1002",
    "018000000000818000000000,1002", // a message within a message
    "018000000000028000000000,1002",
    "81fe000500000000,1002", // lengths that are longer than they need be
    "82fe007d00000000,1002",
    "82ff000000000000000500000000,1002",
    "82ff000000000000ffff00000000,1002",
    "82ff800000000000000000000000,1009", // over 2^63
    "82ffffffffffffffffff00000000,1009",
    "82ff7fffffffffffffff00000000,1009"
  })
  void whatTheRfcForbidsIsAViolation(String hex, int code) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    for (int cut = 0; cut <= bytes.length; cut++) {
      List<ByteBuffer> parts = Split.at(bytes, cut);
      assertEquals(
          code,
          assertThrows(ProtocolViolationException.class, () -> decode(parts)).closeCode(),
          "cut at " + cut);
    }
  }
}
