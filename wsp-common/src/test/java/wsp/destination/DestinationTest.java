package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  private static void refused(String text, String message) {
    var e = assertThrows(InvalidDestinationException.class, () -> Destination.parse(text), text);
    assertTrue(e.getMessage().contains(message), text + ": " + e.getMessage());
  }

  @Test
  void thePartsOfAnOrdinaryUrl() throws Exception {
    Destination d = Destination.parse("http://example.com:8080/a/b?c=d#e");
    assertEquals("http", d.scheme());
    assertFalse(d.secure());
    assertEquals("example.com", d.host());
    assertEquals(8080, d.port());
    assertEquals("example.com:8080", d.authority());
    assertEquals("/a/b?c=d", d.requestTarget());
    assertEquals("http://example.com:8080/a/b?c=d", d.url());
    assertEquals("http://example.com:8080/a/b", d.withoutQuery());
    assertEquals("http://example.com:8080/a/b", d.toString());
  }

  @Test
  void nothingButTheUrlIsKeptOfALongOne() throws Exception {
    Destination d = Destination.parse("http://o/" + "|".repeat(9_000) + "?" + "|".repeat(9_000));
    long kept = 0;
    for (Field field : Destination.class.getDeclaredFields()) {
      field.setAccessible(true);
      if (!Modifier.isStatic(field.getModifiers()) && field.get(d) instanceof String text)
        kept += text.length();
    }
    assertEquals(d.url().length() + "http".length() + "o".length(), kept);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://EXAMPLE.com,http://example.com/",
    "hTTps://Example.COM:443/A,https://example.com/A",
    "http://example.com:80/,http://example.com/",
    "http://example.com:443/,http://example.com:443/",
    "https://example.com:80/,https://example.com:80/",
    "http://example.com:/x,http://example.com/x",
    "http://example.com:00081/x,http://example.com:81/x",
    "http://example.com./x,http://example.com/x",
    "http://example.com?q,http://example.com/?q",
    "http://example.com#f,http://example.com/",
    "http://example.com/a#f?g,http://example.com/a",
    "http://example.com/a?b#c#d,http://example.com/a?b",
    "http://bücher.example/,http://xn--bcher-kva.example/",
    "http://BÜCHER.example/,http://xn--bcher-kva.example/",
    "http://a。b/,http://a.b/",
    "http://ｅｘａｍｐｌｅ.com/,http://example.com/",
    "http://１２７.0.0.1/,http://127.0.0.1/",
    "http://my_host-1/,http://my_host-1/",
    "http://127.0.0.1./,http://127.0.0.1/",
    "http://[::1]/,http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]:80/,http://[::1]/",
    "http://[2001:DB8::0:1]:81/,http://[2001:db8::1]:81/",
    "http://[::ffff:127.0.0.1]/,http://127.0.0.1/",
    "http://[::FFFF:7f00:1]:81/,http://127.0.0.1:81/",
  })
  void oneSpellingOfMany(String text, String url) throws Exception {
    assertEquals(url, Destination.parse(text).url());
  }

  @Test
  void anIpv6HostHasBracketsInTheHostFieldOnly() throws Exception {
    Destination d = Destination.parse("https://[::1]:8443/");
    assertEquals("::1", d.host());
    assertEquals("[::1]:8443", d.authority());
    assertTrue(d.secure());
    assertEquals(443, Destination.parse("https://[::1]").port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%2Fb",
        "/a//b",
        "//a",
        "/a/../b",
        "/a/%2e%2e/b",
        "/a/./b",
        "/e?",
        "/x?a=%20b&c",
        "/%41",
        "/a;b=c",
        "/a%20b",
        "/~a_-.",
        "/(a)'*!$,:@&=+",
        "/q?a?b/c",
        "/a%C3%A9",
        "/?x",
        "/a%2fB",
        "/p%3Fq",
        "/?",
        "/x?100%",
        "/x?a=%zz",
        "/http://other/",
        "/%00%0d%0a%7f"
      })
  void whatIsLegalIsSentByteForByte(String target) throws Exception {
    assertEquals(target, Destination.parse("http://o.test" + target).requestTarget());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a[0]=1",
        "a=x|y",
        "a={\"b\":1}",
        "a=<b>",
        "a=`^",
        "a=b c",
        "a=b  HTTP/1.1",
        "ä=😀",
        "'*!$"
      })
  void anEncodedQueryDecodesToWhatItWas(String query) throws Exception {
    String target = Destination.parse("http://o/p?" + query).requestTarget();
    assertTrue(target.matches("/p\\?[!$-;=?-Z_a-z~]*"), target);
    String sent = target.substring(3).replace("+", "%2B");
    assertEquals(query, URLDecoder.decode(sent, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "/a b,/a%20b",
    "/é,/%C3%A9",
    "/😀,/%F0%9F%98%80",
    "/a|b^c`,/a%7Cb%5Ec%60",
    "'/[]<>\"{}',/%5B%5D%3C%3E%22%7B%7D",
  })
  void whatIsIllegalInAPathIsEncoded(String path, String target) throws Exception {
    assertEquals(target, Destination.parse("http://o" + path).requestTarget());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://o/x",
        "file:///etc/passwd",
        "jar:http://o/x!/y",
        "ws://o/",
        "javascript:1",
        "/relative",
        "relative",
        "//o/x",
        "::::",
        "*",
        "about:blank",
        "o/x",
        "o:80/x",
        "httpſ://o/",
        "http ://o/",
        "xhttp://o/"
      })
  void otherSchemesAreRefused(String text) {
    refused(text, "only http: and https:");
  }

  @Test
  void eachRefusalSaysWhichRuleItIs() {
    refused("", "empty");
    refused("http:", "two slashes");
    refused("http:/x", "two slashes");
    refused("http:x", "two slashes");
    refused("http://", "the host is empty");
    refused("http:///x", "the host is empty");
    refused("http://?x", "the host is empty");
    refused("http://:80/", "the host is empty");
    refused("http://./", "label of the host is empty");
    refused("http://a@b/", "userinfo");
    refused("http://@b/", "userinfo");
    refused("http://a:p@b:1/", "userinfo");
    refused("http://a@", "userinfo");
    refused("http://b\\@c/", "backslash");
    refused("http:\\\\b/", "backslash");
    refused("http://b/\\c", "backslash");
    refused("http://b/?\\", "backslash");
    refused(" http://b/", "space around");
    refused("http://b/ ", "space around");
    refused("http://b/\u00a0", "space around");
    refused("\nhttp://b/", "space around");
    refused("http://b/%", "hexadecimal");
    refused("http://b/%4", "hexadecimal");
    refused("http://b/%zz", "hexadecimal");
    refused("http://b/%4g?x", "hexadecimal");
    refused("http://b/%u002f", "hexadecimal");
    refused("http://b/\ud83d", "Unicode");
    refused("http://b/\ude00x", "Unicode");
    refused("http://b/#\ud83dx", "Unicode");
  }

  @Test
  void controlCharactersAreRefusedEverywhere() {
    for (char c = 0; c < 0xa0; c++) {
      if (c == ' ') c = 0x7f;
      for (String text :
          new String[] {
            "ht%stp://a/", "http://a%sb/", "http://a/b%sc", "http://a/?b%sc", "http://a/#b%sc"
          }) refused(text.formatted(c), "control characters");
    }
  }

  @Test
  void aMessageNeverQuotesTheText() {
    for (String text :
        new String[] {"evil:x", "http://evil@b", "http://evil b/", "http://b:evil/"}) {
      var e = assertThrows(InvalidDestinationException.class, () -> Destination.parse(text));
      assertFalse(e.getMessage().contains("evil"), e.getMessage());
    }
  }

  @Test
  void lengthHasALimitBeforeAndAfterEncoding() throws Exception {
    String longest = "http://o/" + "x".repeat(Destination.MAX_LENGTH - 9);
    assertEquals(longest, Destination.parse(longest).url());
    refused(longest + "x", "longer than");
    refused("http://o/" + "é".repeat(Destination.MAX_LENGTH / 6 + 1), "longer than");
    refused("http://o?" + "x".repeat(Destination.MAX_LENGTH - 9), "longer than");
  }

  @Test
  void equalityIsThatOfTheUrl() throws Exception {
    Destination a = Destination.parse("HTTP://A:80");
    assertEquals(a, Destination.parse("http://a/#x"));
    assertEquals(a.hashCode(), Destination.parse("http://a/").hashCode());
    assertNotEquals(a, Destination.parse("https://a/"));
    assertNotEquals(a, Destination.parse("http://a/?"));
  }
}
