package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTextTest {
  private static String of(byte[] bytes) {
    return FieldText.of(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "636166e9, caf\udce9",
    "636166c3a9, caf\u00e9",
    "e9c3a9, \udce9\u00e9",
    "c3, \udcc3",
    "c328, \udcc3(",
    "80ff, \udc80\udcff",
    "c080, \udcc0\udc80",
    "c1bf, \udcc1\udcbf",
    "e080af, \udce0\udc80\udcaf",
    "eda080, \udced\udca0\udc80",
    "edb3a9, \udced\udcb3\udca9",
    "efbfbd, \ufffd",
    "efbfbde9, \ufffd\udce9",
    "f09f9880, \ud83d\ude00",
    "f09f98, \udcf0\udc9f\udc98",
    "f4908080, \udcf4\udc90\udc80\udc80",
    "f5808080, \udcf5\udc80\udc80\udc80",
    "e282, \udce2\udc82",
    "e282ac, \u20ac"
  })
  void bytesThatAreNoUtf8AreLoneSurrogates(String hex, String text) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEquals(text, of(bytes));
    assertArrayEquals(bytes, FieldText.bytes(text));
    assertTrue(FieldSyntax.isValue(text));
  }

  @Test
  void anyBytesComeBackAndHaveOneText() {
    Random random = new Random(5);
    int[] interesting = {0x41, 0x7f, 0x80, 0xa0, 0xbf, 0xc2, 0xc3, 0xe0, 0xe2, 0xed, 0xf0, 0xf4};
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(8)];
      for (int i = 0; i < bytes.length; i++)
        bytes[i] = (byte) interesting[random.nextInt(interesting.length)];
      String text = of(bytes);
      assertArrayEquals(bytes, FieldText.bytes(text));
      assertTrue(FieldText.isCanonical(text));
      assertEquals(!isUtf8(bytes), FieldText.hasBytes(text), () -> HexFormat.of().formatHex(bytes));
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Else rules would judge one spelling, and an origin get the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\udcc3\udca9",
        "a\udce2\udc82\udcacb",
        "\udcf0\udc9f\udc98\udc80",
        "\udc41",
        "\udc0a",
        "\udc00",
        "\udc7f",
        "\udd80",
        "\ud800",
        "\ud83d",
        "a\ud83d\udce9b\ud83d"
      })
  void noOtherSpellingOfBytesIsAValue(String text) throws Exception {
    assertFalse(FieldSyntax.isValue(text));
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) escaped.append("\\u%04x".formatted((int) c));
    String json = "{\"StatusCode\":200,\"Header\":{\"A\":[\"" + escaped + "\"]}}";
    assertThrows(EnvelopeException.class, () -> EnvelopeCodec.decodeResponse(json));
  }

  @Test
  void theLatin1OfBytesIsWhatAnOriginMayRead() {
    assertEquals("caf\u00e9", FieldText.asLatin1("caf\udce9"));
    assertEquals("\u00c3\u00a9\u00e9", FieldText.asLatin1("\u00e9\udce9"));
  }
}
