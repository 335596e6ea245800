package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnusableTest {
  @ParameterizedTest
  @CsvSource({
    "http://u:secret/@127.0.0.1/a,  http://***@127.0.0.1/a",
    "http://u:secret%40h/a,         http://***%40h/a",
    "http://u%3asecret%40h:99999/,  http://***%40h:99999/",
    "http://u:p?secret@h:99999/,    http://***@h:99999/",
    "http://u:p#secret@[h/,         http://***@[h/",
    "http:/u:secret@h/,             http:/***@h/",
    "'https:\\\\u:secret@h/',       'https:\\\\***@h/'",
    "u:secret@h:443,                ***@h:443",
    "http:u:secret@h,               ***@h",
    "http://h:99999/a?secret,       http://h:99999/a",
    "http://h:99999/a?secret@b,     http://***@b",
    "/a@b?c,                        /a@b",
    "nonsense,                      nonsense",
    "http:,                         http:",
    "'',                            ''"
  })
  void nothingOfASecretIsTold(String url, String shown) {
    assertEquals(shown, Unusable.shown(url));
  }
}
