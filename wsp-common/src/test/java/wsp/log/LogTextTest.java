package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class LogTextTest {
  private static void escaped(String expected, String text) {
    assertEquals(expected, LogText.escape(text, 1_000));
  }

  @Test
  void controlCharactersAreEscaped() {
    escaped("a\\r\\n\\tb", "a\r\n\tb");
    escaped("\\u0000\\u001b[31m\\u007f\\u0085\\u009f", "\0\u001b[31m\u007f\u0085\u009f");
    escaped("\\u2028\\u2029", "\u2028\u2029");
  }

  @Test
  void whatTurnsOrHidesTextIsEscaped() {
    escaped("a\\u202eb\\u200d\\ufeff\\u00ad", "a\u202eb\u200d\ufeff\u00ad");
    escaped("\\udb40\\udc41", "\udb40\udc41");
  }

  @Test
  void halvesOfCharactersAreEscaped() {
    escaped("😀", "😀");
    escaped("\\ud83d", "\ud83d");
    escaped("\\ude00\\ud83d", "\ude00\ud83d");
    escaped("\\ud83d😀x", "\ud83d😀x");
  }

  @Test
  void cleanTextIsNotCopied() {
    String text = "http://ö/ 100%";
    assertSame(text, LogText.escape(text, text.length()));
    assertSame("", LogText.escape("", 0));
  }

  @Test
  void longTextIsCut() {
    assertEquals("abc…", LogText.escape("abcd", 3));
    assertEquals("abcd", LogText.escape("abcd", 4));
    assertEquals("a\\n…", LogText.escape("a\n\n", 2));
    assertEquals("…", LogText.escape("a", 0));
    assertEquals("…", LogText.escape("a", -1));
    assertEquals("a…", LogText.escape("a😀b", 2));
    assertEquals("a😀…", LogText.escape("a😀b", 3));
  }

  @Test
  void nullIsAWord() {
    assertEquals("null", LogText.escape(null, 10));
  }
}
