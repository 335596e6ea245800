package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class UsualNamesTest {
  /** Two names in one slot, and the first of them would not be found. */
  @Test
  void everyOneIsFound() {
    assertTrue(UsualNames.NAMES.size() > 40);
    for (int i = 0; i < UsualNames.NAMES.size(); i++) {
      String name = UsualNames.NAMES.get(i);
      String defined = UsualNames.DEFINED.get(i);
      assertSame(defined, UsualNames.defined("..." + name + "..", 3, 3 + name.length()), name);
      assertSame(defined, UsualNames.defined(name));
      byte[] bytes = ("..." + name + "..").getBytes(StandardCharsets.US_ASCII);
      assertSame(name, UsualNames.find(bytes, 3, 3 + name.length()), name);
      assertTrue(UsualNames.isOne(name), name);
    }
  }

  @Test
  void allAreTokensInTheSpellingOfTheWire() {
    for (String name : UsualNames.NAMES) {
      assertTrue(FieldSyntax.isToken(name), name);
      assertEquals(FieldSyntax.canonicalName(name.toLowerCase(Locale.ROOT)), name);
    }
  }

  @Test
  void namesLeaveAsTheyAreDefinedWhateverTheWireSpells() throws Exception {
    for (String name : UsualNames.DEFINED) {
      Headers sent = Headers.of(name.toLowerCase(Locale.ROOT), "a", name, "b");
      Headers left = Headers.of(name, "a", name, "b");
      String plain = EnvelopeCodec.encode(new ResponseEnvelope(200, sent, 0));
      assertTrue(plain.contains("\"" + FieldSyntax.inWireSpelling(name) + "\":["), plain);
      assertEquals(left, EnvelopeCodec.decodeResponse(plain).headers());
      assertEquals(left, EnvelopeCodec.decodeResponse(plain.replace(":[", ": [")).headers());
      assertEquals(left, EnvelopeCodec.decodeTrailers(EnvelopeCodec.encodeTrailers(sent)));
    }
  }

  @Test
  void anythingElseIsNone() {
    for (String name : UsualNames.NAMES) {
      assertNull(UsualNames.defined(name, 0, name.length() - 1), name);
      assertNull(UsualNames.defined(name + "s", 0, name.length() + 1), name);
      for (int i = 0; i < name.length(); i++) {
        String other = name.substring(0, i) + '\u0100' + name.substring(i + 1);
        assertNull(UsualNames.defined(other, 0, other.length()), other);
        assertFalse(UsualNames.isOne(other), other);
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        bytes[i] |= (byte) 0x80;
        assertNull(UsualNames.find(bytes, 0, bytes.length), name + " but for " + i);
      }
      assertFalse(UsualNames.isOne(name.toUpperCase(Locale.ROOT)), name);
    }
    for (char c = 0; c < 0x300; c++) assertNull(UsualNames.defined("" + c, 0, 1));
    for (int b = -128; b < 128; b++) assertNull(UsualNames.find(new byte[] {(byte) b}, 0, 1));
    assertFalse(UsualNames.isOne(""));
  }
}
