package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InternationalNameTest {
  /** What UTS 46 and IDNA 2003 agree on; the right column is what curl and Go ask for. */
  @ParameterizedTest
  @CsvSource({
    "bücher.test, xn--bcher-kva.test",
    "BÜCHER.Test, xn--bcher-kva.test",
    "bu\u0308cher.test, xn--bcher-kva.test",
    "日本語.test, xn--wgv71a119e.test",
    "日本。test, xn--wgv71a.test",
    "ｆｕｌｌ．test, full.test",
    "so\u00adft.test, soft.test",
    "παράδειγμα.test, xn--hxajbheg2az3al.test",
    "пример.test, xn--e1afmkfd.test",
    "ﬁne.test, fine.test",
    "☃.test, xn--n3h.test",
    "xn--fa-hia.bücher.test, xn--fa-hia.xn--bcher-kva.test",
  })
  void aNameThatAllReadAlikeIsMapped(String name, String ascii) throws Exception {
    assertEquals(ascii, Host.canonical(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "faß.test",
        "straße.test",
        "FAẞ.test",
        "βόλος.test",
        "a\u200cb.test",
        "a\u200db.test",
        "Ӏ.test",
        "Ⴀ.test",
        "a\u115fb.test",
        "a․b.test",
        "a…test",
        "⒈.test",
        "㏂.test",
        "a﹒b.test",
        "a\uffa0b.test",
        "\ud87e\udc68.test",
        "a\u1806b.test",
        "Ⅎ.test",
        "Ↄ.test",
      })
  void aNameThatNotAllReadAlikeIsRefusedWithAWayOut(String name) {
    InvalidDestinationException e =
        assertThrows(InvalidDestinationException.class, () -> Host.canonical(name));
    assertTrue(e.getMessage().endsWith("write it in ASCII, with xn--"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ⴀ.test", "ꙁ.test", "𐔀.test", "😀.test"})
  void aCharacterYoungerThanUnicode32IsRefusedWithAWayOut(String name) {
    InvalidDestinationException e =
        assertThrows(InvalidDestinationException.class, () -> Host.canonical(name));
    assertTrue(e.getMessage().endsWith("write it in ASCII, with xn--"), e.getMessage());
  }

  @Test
  void theWayOutLeadsThere() throws Exception {
    assertEquals("xn--fa-hia.test", Host.canonical("xn--fa-hia.test"));
  }

  @Test
  void eightyFiveCharactersAreReadDifferently() {
    long count = 0;
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++)
      if (InternationalName.isDifferent(c)) count++;
    assertEquals(85, count);
  }
}
