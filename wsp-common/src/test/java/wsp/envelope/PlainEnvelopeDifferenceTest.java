package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** Envelopes that are nearly plain, by chance but always the same: both ways agree on each. */
class PlainEnvelopeDifferenceTest {
  private static final int ROUNDS = 100_000;

  /** What may come into a text, in the place of something or before it. */
  private static final List<String> PIECES =
      List.of(
          " ",
          "\n",
          "\t",
          "\"",
          "\\",
          ",",
          ":",
          "{",
          "}",
          "[",
          "]",
          "0",
          "1",
          "9",
          "-",
          "-1",
          ".",
          "e",
          "x",
          "?",
          "/",
          "\\\"",
          "\\\\",
          "\\/",
          "\\n",
          "\\u0026",
          "\\u003C",
          "\\u00",
          "\\u00e9",
          "\\u0041",
          "\\u0009",
          "\\ud83d",
          "\\u",
          "\u0000",
          "\u001f",
          "\u007f",
          "\u0080",
          "é",
          "\u00ff",
          "\u0122",
          "\u015c",
          "\u017b",
          "\uff10",
          "😀",
          "\ud83d",
          "\ude00",
          "null",
          "[]",
          "{}",
          "\"\"",
          "true",
          "\"a\"",
          ",\"Method\":\"PUT\"",
          ",\"Header\":{\"Z\":[\"z\"]}",
          ",\"Header\":null",
          ",\"Header\":{}",
          ",\"ContentLength\":5",
          ",\"StatusCode\":204",
          ",\"URL\":\"v\"",
          ",\"New\":[{}]",
          "\"A\":[\"b\"],",
          "\"A\":[],",
          "\"A\":null,");

  private static final List<String> NAMES =
      List.of("Accept", "Content-Type", "Set-Cookie", "X-Of-Our-Own", "a", "date", "A_b.c~");

  private static final List<String> VALUES =
      List.of("", "*/*", "text/plain; charset=utf-8", "\"tag\"", "a&b<c>", "a\\b");

  private static final List<String> ODD_VALUES =
      List.of("é", "\t", "\u007f", "\u0122", "😀", "\ud83d");

  private static final List<String> LENGTHS = List.of("0", "-1", "1", "12", "999999999999999999");

  private static final List<String> ODD_LENGTHS =
      List.of(
          "-2",
          "-0",
          "00",
          "1000000000000000000",
          "9223372036854775807",
          "9223372036854775808",
          "1.0",
          "1e3",
          "\"1\"",
          "null",
          "+1",
          "");

  private static final List<String> STATUSES = List.of("200", "204", "404", "666", "999");

  private static final List<String> ODD_STATUSES =
      List.of("199", "1000", "0", "0200", "100", "\"200\"", "-200", "2e2", "");

  private static final List<String> METHODS = List.of("GET", "M-SEARCH", "~");

  private static final List<String> ODD_METHODS = List.of("", "G T", "G:", "É");

  private final Random random = new Random(20261122);

  @Test
  void bothWaysAgreeOnWhatIsNearlyPlain() {
    int plain = 0;
    for (int i = 0; i < ROUNDS / 2; i++) {
      String request = mutated(request(), random.nextInt(3));
      BothWays.agreeOnRequest(request);
      if (PlainEnvelope.request(request) != null) plain++;
      String response = mutated(response(), random.nextInt(3));
      BothWays.agreeOnResponse(response);
      if (PlainEnvelope.response(response) != null) plain++;
    }
    // Else only one of the two ways would have been tried.
    assertTrue(plain > ROUNDS / 4 && plain < ROUNDS * 3 / 4, "plain: " + plain);
  }

  private String request() {
    String method = mostly(METHODS, ODD_METHODS);
    String url = "http://o/?" + mostly(VALUES, ODD_VALUES);
    return "{\"Method\":" + quoted(method) + ",\"URL\":" + quoted(url) + rest();
  }

  private String response() {
    return "{\"StatusCode\":" + mostly(STATUSES, ODD_STATUSES) + rest();
  }

  private String rest() {
    StringBuilder text = new StringBuilder(",\"Header\":{");
    for (int n = random.nextInt(4); n > 0; n--) {
      text.append(quoted(any(NAMES))).append(":[").append(value());
      if (random.nextInt(4) == 0) text.append(',').append(value());
      text.append(n > 1 ? "]," : "]");
    }
    text.append("},\"ContentLength\":").append(mostly(LENGTHS, ODD_LENGTHS));
    return text.append('}').toString();
  }

  private String value() {
    return quoted(mostly(VALUES, ODD_VALUES));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "\\u0026") + '"';
  }

  private String mutated(String json, int times) {
    String text = json;
    for (int i = 0; i < times; i++) text = mutated(text);
    return text;
  }

  private String mutated(String json) {
    int at = random.nextInt(json.length() + 1);
    int to = Math.min(json.length(), at + random.nextInt(3));
    String before = json.substring(0, at);
    return switch (random.nextInt(8)) {
      case 0 -> before;
      case 1 -> json + any(PIECES);
      case 2 -> before + json.substring(to);
      case 3 -> before + flipped(json.substring(at, to)) + json.substring(to);
      case 4 -> before + otherCase(json.substring(at, to)) + json.substring(to);
      case 5 -> before + json.substring(at / 2);
      case 6 -> json.replaceFirst("}$", Matcher.quoteReplacement(any(PIECES) + "}"));
      default -> before + any(PIECES) + json.substring(to);
    };
  }

  private String flipped(String text) {
    return text.isEmpty()
        ? ""
        : (char) (text.charAt(0) ^ 1 << random.nextInt(16)) + text.substring(1);
  }

  private static String otherCase(String text) {
    StringBuilder other = new StringBuilder();
    for (char c : text.toCharArray()) other.append((char) (Character.isLetter(c) ? c ^ 0x20 : c));
    return other.toString();
  }

  private String mostly(List<String> plain, List<String> odd) {
    return any(random.nextInt(20) == 0 ? odd : plain);
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
