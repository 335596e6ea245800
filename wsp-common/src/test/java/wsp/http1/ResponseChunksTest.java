package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseChunksTest {
  private static ByteBuffer bytes(String s) {
    return ByteBuffer.wrap(s.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static BodyReader chunks() {
    return BodyReader.ofResponse(BodyReader.CHUNKED);
  }

  private static String text(@Nullable ByteBuffer b) {
    return b == null ? "" : StandardCharsets.ISO_8859_1.decode(b).toString();
  }

  @Test
  void chunksOfOneReadBecomeOnePiece() throws Exception {
    BodyReader decoder = chunks();
    ByteBuffer in = bytes("5\r\nhello\r\n1;x=\"y\"\r\n \r\n05 \r\nworld\r\n0\r\nA: b\r\n\r\nrest");
    assertEquals("hello world", text(decoder.read(in)));
    assertTrue(decoder.ended());
    assertEquals("rest", text(in));
  }

  @Test
  void behindTheBlanksOfASizeComesAnExtensionOrNothing() throws Exception {
    for (String size : new String[] {"5 ", "5 \t", "5 ;a", "5\t ; a=b"})
      assertEquals("hello", text(chunks().read(bytes(size + "\r\nhello\r\n"))), size);
    for (String size : new String[] {"5 6", "5 a", "5\tx;a", "5 \0"})
      assertThrows(
          MessageException.class, () -> chunks().read(bytes(size + "\r\nhello\r\n")), size);
  }

  @Test
  void everySplitGivesTheSameContent() throws Exception {
    String coded = "5\r\nhello\r\nA;x\r\n0123456789\r\n0;y\r\nT: v\r\nU: w\r\n\r\n";
    for (int i = 0; i <= coded.length(); i++) {
      for (int j = i; j <= coded.length(); j++) {
        BodyReader decoder = chunks();
        String got =
            text(decoder.read(bytes(coded.substring(0, i))))
                + text(decoder.read(bytes(coded.substring(i, j))))
                + text(decoder.read(bytes(coded.substring(j))));
        assertEquals("hello0123456789", got, i + " " + j);
        assertTrue(decoder.ended());
      }
    }
  }

  @Test
  void whatIsCutIsNotComplete() throws Exception {
    String coded = "5\r\nhello\r\n0\r\n\r\n";
    for (int i = 0; i < coded.length(); i++) {
      BodyReader decoder = chunks();
      decoder.read(bytes(coded.substring(0, i)));
      assertFalse(decoder.ended(), "after " + i);
    }
  }

  @Test
  void itWorksInsideALargerArray() throws Exception {
    ByteBuffer in = bytes("head5\r\nhello\r\n0\r\n\r\n").position(4).slice();
    assertEquals("hello", text(chunks().read(in)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "x\r\n",
        "-1\r\n",
        "+5\r\nhello",
        "0x5\r\nhello",
        "5\nhello",
        "5\r\nhelloX\r\n",
        "5\r\nhello\n",
        "5\rhello",
        "5;a\nb\r\nhello",
        "0\r\n\n",
        "0\r\nA: b\n\r\n",
        "1234567890123456\r\n",
      })
  void brokenFramingIsAnError(String coded) {
    ByteBuffer in = bytes(coded);
    BodyReader decoder = chunks();
    assertThrows(
        MessageException.class,
        () -> {
          while (in.hasRemaining()) decoder.read(in);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000005\r\nhello\r\n0000000000000000\r\n\r\n",
        "0000000000000000000000000000000000000000000000000005\r\nhello\r\n0\r\n\r\n",
        "5 ;a=b\r\nhello\r\n0\r\n\r\n",
        "5\t ; a=b\r\nhello\r\n0 ;c\r\n\r\n",
        "5  \r\nhello\r\n0  \r\n\r\n",
      })
  void aSizeMayHaveZerosBeforeItAndBlanksBehind(String coded) throws Exception {
    BodyReader decoder = chunks();
    assertEquals("hello", text(decoder.read(bytes(coded))));
    assertTrue(decoder.ended());
  }

  @Test
  void aLimitCountsTheSizeAndNotItsDigits() throws Exception {
    chunks().read(bytes("000000fffffffffffffff\r\nhello"));
    for (String large : List.of("1000000000000000", "0001000000000000000", "f".repeat(16)))
      assertThrows(MessageException.class, () -> chunks().read(bytes(large + "\r\n")), large);
    assertThrows(MessageException.class, () -> chunks().read(bytes("0".repeat(70_000))));
  }

  @Test
  void endlessLinesAreAnError() {
    BodyReader decoder = chunks();
    assertThrows(
        MessageException.class, () -> decoder.read(bytes("5;" + "x".repeat(70_000) + "\r\n")));
  }
}
