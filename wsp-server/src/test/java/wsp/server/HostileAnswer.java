package wsp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a client daemon that is broken or hostile answers, and what the caller is to see of it. */
enum HostileAnswer {
  STATUS_99(envelope("99", "{}", 2), "ok", Seen.ERROR),
  STATUS_100(envelope("100", "{}", 2), "ok", Seen.ERROR),
  STATUS_101(envelope("101", "{}", 2), "ok", Seen.ERROR),
  STATUS_0(envelope("0", "{}", 2), "ok", Seen.ERROR),
  STATUS_1000(envelope("1000", "{}", 2), "ok", Seen.ERROR),
  STATUS_NEGATIVE(envelope("-1", "{}", 2), "ok", Seen.ERROR),
  STATUS_TEXT(envelope("\"200\"", "{}", 2), "ok", Seen.ERROR),
  STATUS_FRACTION(envelope("200.5", "{}", 2), "ok", Seen.ERROR),
  STATUS_NULL(envelope("null", "{}", 2), "ok", Seen.ERROR),
  STATUS_HUGE(envelope("99999999999999999999", "{}", 2), "ok", Seen.ERROR),
  STATUS_OVERFLOWS_TO_200(envelope("4294967496", "{}", 2), "ok", Seen.ERROR),
  NO_STATUS("{\"Header\":{},\"ContentLength\":2}", "ok", Seen.ERROR),
  NO_JSON("{{{{", "ok", Seen.ERROR),
  EMPTY("", "ok", Seen.ERROR),
  NULL("null", "ok", Seen.ERROR),
  ARRAY("[1]", "ok", Seen.ERROR),
  TWO_OBJECTS(envelope("200", "{}", 2) + "{}", "ok", Seen.ERROR),
  DEEP("{\"a\":" + "[".repeat(100_000), "ok", Seen.ERROR),

  CRLF_IN_A_VALUE(envelope("200", "{\"X-A\":[\"a\\r\\nX-Inj: 1\"]}", 2), "ok", Seen.ERROR),
  LF_IN_A_VALUE(envelope("200", "{\"X-A\":[\"a\\nX-Inj: 1\"]}", 2), "ok", Seen.ERROR),
  CR_IN_A_VALUE(envelope("200", "{\"X-A\":[\"a\\rX-Inj: 1\"]}", 2), "ok", Seen.ERROR),
  NUL_IN_A_VALUE(envelope("200", "{\"X-A\":[\"a\\u0000\"]}", 2), "ok", Seen.ERROR),
  ESCAPE_IN_A_VALUE(envelope("200", "{\"X-A\":[\"\\u001b[31m\"]}", 2), "ok", Seen.ERROR),
  HALF_A_SURROGATE(envelope("200", "{\"X-A\":[\"\\ud83d\"]}", 2), "ok", Seen.ERROR),
  WIDE_CHARACTERS_WITH_LOW_BYTES_CRLF(
      envelope("200", "{\"X-A\":[\"\\u010d\\u010aX-Inj: 1\"]}", 2), "ok", Seen.ANSWER),
  CRLF_IN_A_NAME(envelope("200", "{\"X-B: 1\\r\\nX-Inj\":[\"1\"]}", 2), "ok", Seen.ERROR),
  SPACE_IN_A_NAME(envelope("200", "{\"X Inj\":[\"1\"]}", 2), "ok", Seen.ERROR),
  COLON_IN_A_NAME(envelope("200", "{\"X-Inj:\":[\"1\"]}", 2), "ok", Seen.ERROR),
  EMPTY_NAME(envelope("200", "{\"\":[\"X-Inj: 1\"]}", 2), "ok", Seen.ERROR),
  WIDE_CHARACTER_IN_A_NAME(envelope("200", "{\"X\\u010dInj\":[\"1\"]}", 2), "ok", Seen.ERROR),
  VALUE_IS_NO_LIST(envelope("200", "{\"X-A\":\"1\"}", 2), "ok", Seen.ERROR),
  VALUE_IS_A_NUMBER(envelope("200", "{\"X-A\":[1]}", 2), "ok", Seen.ERROR),

  LONGER_THAN_ITS_BODY(
      envelope("200", "{\"Content-Length\":[\"100\"]}", 100), "short", Seen.ERROR_OR_CUT),
  SHORTER_THAN_ITS_BODY(
      envelope("200", "{\"Content-Length\":[\"2\"]}", 2), "abSECRET", Seen.ERROR_OR_CUT),
  TWO_LENGTHS_THAT_DIFFER(
      envelope("200", "{\"Content-Length\":[\"2\"]}", 8), "abSECRET", Seen.ERROR),
  ENVELOPE_SHORTER_THAN_BODY(envelope("200", "{}", 2), "abSECRET", Seen.ERROR_OR_CUT),
  REPEATED_LENGTH(envelope("200", "{\"Content-Length\":[\"2\",\"8\"]}", 8), "abSECRET", Seen.ERROR),
  LIST_OF_LENGTHS(envelope("200", "{\"Content-Length\":[\"2, 8\"]}", 8), "abSECRET", Seen.ERROR),
  LENGTH_X(envelope("200", "{\"Content-Length\":[\"x\"]}", 8), "abSECRET", Seen.ERROR),
  LENGTH_EMPTY(envelope("200", "{\"Content-Length\":[\"\"]}", 8), "abSECRET", Seen.ERROR),
  LENGTH_NEGATIVE(envelope("200", "{\"Content-Length\":[\"-1\"]}", 8), "abSECRET", Seen.ERROR),
  LENGTH_HUGE(
      envelope("200", "{\"Content-Length\":[\"99999999999999999999\"]}", -1), "ab", Seen.ERROR),
  ENVELOPE_LENGTH_BELOW_UNKNOWN(envelope("200", "{}", -2), "ok", Seen.ERROR),
  CHUNKED_ITSELF(
      envelope("200", "{\"Transfer-Encoding\":[\"chunked\"]}", -1),
      "3\r\nabc\r\n0\r\n\r\n",
      Seen.ANSWER),
  LENGTH_AND_CHUNKED(
      envelope("200", "{\"Content-Length\":[\"11\"],\"Transfer-Encoding\":[\"chunked\"]}", 11),
      "0\r\n\r\nSECRET",
      Seen.ANSWER),
  BODY_WITH_204(envelope("204", "{}", 0), "SECRET", Seen.EMPTY_ANSWER),
  BODY_WITH_304(envelope("304", "{}", 0), "SECRET", Seen.EMPTY_ANSWER),

  BINARY_BEFORE_TEXT(Seen.ERROR, p -> p.binary(new byte[10])),
  TEXT_INSTEAD_OF_BODY(Seen.ERROR_OR_CUT, p -> p.text(envelope("200", "{}", 2)).text("ok")),
  TEXT_THAT_IS_NOT_UTF_8(
      Seen.ERROR, p -> p.frame(true, RawPeer.TEXT, new byte[] {'{', (byte) 0xff, '}'})),
  UNMASKED_FRAME(Seen.ERROR, p -> p.raw(new byte[] {(byte) 0x81, 2, '{', '}'})),
  RESERVED_BITS(Seen.ERROR, p -> p.frame(true, 0x40 | RawPeer.TEXT, new byte[] {'{'}));

  /** What the caller may see of it. */
  enum Seen {
    ERROR,
    ERROR_OR_CUT,
    ANSWER,
    EMPTY_ANSWER
  }

  private final String body;
  final Seen seen;
  private final Deed deed;

  HostileAnswer(String envelope, String body, Seen seen) {
    this.body = body;
    this.seen = seen;
    deed = p -> p.text(envelope).binary(body.getBytes(StandardCharsets.UTF_8));
  }

  HostileAnswer(Seen seen, Deed deed) {
    body = "";
    this.seen = seen;
    this.deed = deed;
  }

  private interface Deed {
    void send(RawPeer p) throws IOException;
  }

  String body() {
    return body;
  }

  void send(RawPeer p) throws IOException {
    deed.send(p);
  }

  static String envelope(String status, String header, long length) {
    return "{\"StatusCode\":"
        + status
        + ",\"Header\":"
        + header
        + ",\"ContentLength\":"
        + length
        + "}";
  }
}
