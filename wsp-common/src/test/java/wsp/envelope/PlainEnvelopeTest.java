package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainEnvelopeTest {
  private static RequestEnvelope request(String method, String url, long length, String... fields) {
    return new RequestEnvelope(method, url, Headers.of(fields), length);
  }

  private static ResponseEnvelope response(int status, long length, String... fields) {
    return new ResponseEnvelope(status, Headers.of(fields), length);
  }

  /** Otherwise the plain way could be there for nothing. */
  @Test
  void whatWeWriteIsPlain() {
    RequestEnvelope asked =
        request(
            "POST",
            "http://o:8080/a?b=1&c=%20<>'~",
            -1,
            "Accept",
            "*/*",
            "X-Of-Our-Own",
            "",
            "If-None-Match",
            "\"5e8f\\1c2b\"",
            "Accept",
            "text/html;q=0.9");
    RequestEnvelope read = PlainEnvelope.request(EnvelopeCodec.encode(asked));
    assertEquals(
        request(
            "POST",
            "http://o:8080/a?b=1&c=%20<>'~",
            -1,
            "Accept",
            "*/*",
            "Accept",
            "text/html;q=0.9",
            "X-Of-Our-Own",
            "",
            "If-None-Match",
            "\"5e8f\\1c2b\""),
        read);
    ResponseEnvelope answer = response(200, 12, "Content-Length", "12", "ETag", "\"5e8f\"");
    assertEquals(answer, PlainEnvelope.response(EnvelopeCodec.encode(answer)));
    ResponseEnvelope none = response(204, 0);
    assertEquals(none, PlainEnvelope.response(EnvelopeCodec.encode(none)));
  }

  /** The ampersand and both angle brackets are what Go escapes beside quote and backslash. */
  @Test
  void whatTheOriginalsWriteIsPlain() {
    assertEquals(
        request(
            "GET",
            "http://o/?a=1&b=<>",
            0,
            "Accept",
            "*/*",
            "Link",
            "</a>; rel=\"x\"",
            "X-Proxy-Destination",
            "http://o/?a=1&b=<>"),
        PlainEnvelope.request(
            "{\"Method\":\"GET\",\"URL\":\"http://o/?a=1\\u0026b=\\u003c\\u003e\",\"Header\":{"
                + "\"Accept\":[\"*/*\"],\"Link\":[\"\\u003c/a\\u003e; rel=\\\"x\\\"\"],"
                + "\"X-Proxy-Destination\":[\"http://o/?a=1\\u0026b=\\u003c\\u003e\"]},"
                + "\"ContentLength\":0}"));
    assertEquals(
        response(200, 12, "Content-Length", "12", "Date", "Sun, 22 Nov 2026 14:37:41 GMT"),
        PlainEnvelope.response(
            "{\"StatusCode\":200,\"Header\":{\"Content-Length\":[\"12\"],"
                + "\"Date\":[\"Sun, 22 Nov 2026 14:37:41 GMT\"]},\"ContentLength\":12}"));
  }

  @Test
  void fieldsMayComeInAnyOrderAndBeLeftOut() {
    assertEquals(
        request("G", "u", 7),
        PlainEnvelope.request(
            "{\"ContentLength\":7,\"Header\":{},\"URL\":\"u\",\"Method\":\"G\"}"));
    assertEquals(request("G", "", 0), PlainEnvelope.request("{\"Method\":\"G\"}"));
    assertEquals(response(999, 0), PlainEnvelope.response("{\"StatusCode\":999}"));
  }

  @Test
  void aListOfNoValuesIsNoField() {
    assertEquals(
        response(200, 0, "B", "1", "B", "2", "b", "3"),
        PlainEnvelope.response(
            "{\"StatusCode\":200,\"Header\":{\"A\":[],\"B\":[\"1\",\"2\"],\"b\":[\"3\"]}}"));
  }

  @Test
  void theLongestNumberIsOneOfEighteenDigits() {
    String json = "{\"StatusCode\":200,\"ContentLength\":%s}";
    String longest = "9".repeat(18);
    assertEquals(
        response(200, Long.parseLong(longest)),
        PlainEnvelope.response(String.format(json, longest)));
    assertNull(PlainEnvelope.response(String.format(json, Long.MAX_VALUE)));
  }

  @Test
  void whatIsLongerThanTheLimitIsForJackson() {
    ResponseEnvelope overhead = response(200, 0, "X", "");
    int room = PlainEnvelope.LONGEST - EnvelopeCodec.encode(overhead).length();
    ResponseEnvelope longest = response(200, 0, "X", "x".repeat(room));
    assertEquals(longest, PlainEnvelope.response(EnvelopeCodec.encode(longest)));
    ResponseEnvelope longer = response(200, 0, "X", "x".repeat(room + 1));
    assertNull(PlainEnvelope.response(EnvelopeCodec.encode(longer)));
  }

  @Test
  void aUsualNameIsNotMadeAnew() {
    ResponseEnvelope one =
        PlainEnvelope.response("{\"StatusCode\":200,\"Header\":{\"Content-Type\":[\"a\"]}}");
    ResponseEnvelope other =
        PlainEnvelope.response("{\"StatusCode\":200,\"Header\":{\"Content-Type\":[\"b\"]}}");
    assertSame(firstName(one), firstName(other));
  }

  private static String firstName(ResponseEnvelope envelope) {
    List<String> names = new ArrayList<>();
    envelope.headers().forEach((name, value) -> names.add(name));
    return names.get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "{\"Method\":\"G\"",
        "{\"Method\":\"G\"}}",
        "{\"Method\":\"G\"} ",
        " {\"Method\":\"G\"}",
        "{ \"Method\":\"G\"}",
        "{\"Method\": \"G\"}",
        "{\"Method\":\"G\",}",
        "{,\"Method\":\"G\"}",
        "{\"method\":\"G\"}",
        "{\"M\\u0065thod\":\"G\"}",
        "{\"Method\":\"G\",\"Method\":\"G\"}",
        "{\"Method\":\"G\",\"URL\":\"u\",\"URL\":\"u\"}",
        "{\"Method\":\"G\",\"Header\":{},\"Header\":{}}",
        "{\"Method\":\"G\",\"ContentLength\":1,\"ContentLength\":1}",
        "{\"Method\":\"G\",\"StatusCode\":200}",
        "{\"Method\":\"G\",\"X\":1}",
        "{\"Method\":\"\"}",
        "{\"Method\":\"G T\"}",
        "{\"Method\":null}",
        "{\"Method\":\"\\t\"}",
        "{\"Method\":\"G\",\"URL\":\"é\"}",
        "{\"Method\":\"G\",\"URL\":\"\u007f\"}",
        "{\"Method\":\"G\",\"URL\":\"\t\"}",
        "{\"Method\":\"G\",\"URL\":\"\u0122\"}",
        "{\"Method\":\"G\",\"URL\":\"\ud83d\"}",
        "{\"Method\":\"G\",\"URL\":\"\\u00e9\"}",
        "{\"Method\":\"G\",\"URL\":\"\\u007f\"}",
        "{\"Method\":\"G\",\"URL\":\"\\u001f\"}",
        "{\"Method\":\"G\",\"URL\":\"\\u0141\"}",
        "{\"Method\":\"G\",\"URL\":\"\\u00４１\"}",
        "{\"Method\":\"G\",\"URL\":\"\\u004g\"}",
        "{\"Method\":\"G\",\"URL\":\"\\u004\"}",
        "{\"Method\":\"G\",\"URL\":\"\\x\"}",
        "{\"Method\":\"G\",\"URL\":\"\\",
        "{\"Method\":\"G\",\"URL\":\"\\u00",
        "{\"Method\":\"G\",\"URL\":\"a\\\"",
        "{\"Method\":\"G\",\"URL\":\"a\\\"é\"}",
        "{\"Method\":\"G\",\"ContentLength\":-2}",
        "{\"Method\":\"G\",\"ContentLength\":-10}",
        "{\"Method\":\"G\",\"ContentLength\":-0}",
        "{\"Method\":\"G\",\"ContentLength\":01}",
        "{\"Method\":\"G\",\"ContentLength\":1.0}",
        "{\"Method\":\"G\",\"ContentLength\":1e1}",
        "{\"Method\":\"G\",\"ContentLength\":１}",
        "{\"Method\":\"G\",\"ContentLength\":}",
        "{\"Method\":\"G\",\"ContentLength\":1",
        "{\"Method\":\"G\",\"Header\":null}",
        "{\"Method\":\"G\",\"Header\":{\"A\":null}}",
        "{\"Method\":\"G\",\"Header\":{\"A\":\"b\"}}",
        "{\"Method\":\"G\",\"Header\":{\"A\":[1]}}",
        "{\"Method\":\"G\",\"Header\":{\"A\":[\"b\",]}}",
        "{\"Method\":\"G\",\"Header\":{\"A\":[\"b\"],}}",
        "{\"Method\":\"G\",\"Header\":{\"A\":[\"b\"}}",
        "{\"Method\":\"G\",\"Header\":{\"A\":[\"b\\n\"]}}",
        "{\"Method\":\"G\",\"Header\":{\"\":[\"b\"]}}",
        "{\"Method\":\"G\",\"Header\":{\"A b\":[\"c\"]}}",
        "{\"Method\":\"G\",\"Header\":{\"A\\\"\":[\"c\"]}}",
        "{\"Method\":\"G\",\"Header\":{\u0122\":[\"c\"]}}",
        "{\"Method\":\"G\",\"Header\":{\"\u0141\":[\"c\"]}}"
      })
  void whatIsNotPlainIsForJackson(String json) {
    assertNull(PlainEnvelope.request(json));
    BothWays.agreeOn(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "0", "199", "099", "1000", "0200", "-200", "\"200\"", "2e2", "200.0"})
  void whatIsNoFinalStatusIsForJackson(String status) {
    String json = status.equals("{}") ? status : "{\"StatusCode\":" + status + "}";
    assertNull(PlainEnvelope.response(json));
    BothWays.agreeOn(json);
    BothWays.agreeOn("{\"Method\":\"G\",\"StatusCode\":200}");
  }
}
