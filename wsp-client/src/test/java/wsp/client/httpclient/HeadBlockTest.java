package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.FieldMemory;

class HeadBlockTest {
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int NOT_LAST = 0;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 0x20;

  private final FrameLimit frames = new FrameLimit(0);

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private int held(ByteBuffer... come) throws Exception {
    for (ByteBuffer each : come) frames.received(each, 0);
    return frames.held();
  }

  @ParameterizedTest
  @CsvSource({
    "88,                   1", // indexed
    "888888,               3",
    "ff80808001,           1", // with a long index
    "ff8001ff00,           2",
    "400161,               1", // a new name, whose value is still to come
    "400161016288,         2",
    "40000088,             2", // of nothing
    "4101628888,           3", // a name of the table
    "7f00016288,           2",
    "000161016288,         2", // without indexing
    "0f10016288,           2",
    "1001610162,           1", // never
    "1f0000,               1",
    "3f8101,               0", // the size of the table
    "2088,                 1",
    "4001ff88,             1", // a text that goes on
    "00017f7f00,           1",
  })
  void fieldsAreCountedWhateverTheySay(String block, int fields) throws Exception {
    byte[] bytes = hex(block);
    long memory = 1 + FieldMemory.of(bytes.length, fields);
    assertEquals(memory, held(FrameLimitTest.frame(HEADERS, NOT_LAST, bytes)));
    assertEquals(0, held(FrameLimitTest.frame(CONTINUATION, END_HEADERS, new byte[0])));
  }

  @Test
  void textsAsLongAsTheySayAreNoFields() throws Exception {
    byte[] field = new byte[430];
    // The length of the name is 127 + 0x2c + (2 << 7), more than has come.
    field[1] = 127;
    field[2] = (byte) 0xac;
    field[3] = 2;
    assertEquals(1 + FieldMemory.of(430, 1), held(FrameLimitTest.frame(HEADERS, NOT_LAST, field)));
  }

  @Test
  void paddingAndPriorityAreNoFields() throws Exception {
    byte[] padded = hex("03" + "8888" + "888888");
    assertEquals(1 + FieldMemory.of(2, 2), held(FrameLimitTest.frame(HEADERS, PADDED, padded)));
    assertEquals(0, held(FrameLimitTest.frame(CONTINUATION, END_HEADERS, hex("88"))));
    byte[] both = hex("02" + "8888888888" + "88" + "8888");
    assertEquals(
        1 + FieldMemory.of(1, 1), held(FrameLimitTest.frame(HEADERS, PADDED | PRIORITY, both)));
    assertEquals(
        1 + FieldMemory.of(7, 7),
        held(FrameLimitTest.frame(CONTINUATION, PADDED, hex("888888888888"))));
  }

  @Test
  void aFrameThatIsNotWholeIsHeldAsItCame() throws Exception {
    ByteBuffer head = FrameLimitTest.frame(HEADERS, END_HEADERS, new byte[1000]);
    ByteBuffer first = head.slice(0, 300);
    assertEquals(291, held(first));
    assertEquals(990, held(head.slice(300, 699)));
    assertEquals(0, held(head.slice(999, 10)));
  }

  @Test
  void oneThatHasBegunIsHeldThoughNothingOfItHasCome() throws Exception {
    assertEquals(1, held(FrameLimitTest.frame(HEADERS, NOT_LAST, new byte[0])));
    assertEquals(1, held(FrameLimitTest.frame(CONTINUATION, NOT_LAST, new byte[0])));
    assertEquals(0, held(FrameLimitTest.frame(CONTINUATION, END_HEADERS, new byte[0])));
  }

  @Test
  void aHeadThatComesWholeIsNotHeld() throws Exception {
    assertEquals(0, held(FrameLimitTest.frame(HEADERS, END_HEADERS, hex("88"))));
    assertEquals(0, held(FrameLimitTest.frame(0, 0, new byte[100])));
    assertEquals(0, held(FrameLimitTest.frame(HEADERS, END_HEADERS, new byte[0])));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void itIsTheSameInWhicheverPiecesItComes(int piece) throws Exception {
    ByteBuffer all = ByteBuffer.allocate(4096);
    all.put(FrameLimitTest.frame(HEADERS, PADDED, hex("02" + "400161016288" + "0000")));
    for (int i = 0; i < 50; i++)
      all.put(FrameLimitTest.frame(CONTINUATION, NOT_LAST, hex("0001610362")));
    for (int i = 0; i < 10; i++) all.put(FrameLimitTest.frame(CONTINUATION, NOT_LAST, hex("6262")));
    all.flip();
    int most = 0;
    while (all.hasRemaining()) {
      int n = Math.min(piece, all.remaining());
      int held = held(all.slice(all.position(), n));
      assertTrue(held >= most, held + " after " + most);
      most = held;
      all.position(all.position() + n);
    }
    assertEquals(0, held(FrameLimitTest.frame(CONTINUATION, END_HEADERS, hex("88"))));
  }
}
