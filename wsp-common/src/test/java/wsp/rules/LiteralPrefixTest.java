package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralPrefixTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "^http://a\\.b/ -> http://a.b/",
        "^https?://a/ -> http",
        "^ab*c -> a",
        "^ab+c -> a",
        "^ab{0,2}c -> a",
        "^ab(c|d) -> a",
        "^ab(?i)* -> a",
        "^ab\\d -> a",
        "^a\\.*b -> a",
        "^a$ -> a",
        "^ab\\ -> a",
        "^é1 -> é1",
      })
  void whatMustBeThereIsFound(String pattern, String prefix) {
    assertEquals(prefix, LiteralPrefix.of(pattern));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "a -> ''",
        "(?i)^a -> ''",
        "^(?i)a -> ''",
        "^a|b -> ''",
        "^a[(]b|c[)] -> ''",
        "^a\\(b|c\\) -> ''",
        "^\\Qa(\\E|b) -> ''",
        "^.a -> ''",
        "^* -> ''",
        "^^a -> ''",
        "^a? -> ''",
      })
  void whereThereIsNoneOrItIsInDoubtThereIsNone(String pattern, String none) {
    assertEquals(none, LiteralPrefix.of(pattern));
  }

  /** Patterns of pieces with a meaning, and texts of the letters in them. */
  @Test
  void noTextThatAPatternMatchesBeginsOtherwise() {
    String[] pieces = {
      "a", "b", "/", "\\.", ".", "*", "+", "?", "{0,1}", "(", ")", "|", "[", "]", "\\d", "\\", "^",
      "$", "(?i)", "(?:", "\\Q", "\\E", "\\|", "\\(", "-"
    };
    String letters = "abAB/.1|(-";
    Random random = new Random(11);
    int matches = 0;
    for (int n = 0; n < 60_000; n++) {
      StringBuilder pattern = new StringBuilder("^");
      for (int i = random.nextInt(8); i >= 0; i--)
        pattern.append(pieces[random.nextInt(pieces.length)]);
      Pattern compiled;
      try {
        compiled = Pattern.compile(pattern.toString());
      } catch (PatternSyntaxException e) {
        continue;
      }
      String prefix = LiteralPrefix.of(pattern.toString());
      for (int k = 0; k < 20; k++) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--)
          text.append(letters.charAt(random.nextInt(letters.length())));
        if (!compiled.matcher(text.toString()).find()) continue;
        matches++;
        assertTrue(text.toString().startsWith(prefix), pattern + " matches " + text);
      }
    }
    assertTrue(matches > 10_000, matches + " matches");
  }
}
