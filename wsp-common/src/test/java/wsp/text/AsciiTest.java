package wsp.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiTest {
  @Test
  void withinAsciiCaseIsWhatUnicodeMakesOfIt() {
    for (char a = 0; a < 128; a++) {
      String text = String.valueOf(a);
      assertEquals(text.toLowerCase(Locale.ROOT), Ascii.lower(text));
      assertEquals(text.toUpperCase(Locale.ROOT), Ascii.upper(text));
      assertEquals(Character.digit(a, 16), Ascii.hex(a));
      assertEquals(Character.isDigit(a), Ascii.isDigit(a));
      assertEquals(Character.isLetter(a), Ascii.isLetter(a));
    }
  }

  @Test
  void beyondAsciiNothingIsALetterADigitOrABlank() {
    for (int c = 128; c < 0x10000; c++) {
      char beyond = (char) c;
      assertEquals(beyond, Ascii.lower(beyond));
      assertEquals(beyond, Ascii.upper(beyond));
      assertEquals(-1, Ascii.hex(c));
      assertFalse(Ascii.isDigit(c) || Ascii.isLetter(c) || Ascii.isBlank(c));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Chunked, chunKED, true",
    "chunked, chun\u212Aed, false",
    "close, clo\u017Fe, false",
    "Upgrade, upgrad\u0435, false",
    "WEBSOCKET, webs\u00f6cket, false",
    "title, t\u0131tle, false",
    "a, ab, false",
    "'', '', true",
    "\u00e9, \u00c9, false",
    "[, {, false",
    "@, `, false"
  })
  void wordsAreTheSameButForTheCaseOfAsciiLetters(String a, String b, boolean same) {
    assertEquals(same, Ascii.equalsIgnoreCase(a, b));
    assertEquals(same, Ascii.equalsIgnoreCase(b, a));
    assertEquals(same, Ascii.lower(a).equals(Ascii.lower(b)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "007, 7",
    "123456789012345678, 123456789012345678",
    "1234567890123456789, -1",
    "000000000000000000000, 0",
    "0000000000000000000012, 12",
    "0001234567890123456789, -1",
    "00000000000000000000x, -1",
    "'', -1",
    "-1, -1",
    "+1, -1",
    "1_0, -1",
    "' 1', -1",
    "\u0663, -1",
    "\uff11, -1"
  })
  void aNumberIsAsciiDigitsAlone(String text, long number) {
    assertEquals(number, Ascii.number(text, 18));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085a", "a\u00a0", "\u2003a", "\u000ba", "a\f", "\u001fa", "a\r"})
  void onlySpacesAndTabsAreTrimmed(String text) {
    assertEquals(text, Ascii.trim(" \t" + text + "\t "));
  }

  @Test
  void whatIsRightAlreadyIsNotCopied() {
    String lower = "already-lower";
    assertSame(lower, Ascii.lower(lower));
    assertSame(lower, Ascii.trim(lower));
    assertEquals("", Ascii.trim(" \t "));
  }
}
