package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSyntaxTest {
  @Test
  void tokensAreExactlyTheCharactersOfTheRfc() {
    String expected =
        "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~";
    StringBuilder found = new StringBuilder();
    for (int c = -1; c < 0x300; c++) {
      if (FieldSyntax.isTokenChar(c)) found.append((char) c);
    }
    assertEquals(expected, found.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:", "Über", "a\r", "(a)", "a/b"})
  void whatIsNoTokenIsRefused(String s) {
    assertFalse(FieldSyntax.isToken(s));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a b", "tab\there", "é", "\u0080", "😀", "\"<>&"})
  void valuesMayContainAnythingPrintable(String s) {
    assertTrue(FieldSyntax.isValue(s));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\0", "a\u001bb", "\u007f", "\ud83d", "\ude00", "a\ud83d b"})
  void valuesMayNotContainControlsOrHalfCharacters(String s) {
    assertFalse(FieldSyntax.isValue(s));
  }

  @ParameterizedTest
  @CsvSource({
    "content-type,Content-Type",
    "X-PROXY-DESTINATION,X-Proxy-Destination",
    "etag,Etag",
    "x--y,X--Y",
    "-,-",
    "a1-b2,A1-B2",
    "x_y-z,X_y-Z",
    "not a token,not a token"
  })
  void namesGetTheSpellingThatTheOriginalLooksFor(String name, String canonical) {
    assertEquals(canonical, FieldSyntax.canonicalName(name));
  }

  @Test
  void aCanonicalNameIsNotCopied() {
    String name = "Content-Type";
    assertSame(name, FieldSyntax.canonicalName(name));
  }

  @Test
  void aNameIsReadFromBytesWhereverItStands() {
    byte[] line = "Date: x-Odd_name y".getBytes(StandardCharsets.US_ASCII);
    assertEquals("Date", FieldSyntax.name(line, 0, 4));
    assertEquals("x-Odd_name", FieldSyntax.name(line, 6, 16));
    assertNull(FieldSyntax.name(line, 0, 5), "a colon is no part of a name");
    assertNull(FieldSyntax.name(line, 4, 4));
    for (int b = -128; b < 0; b++) assertNull(FieldSyntax.name(new byte[] {'a', (byte) b}, 0, 2));
  }
}
