package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a/x | http://a/x",
        "http://a 200 in | http://a\\u0020200\\u0020in",
        "a\u00a0b | a\\u00a0b",
        "a\u2003b\u3000c | a\\u2003b\\u3000c",
        "a\u2028b | a\\u2028b",
        "caf\u00e9 | caf\u00e9",
        "a, from b | a,\\u0020from\\u0020b",
      })
  void aUrlIsOneWord(String text, String word) {
    assertEquals(word, LineWords.one(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: a, b, and c | x: a, b, and c",
        "key guessed, from 6.6.6.6:1, request id 00 | key guessed\\u002c from 6.6.6.6:1\\u002c"
            + " request id 00",
        "a, caller bob, client c, target t | a\\u002c caller bob\\u002c client c\\u002c target t",
        "a,from b | a,from b",
        "a,\u00a0from b | a\\u002c\u00a0from b",
        "a, from | a, from",
        "a, frommage | a, frommage",
      })
  void wordsHaveNoNamesOfTheLine(String text, String words) {
    assertEquals(words, LineWords.free(text));
  }

  @Test
  void whatNeedsNothingIsTheSame() {
    String plain = "http://a/x?y";
    assertSame(plain, LineWords.one(plain));
    assertSame(plain, LineWords.free(plain));
  }
}
