package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;
import wsp.testing.Split;

class BodyReaderTest {
  private static final String CHUNKS =
      "3\r\nabc\r\nA;x=y;z\r\n0123456789\r\n1\r\n\r\r\n0;e\r\nT: u\r\nV:\r\n\r\n";

  private static String decode(BodyReader body, List<ByteBuffer> parts) throws MessageException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteBuffer in : parts) {
      while (in.hasRemaining() && !body.ended()) {
        ByteBuffer part = body.read(in);
        while (part != null && part.hasRemaining()) out.write(part.get());
      }
    }
    assertTrue(body.ended(), "the body has not ended");
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void chunksAreTheSameWhereverTheyAreCut() throws Exception {
    byte[] all = Split.bytes(CHUNKS);
    for (int cut = 0; cut <= all.length; cut++)
      assertEquals(
          "abc0123456789\r", decode(BodyReader.ofRequest(-1), Split.at(all, cut)), "at " + cut);
    assertEquals("abc0123456789\r", decode(BodyReader.ofRequest(-1), Split.single(all)));
  }

  @Test
  void trailersAreThereAtTheEndWhereverTheyAreCut() throws Exception {
    byte[] all = Split.bytes(CHUNKS);
    for (int cut = 0; cut <= all.length; cut++) {
      for (BodyReader body : List.of(BodyReader.ofRequest(-1), BodyReader.ofResponse(-1))) {
        decode(body, Split.at(all, cut));
        assertEquals(Headers.of("T", "u", "V", ""), body.trailers(), "at " + cut);
      }
    }
  }

  @Test
  void aRequestHasOneHundredTrailersAtMost() throws Exception {
    String hundred = "0\r\n" + "A: b\r\n".repeat(100);
    BodyReader most = BodyReader.ofRequest(-1);
    decode(most, List.of(ByteBuffer.wrap(Split.bytes(hundred + "\r\n"))));
    assertEquals(100, most.trailers().size());
    assertRefused(hundred + "A: b\r\n\r\n");
    BodyReader lenient = BodyReader.ofResponse(-1);
    String many = "0\r\n" + "A: b\r\n".repeat(1001) + "\r\n";
    decode(lenient, List.of(ByteBuffer.wrap(Split.bytes(many))));
    assertEquals(0, lenient.trailers().size(), "left out altogether");
  }

  @Test
  void ofAResponseALineThatIsNoFieldLeavesTheTrailersOut() throws Exception {
    BodyReader body = BodyReader.ofResponse(-1);
    String text = "1\r\na\r\n0\r\nA: b\r\nno field\r\n\r\n";
    assertEquals("a", decode(body, List.of(ByteBuffer.wrap(Split.bytes(text)))));
    assertEquals(0, body.trailers().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 17, 100, 5000})
  void chunksThatComeTogetherAreOnePiece(int size) throws Exception {
    StringBuilder wire = new StringBuilder();
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < 60_000 / (size + 5); i++) {
      String data = Character.toString('a' + i % 26).repeat(size);
      wire.append(Integer.toHexString(size)).append("\r\n").append(data).append("\r\n");
      content.append(data);
    }
    byte[] sent = Split.bytes(wire + "0\r\n\r\nGET");
    for (boolean direct : new boolean[] {false, true}) {
      ByteBuffer in =
          direct ? ByteBuffer.allocateDirect(sent.length) : ByteBuffer.allocate(sent.length);
      BodyReader body = BodyReader.ofRequest(-1);
      ByteBuffer piece = body.read(in.put(sent).flip());
      assertEquals(
          content.toString(), piece == null ? "" : StandardCharsets.UTF_8.decode(piece).toString());
      assertTrue(body.ended());
      assertEquals(3, in.remaining());
    }
  }

  @Test
  void whatCameBeforeABadChunkIsHandedOnAndTheChunkRefusedAfterIt() throws Exception {
    ByteBuffer in = ByteBuffer.wrap(Split.bytes("1\r\na\r\n2\r\nbc\r\nx\r\n"));
    BodyReader body = BodyReader.ofRequest(-1);
    ByteBuffer piece = body.read(in);
    assertEquals(3, piece == null ? 0 : piece.remaining());
    assertTrue(in.hasRemaining(), "somebody has to come back for it");
    assertThrows(MessageException.class, () -> body.read(in));
    assertThrows(MessageException.class, () -> body.read(in));
  }

  @Test
  void aBodyOfKnownLengthIsTheSameWhereverItIsCut() throws Exception {
    byte[] all = Split.bytes("hello\r\n");
    for (int cut = 0; cut <= all.length; cut++)
      assertEquals("hello\r\n", decode(BodyReader.ofRequest(7), Split.at(all, cut)), "at " + cut);
  }

  @Test
  void whatFollowsTheBodyIsLeft() throws Exception {
    ByteBuffer in = ByteBuffer.wrap(Split.bytes(CHUNKS + "GET"));
    BodyReader body = BodyReader.ofRequest(-1);
    while (!body.ended()) body.read(in);
    assertEquals(3, in.remaining());
    ByteBuffer known = ByteBuffer.wrap(Split.bytes("abcGET"));
    BodyReader.ofRequest(3).read(known);
    assertEquals(3, known.remaining());
  }

  @Test
  void aBodyOfNoLengthHasEndedAtOnce() throws Exception {
    BodyReader body = BodyReader.ofRequest(0);
    assertTrue(body.ended());
    ByteBuffer in = ByteBuffer.wrap(Split.bytes("GET"));
    assertNull(body.read(in));
    assertEquals(3, in.remaining());
  }

  @Test
  void bytesOfAChunkAreHandedOnBeforeItsEnd() throws Exception {
    BodyReader body = BodyReader.ofRequest(-1);
    ByteBuffer part = body.read(ByteBuffer.wrap(Split.bytes("ff\r\nab")));
    assertEquals(2, part == null ? 0 : part.remaining());
    assertFalse(body.ended());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3;a=b\r\nabc\r\n0\r\n\r\n",
        "3;a=\"b;\tc\"\r\nabc\r\n0\r\n\r\n",
        "3;a;b=c\r\nabc\r\n0;x\r\n\r\n",
        "003\r\nabc\r\n000\r\n\r\n",
        "0000000000000003\r\nabc\r\n0000000000000000\r\n\r\n",
        "00000000000000000000000000000000000000000000003\r\nabc\r\n00\r\n\r\n",
        "3 ;a=b\r\nabc\r\n0 ;x\r\n\r\n",
        "3 \t ; a=b\r\nabc\r\n0\t;x\r\n\r\n",
        "3\r\nabc\r\n0\r\nA: b\r\nC: d\r\n\r\n",
        "1\r\na\r\n2\r\nbc\r\n0\r\nA: \t\u00e9\r\n\r\n"
      })
  void whatIsOddButValidPasses(String text) throws Exception {
    assertEquals(
        "abc", decode(BodyReader.ofRequest(-1), List.of(ByteBuffer.wrap(Split.bytes(text)))));
  }

  @Test
  void hexadecimalDigitsComeInBothCases() throws Exception {
    for (String size : List.of("1a", "1A", "01A")) {
      String data = "x".repeat(26);
      String text = size + "\r\n" + data + "\r\n0\r\n\r\n";
      assertEquals(data, decode(BodyReader.ofRequest(-1), Split.single(Split.bytes(text))));
    }
  }

  @Test
  void aLimitCountsTheSizeAndNotItsDigits() throws Exception {
    String zeros = "0".repeat(4000);
    String text = zeros + "3\r\nabc\r\n" + zeros + "\r\n\r\n";
    assertEquals(
        "abc", decode(BodyReader.ofRequest(-1), List.of(ByteBuffer.wrap(Split.bytes(text)))));
    for (String tooLarge : List.of("1000000000000000", "0001000000000000000", "f".repeat(16)))
      assertRefused(tooLarge + "\r\n");
    assertRefused("0".repeat(5000));
    assertRefused("3" + " ".repeat(5000));
    BodyReader.ofRequest(-1).read(ByteBuffer.wrap(Split.bytes("000fffffffffffffff\r\n")));
  }

  private static void assertRefused(String text) {
    ByteBuffer in = ByteBuffer.wrap(Split.bytes(text));
    assertThrows(MessageException.class, () -> BodyReader.ofRequest(-1).read(in), text);
  }

  @Test
  void randomChunksInRandomPiecesGiveTheBody() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      StringBuilder body = new StringBuilder();
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        String data = "\r\n0".repeat(1 + random.nextInt(50));
        text.append(Integer.toHexString(data.length())).append("\r\n").append(data).append("\r\n");
        body.append(data);
      }
      text.append("0\r\n\r\n");
      List<ByteBuffer> parts = Split.randomly(Split.bytes(text.toString()), random, 40);
      assertEquals(body.toString(), decode(BodyReader.ofRequest(-1), parts));
    }
  }
}
