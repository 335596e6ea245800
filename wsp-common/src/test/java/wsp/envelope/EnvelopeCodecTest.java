package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCodecTest {
  /** As the original server writes it; byte for byte. */
  private static final String GOLDEN_REQUEST =
      "{\"Method\":\"GET\",\"URL\":\"http://127.0.0.1:18081/hello?x=1\",\"Header\":{"
          + "\"Accept\":[\"*/*\"],\"User-Agent\":[\"curl/7.88.1\"],"
          + "\"X-Proxy-Destination\":[\"http://127.0.0.1:18081/hello?x=1\"]},\"ContentLength\":0}";

  /** As the original client writes it. */
  private static final String GOLDEN_RESPONSE =
      "{\"StatusCode\":200,\"Header\":{\"Content-Length\":[\"12\"],"
          + "\"Content-Type\":[\"text/plain; charset=utf-8\"],"
          + "\"Date\":[\"Sun, 22 Nov 2026 14:37:41 GMT\"]},\"ContentLength\":12}";

  private static final RequestEnvelope REQUEST =
      new RequestEnvelope(
          "GET",
          "http://127.0.0.1:18081/hello?x=1",
          Headers.of(
              "Accept",
              "*/*",
              "User-Agent",
              "curl/7.88.1",
              "X-Proxy-Destination",
              "http://127.0.0.1:18081/hello?x=1"),
          0);

  private static final ResponseEnvelope RESPONSE =
      new ResponseEnvelope(
          200,
          Headers.of(
              "Content-Length",
              "12",
              "Content-Type",
              "text/plain; charset=utf-8",
              "Date",
              "Sun, 22 Nov 2026 14:37:41 GMT"),
          12);

  /** In ASCII, so that it is valid in UTF-8; an original daemon reads U+FFFD there. */
  private static final String GOLDEN_BYTES =
      "{\"StatusCode\":200,\"Header\":{\"Content-Disposition\":"
          + "[\"attachment; filename=caf\\udce9\"],\"X-Utf8\":[\"caf\u00e9 \ud83d\ude00\"],"
          + "\"X-Both\":[\"\\\"\u00e9\\udce9\\\"\"]},\"ContentLength\":0}";

  @Test
  void bytesThatAreNotUtf8CrossAsEscapes() throws Exception {
    ResponseEnvelope envelope =
        new ResponseEnvelope(
            200,
            Headers.of(
                "Content-Disposition",
                "attachment; filename=caf\udce9",
                "X-Utf8",
                "caf\u00e9 \ud83d\ude00",
                "X-Both",
                "\"\u00e9\udce9\""),
            0);
    assertEquals(GOLDEN_BYTES, EnvelopeCodec.encode(envelope));
    assertEquals(envelope, EnvelopeCodec.decodeResponse(GOLDEN_BYTES));
    String upper = GOLDEN_BYTES.replace("\\udce9", "\\uDCE9");
    assertEquals(envelope, EnvelopeCodec.decodeResponse(upper));
  }

  @Test
  void requestsAreTheBytesOfTheOriginal() throws Exception {
    assertEquals(GOLDEN_REQUEST, EnvelopeCodec.encode(REQUEST));
    assertEquals(REQUEST, EnvelopeCodec.decodeRequest(GOLDEN_REQUEST));
  }

  @Test
  void responsesAreTheBytesOfTheOriginal() throws Exception {
    assertEquals(GOLDEN_RESPONSE, EnvelopeCodec.encode(RESPONSE));
    assertEquals(RESPONSE, EnvelopeCodec.decodeResponse(GOLDEN_RESPONSE));
  }

  @Test
  void theEscapesOfTheOriginalAreRead() throws Exception {
    String original =
        "{\"Method\":\"GET\",\"URL\":\"http://o/?a=1\\u0026b=\\u003c\\u003e\",\"Header\":{"
            + "\"Link\":[\"\\u003c/a\\u003e; rel=\\\"x\\\"\",\"\\u2028\"]},\"ContentLength\":-1}";
    RequestEnvelope read = EnvelopeCodec.decodeRequest(original);
    assertEquals("http://o/?a=1&b=<>", read.url());
    assertEquals(Headers.of("Link", "</a>; rel=\"x\"", "Link", "\u2028"), read.headers());
    assertEquals(RequestEnvelope.UNKNOWN, read.contentLength());
    assertEquals(read, EnvelopeCodec.decodeRequest(EnvelopeCodec.encode(read)));
  }

  @Test
  void namesAreWrittenInCanonicalFormAndRepeatedFieldsKeepEveryValue() {
    Headers headers = Headers.of("set-cookie", "a", "x-y", "", "SET-COOKIE", "b");
    assertEquals(
        "{\"StatusCode\":666,\"Header\":{\"Set-Cookie\":[\"a\",\"b\"],\"X-Y\":[\"\"]},"
            + "\"ContentLength\":-1}",
        EnvelopeCodec.encode(new ResponseEnvelope(666, headers, -1)));
  }

  @Test
  void textOfAnyKindComesBackAsItWas() throws Exception {
    Headers headers = Headers.of("X", "tab\t quote\" back\\slash é 😀 \u0080 </script>");
    ResponseEnvelope sent = new ResponseEnvelope(200, headers, Long.MAX_VALUE);
    assertEquals(sent, EnvelopeCodec.decodeResponse(EnvelopeCodec.encode(sent)));
  }

  @Test
  void blanksAtTheEndsOfAValueAreNoPartOfIt() throws Exception {
    Headers expected = Headers.of("X-Role", "admin", "X-Role", "a b", "X-Role", "");
    for (String blank : new String[] {" ", "   ", "\\t", "\\u0020", " \\t "}) {
      String header = "\"Header\":{\"X-Role\":[\"_admin_\",\"a b_\",\"_\"]},".replace("_", blank);
      String request = "{\"Method\":\"GET\",\"URL\":\"u\"," + header + "\"ContentLength\":0}";
      String response = "{\"StatusCode\":200," + header + "\"ContentLength\":0}";
      assertEquals(expected, EnvelopeCodec.decodeRequest(request).headers(), request);
      assertEquals(expected, EnvelopeCodec.decodeResponse(response).headers(), response);
    }
  }

  @Test
  void fieldNamesAreReadInAnyCase() throws Exception {
    String json = "{\"method\":\"GET\",\"url\":\"u\",\"HEADER\":{},\"contentlength\":3}";
    assertEquals(
        new RequestEnvelope("GET", "u", Headers.EMPTY, 3), EnvelopeCodec.decodeRequest(json));
    assertEquals(204, EnvelopeCodec.decodeResponse("{\"statusCODE\":204}").status());
  }

  @Test
  void nullStandsForAnEmptyMapAndForAnEmptyList() throws Exception {
    assertEquals(
        new ResponseEnvelope(200, Headers.of("B", "1"), 0),
        EnvelopeCodec.decodeResponse(
            "{\"StatusCode\":200,\"Header\":{\"A\":null,\"B\":[\"1\"],\"C\":[]}}"));
    assertEquals(
        Headers.EMPTY,
        EnvelopeCodec.decodeResponse("{\"StatusCode\":200,\"Header\":null}").headers());
  }

  @Test
  void unknownFieldsArePassedOver() throws Exception {
    String json =
        "{\"New\":{\"StatusCode\":1,\"x\":[[{}]]},\"StatusCode\":200,\"More\":[1,2],\"Z\":null}";
    assertEquals(200, EnvelopeCodec.decodeResponse(json).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"GET\"",
        "1",
        "{",
        "{\"Method\":\"GET\"",
        "{\"Method\":\"GET\"} {}",
        "{\"Method\":\"GET\"}x",
        "{\"Method\":\"GET\",}",
        "{'Method':'GET'}",
        "{Method:\"GET\"}",
        "{\"Method\":1}",
        "{\"Method\":[\"GET\"]}",
        "{}",
        "{\"Method\":\"\"}",
        "{\"Method\":\"G T\"}",
        "{\"Method\":\"GET\\r\\nX: y\"}",
        "{\"Method\":\"GET\",\"URL\":5}",
        "{\"Method\":\"GET\",\"ContentLength\":\"1\"}",
        "{\"Method\":\"GET\",\"ContentLength\":1.5}",
        "{\"Method\":\"GET\",\"ContentLength\":-2}",
        "{\"Method\":\"GET\",\"ContentLength\":9223372036854775808}",
        "{\"Method\":\"GET\",\"Header\":[]}",
        "{\"Method\":\"GET\",\"Header\":{\"A\":\"b\"}}",
        "{\"Method\":\"GET\",\"Header\":{\"A\":[1]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A\":[null]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A\":[[\"b\"]]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A\":[\"b\"}}",
        "{\"Method\":\"GET\",\"Header\":{\"\":[\"b\"]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A b\":[\"c\"]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A:\":[\"c\"]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A\\r\\nB\":[\"c\"]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A\":[\"b\\r\\nC: d\"]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A\":[\"\\u0000\"]}}",
        "{\"Method\":\"GET\",\"Header\":{\"A\":[\"\\ud83d\"]}}",
        "{\"Method\":\"GET\\\n\"}"
      })
  void whatIsNoRequestEnvelopeIsRefused(String json) {
    assertThrows(EnvelopeException.class, () -> EnvelopeCodec.decodeRequest(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"StatusCode\":\"200\"}",
        "{\"StatusCode\":0}",
        "{\"StatusCode\":-200}",
        "{\"StatusCode\":100}",
        "{\"StatusCode\":101}",
        "{\"StatusCode\":199}",
        "{\"StatusCode\":1000}",
        "{\"StatusCode\":4294967496}",
        "{\"StatusCode\":2e2}"
      })
  void whatIsNoFinalStatusIsRefused(String json) {
    assertThrows(EnvelopeException.class, () -> EnvelopeCodec.decodeResponse(json));
  }

  @Test
  void nestingWithoutEndIsRefused() {
    String json = "{\"StatusCode\":200,\"X\":" + "[".repeat(1_000_000);
    assertThrows(EnvelopeException.class, () -> EnvelopeCodec.decodeResponse(json));
  }

  @Test
  void anErrorDoesNotQuoteTheContent() {
    for (String json :
        new String[] {
          "{\"Method\":\"GET\",\"Header\":{\"A\":[\"hunter2\"}}",
          "{\"Method\":\"GET\",\"Header\":{\"A\":[\"hunter2\\n\"]}}",
          "{\"Method\":\"hunter2\\n\"}"
        }) {
      var e = assertThrows(EnvelopeException.class, () -> EnvelopeCodec.decodeRequest(json));
      assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
    }
  }

  /** In JSON, only these have to be escaped; and the original's reader knows each spelling. */
  @Test
  void whatIsEscapedAndWhatIsNot() {
    StringBuilder controls = new StringBuilder();
    for (char c = 0; c < ' '; c++) controls.append(c);
    String expected =
        "\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n"
            + "\\u000B\\f\\r"
            + "\\u000E\\u000F\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017"
            + "\\u0018\\u0019\\u001A\\u001B\\u001C\\u001D\\u001E\\u001F";
    String plain = "/<>&'\u007f\u0080é\u2028\u2029\uffff😀";
    String json =
        EnvelopeCodec.encode(
            new RequestEnvelope(
                "G\"T", "a\\" + plain, Headers.of("X-\"", "" + controls, "Y", plain), -1));
    assertEquals(
        "{\"Method\":\"G\\\"T\",\"URL\":\"a\\\\"
            + plain
            + "\",\"Header\":{\"X-\\\"\":[\""
            + expected
            + "\"],\"Y\":[\""
            + plain
            + "\"]},\"ContentLength\":-1}",
        json);
  }

  @Test
  void aLongTextWithOneEscapeInItIsWhole() throws Exception {
    for (int at : new int[] {0, 1, 31, 32, 33, 510, 4999}) {
      char[] text = "x".repeat(5000).toCharArray();
      text[at] = '"';
      ResponseEnvelope sent = new ResponseEnvelope(200, Headers.of("X", new String(text)), 0);
      assertEquals(sent, EnvelopeCodec.decodeResponse(EnvelopeCodec.encode(sent)));
    }
  }

  @Test
  void withoutFieldsTheHeaderIsAnEmptyObject() {
    assertEquals(
        "{\"StatusCode\":204,\"Header\":{},\"ContentLength\":0}",
        EnvelopeCodec.encode(new ResponseEnvelope(204, Headers.EMPTY, 0)));
  }

  @Test
  void manyFieldsAreWrittenAsFewAre() throws Exception {
    Headers.Builder b = new Headers.Builder();
    for (int i = 0; i < 120; i++) b.add("N" + i, "v" + i);
    ResponseEnvelope sent = new ResponseEnvelope(200, b.build(), 0);
    assertEquals(sent, EnvelopeCodec.decodeResponse(EnvelopeCodec.encode(sent)));
  }

  /** Heads of callers and origins have as long names, and {@code maxenvelope} is the limit. */
  @ParameterizedTest
  @ValueSource(ints = {49_999, 50_001, 1_000_000})
  void aNameOrValueMayBeAsLongAsTheEnvelope(int length) throws EnvelopeException {
    String name = "X" + "a".repeat(length - 1);
    // Not plain, so that Jackson reads it.
    Headers long1 =
        new Headers.Builder().add(name, "\u00e4").add("B", "\u00e4".repeat(length)).build();
    ResponseEnvelope read =
        EnvelopeCodec.decodeResponse(EnvelopeCodec.encode(new ResponseEnvelope(200, long1, 0)));
    assertEquals("\u00e4", read.headers().first(name));
    assertEquals(length, read.headers().first("B").length());
    assertEquals(
        1, EnvelopeCodec.decodeTrailers("{\"Header\":{\"" + name + "\":[\"\u00e4\"]}}").size());
  }
}
