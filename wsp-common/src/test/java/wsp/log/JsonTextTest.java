package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    JsonText.quote(out, text);
    return out.toString();
  }

  @Test
  void whatIsPlainStaysAsItIs() {
    assertEquals("\"\"", quoted(""));
    assertEquals("\"GET http://a/?b&c\"", quoted("GET http://a/?b&c"));
    assertEquals("\"\u00e9\u4e16\ud83d\ude00\"", quoted("\u00e9\u4e16\ud83d\ude00"));
  }

  @Test
  void nothingEndsTheStringOrTheLine() {
    assertEquals("\"\\\"\\\\\\n\\r\\t\"", quoted("\"\\\n\r\t"));
    assertEquals("\"\\u0000\\u001b\\u007f\\u0085\\u2028\"", quoted("\0\u001b\u007f\u0085\u2028"));
  }

  @Test
  void halfOfAPairIsReplaced() {
    assertEquals("\"\ufffda\ufffd\"", quoted("\ud83da\ude00"));
  }
}
