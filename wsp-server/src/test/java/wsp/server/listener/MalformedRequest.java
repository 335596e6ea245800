package wsp.server.listener;

import java.nio.charset.StandardCharsets;

/**
 * Requests that RFC 9112 calls invalid or ambiguous, or that this server does not take, each with
 * its status. The same table serves the decoder's own test and the one over a socket.
 */
public enum MalformedRequest {
  LENGTH_AND_CHUNKED(400, post("Content-Length: 3", "Transfer-Encoding: chunked") + "abc"),
  CHUNKED_AND_LENGTH(400, post("Transfer-Encoding: chunked", "Content-Length: 3") + "0\r\n\r\n"),
  DIFFERING_LENGTHS(400, post("Content-Length: 3", "Content-Length: 4") + "abc"),
  REPEATED_LENGTH(400, post("Content-Length: 3", "content-length: 3") + "abc"),
  LIST_OF_LENGTHS(400, post("Content-Length: 3, 3") + "abc"),
  SIGNED_LENGTH(400, post("Content-Length: +3") + "abc"),
  NEGATIVE_LENGTH(400, post("Content-Length: -3") + "abc"),
  HEXADECIMAL_LENGTH(400, post("Content-Length: 0x3") + "abc"),
  FRACTIONAL_LENGTH(400, post("Content-Length: 3.0") + "abc"),
  LENGTH_WITH_SPACE(400, post("Content-Length: 3 3") + "abc"),
  LENGTH_IN_OTHER_DIGITS(400, post("Content-Length: ٣") + "abc"),
  LENGTH_WITH_UNDERSCORE(400, post("Content-Length: 1_0") + "abcdefghij"),
  EMPTY_LENGTH(400, post("Content-Length:") + "abc"),
  OVERLONG_LENGTH(400, post("Content-Length: 99999999999999999999") + "abc"),
  LENGTH_OF_2_TO_63(400, post("Content-Length: 9223372036854775808") + "abc"),
  UNKNOWN_CODING(400, post("Transfer-Encoding: rot13")),
  IDENTITY_CODING(400, post("Transfer-Encoding: identity")),
  GZIP_CHUNKED(501, post("Transfer-Encoding: gzip, chunked")),
  CHUNKED_GZIP(400, post("Transfer-Encoding: chunked, gzip")),
  UNKNOWN_CODING_WITH_PARAMETER_THEN_CHUNKED(501, post("Transfer-Encoding: x;q=1 , CHUNKED")),
  CHUNKED_GZIP_CHUNKED(400, post("Transfer-Encoding: chunked, gzip, chunked")),
  IDENTITY_THEN_CHUNKED(501, post("Transfer-Encoding: identity, chunked")),
  TWO_UNKNOWN_CODINGS(400, post("Transfer-Encoding: gzip, br")),
  CODING_WITH_KELVIN_SIGN(400, post("Transfer-Encoding: chun\u212Aed") + "0\r\n\r\n"),
  CODING_AFTER_NEXT_LINE(400, post("Transfer-Encoding: \u0085chunked") + "0\r\n\r\n"),
  CODING_AFTER_NO_BREAK_SPACE(400, post("Transfer-Encoding: gzip,\u00a0chunked")),
  CHUNKED_TWICE(400, post("Transfer-Encoding: chunked, chunked")),
  REPEATED_CODING(400, post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")),
  REPEATED_CODING_IDENTITY(400, post("Transfer-Encoding: chunked", "Transfer-Encoding: identity")),
  CODING_WITH_PARAMETER(400, post("Transfer-Encoding: chunked;q=1")),
  CODING_WITH_COMMA(400, post("Transfer-Encoding: chunked,")),
  EMPTY_CODING(400, post("Transfer-Encoding:")),
  QUOTED_CODING(400, post("Transfer-Encoding: \"chunked\"")),
  CODING_WITH_VERTICAL_TAB(400, post("Transfer-Encoding: \u000bchunked")),
  CODING_THEN_VERTICAL_TAB(400, post("Transfer-Encoding: chunked\u000b")),
  CODING_LIKE_CHUNKED(400, post("Transfer-Encoding: xchunked")),
  CODING_IN_HTTP_10(400, "POST /request HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),

  CHUNK_SIZE_NO_NUMBER(400, chunked("xyz\r\n")),
  CHUNK_SIZE_EMPTY(400, chunked("\r\nabc\r\n")),
  CHUNK_SIZE_SIGNED(400, chunked("+3\r\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_NEGATIVE(400, chunked("-3\r\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_WITH_0X(400, chunked("0x3\r\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_OVERFLOWS(400, chunked("10000000000000003\r\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_BEFORE_SPACE(400, chunked("3 \r\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_AFTER_SPACE(400, chunked(" 3\r\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_AFTER_TAB(400, chunked("\t3\r\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_WITH_UNDERSCORE(400, chunked("1_0\r\nabcdefghijklmnop\r\n0\r\n\r\n")),
  CHUNK_SIZE_IN_OTHER_DIGITS(400, chunked("\uff13\r\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_BARE_LF(400, chunked("3\nabc\r\n0\r\n\r\n")),
  CHUNK_SIZE_BARE_CR(400, chunked("3\rabc\r\n0\r\n\r\n")),
  CHUNK_DATA_TOO_LONG(400, chunked("3\r\nabcd\r\n0\r\n\r\n")),
  CHUNK_DATA_WITHOUT_CRLF(400, chunked("3\r\nabc0\r\n\r\n")),
  CHUNK_DATA_BARE_LF(400, chunked("3\r\nabc\n0\r\n\r\n")),
  CHUNK_EXTENSION_BARE_LF(400, chunked("3;\nabc\r\n0\r\n\r\n")),
  CHUNK_EXTENSION_WITH_NUL(400, chunked("3;a\0b\r\nabc\r\n0\r\n\r\n")),
  CHUNK_EXTENSION_WITH_BARE_CR(400, chunked("3;a\rb\r\nabc\r\n0\r\n\r\n")),
  CHUNK_EXTENSION_TOO_LONG(400, chunked("3;" + "a".repeat(5000) + "\r\nabc\r\n0\r\n\r\n")),
  LAST_CHUNK_BARE_LF(400, chunked("3\r\nabc\r\n0\n\n")),
  TRAILER_BARE_LF(400, chunked("0\r\nA: b\n\r\n")),
  TRAILER_BARE_CR(400, chunked("0\r\nA: b\rC: d\r\n\r\n")),
  TRAILER_FOLDED(400, chunked("0\r\nA: b\r\n c\r\n\r\n")),
  TRAILER_WITHOUT_NAME(400, chunked("0\r\n: b\r\n\r\n")),
  TRAILER_WITH_SPACE_IN_NAME(400, chunked("0\r\nA : b\r\n\r\n")),
  TRAILER_WITH_NUL(400, chunked("0\r\nA: \0\r\n\r\n")),
  TRAILER_TOO_LONG(400, chunked("0\r\nA: " + "b".repeat(5000) + "\r\n\r\n")),

  BARE_LF_LINES(400, "GET /status HTTP/1.1\nHost: x\n\n"),
  BARE_LF_IN_A_FIELD(400, get("A: b\nC: d")),
  BARE_CR_IN_A_FIELD(400, get("A: b\rC: d")),
  BARE_CR_IN_THE_REQUEST_LINE(400, "GET /status\r HTTP/1.1\r\nHost: x\r\n\r\n"),
  FOLDED_FIELD(400, get("A: b", " c")),
  FOLDED_FIRST_FIELD(400, "GET /status HTTP/1.1\r\n Host: x\r\nHost: x\r\n\r\n"),
  FOLDED_WITH_TAB(400, get("A: b", "\tc")),
  NUL_IN_A_VALUE(400, get("A: b\0c")),
  NUL_IN_A_NAME(400, get("A\0: b")),
  NUL_IN_THE_TARGET(400, "GET /status\0 HTTP/1.1\r\nHost: x\r\n\r\n"),
  ESCAPE_IN_A_VALUE(400, get("A: \u001b[31m")),
  DELETE_IN_A_VALUE(400, get("A: \u007f")),
  VERTICAL_TAB_IN_A_VALUE(400, get("A: b\u000bc")),
  SPACE_BEFORE_THE_COLON(400, get("A : b")),
  TAB_BEFORE_THE_COLON(400, get("A\t: b")),
  SPACE_IN_A_NAME(400, get("A b: c")),
  NO_COLON(400, get("nothing")),
  NO_NAME(400, get(": b")),
  NAME_WITH_SLASH(400, get("A/b: c")),
  NAME_WITH_UMLAUT(400, get("Ä: b")),

  REPEATED_HOST(400, get("Host: x")),
  REPEATED_OTHER_HOST(400, get("Host: y")),
  NO_HOST(400, "GET /status HTTP/1.1\r\n\r\n"),
  HOST_WITH_SLASH(400, "GET /status HTTP/1.1\r\nHost: a/b\r\n\r\n"),
  HOST_WITH_AT(400, "GET /status HTTP/1.1\r\nHost: a@b\r\n\r\n"),
  HOST_WITH_SPACE(400, "GET /status HTTP/1.1\r\nHost: a b\r\n\r\n"),
  HOST_LIST(400, "GET /status HTTP/1.1\r\nHost: a, b\r\n\r\n"),
  HOST_WITH_UMLAUT(400, "GET /status HTTP/1.1\r\nHost: ä\r\n\r\n"),
  HOST_WITH_ODD_PORT(400, "GET /status HTTP/1.1\r\nHost: a:80x\r\n\r\n"),
  HOST_WITH_TWO_PORTS(400, "GET /status HTTP/1.1\r\nHost: a:80:81\r\n\r\n"),

  HTTP_2(505, "GET /status HTTP/2.0\r\nHost: x\r\n\r\n"),
  HTTP_2_PREFACE(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  HTTP_3(505, "GET /status HTTP/3.0\r\nHost: x\r\n\r\n"),
  VERSION_WITHOUT_MINOR(400, "GET /status HTTP/2\r\nHost: x\r\n\r\n"),
  VERSION_IN_OTHER_DIGITS(400, "GET /status HTTP/1.\u0661\r\nHost: x\r\n\r\n"),
  HTTP_09(505, "GET /status HTTP/0.9\r\nHost: x\r\n\r\n"),
  HTTP_09_WITHOUT_VERSION(400, "GET /status\r\n\r\n"),
  LOWER_CASE_VERSION(400, "GET /status http/1.1\r\nHost: x\r\n\r\n"),
  VERSION_WITH_JUNK(400, "GET /status HTTP/1.1x\r\nHost: x\r\n\r\n"),
  VERSION_WITH_TWO_DIGITS(400, "GET /status HTTP/1.10\r\nHost: x\r\n\r\n"),
  VERSION_THEN_SPACE(400, "GET /status HTTP/1.1 \r\nHost: x\r\n\r\n"),
  NO_VERSION(400, "GET /status \r\nHost: x\r\n\r\n"),
  OTHER_PROTOCOL(400, "GET /status ICY/1.1\r\nHost: x\r\n\r\n"),

  TAB_IN_THE_REQUEST_LINE(400, "GET\t/status\tHTTP/1.1\r\nHost: x\r\n\r\n"),
  FORM_FEED_IN_THE_REQUEST_LINE(400, "GET /status\fHTTP/1.1\r\nHost: x\r\n\r\n"),
  TWO_SPACES_BEFORE_THE_TARGET(400, "GET  /status HTTP/1.1\r\nHost: x\r\n\r\n"),
  TWO_SPACES_AFTER_THE_TARGET(400, "GET /status  HTTP/1.1\r\nHost: x\r\n\r\n"),
  SPACE_IN_THE_TARGET(400, "GET /sta tus HTTP/1.1\r\nHost: x\r\n\r\n"),
  SPACE_BEFORE_THE_METHOD(400, " GET /status HTTP/1.1\r\nHost: x\r\n\r\n"),
  NO_METHOD(400, " /status HTTP/1.1\r\nHost: x\r\n\r\n"),
  METHOD_WITH_JUNK(400, "GE(T /status HTTP/1.1\r\nHost: x\r\n\r\n"),
  METHOD_WITH_UMLAUT(400, "GÄT /status HTTP/1.1\r\nHost: x\r\n\r\n"),
  TARGET_BEYOND_ASCII(400, "GET /ä HTTP/1.1\r\nHost: x\r\n\r\n"),
  TARGET_WITHOUT_SLASH(400, "GET status HTTP/1.1\r\nHost: x\r\n\r\n"),
  TARGET_WITHOUT_AUTHORITY(400, "GET http:///status HTTP/1.1\r\nHost: x\r\n\r\n"),
  ASTERISK_TARGET(400, "GET * HTTP/1.1\r\nHost: x\r\n\r\n"),
  EMPTY_LINES(400, "\r\n\r\n\r\n\r\nGET /status HTTP/1.1\r\nHost: x\r\n\r\n"),
  LEADING_SPACE_LINE(400, " \r\nGET /status HTTP/1.1\r\nHost: x\r\n\r\n"),
  TLS_HELLO(400, "\u0016\u0003\u0001\n\u0000\u0001"),
  TRACE_WITH_BODY(400, "TRACE /status HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"),
  MAX_FORWARDS_SIGNED(400, options("Max-Forwards: -1")),
  MAX_FORWARDS_EMPTY(400, options("Max-Forwards:")),
  MAX_FORWARDS_REPEATED(400, options("Max-Forwards: 1", "Max-Forwards: 1")),
  MAX_FORWARDS_IN_OTHER_DIGITS(400, options("Max-Forwards: \u0663")),
  MAX_FORWARDS_WITH_ZEROS(400, options("Max-Forwards: 00")),
  TUNNEL_WITHOUT_PORT(400, "CONNECT x HTTP/1.1\r\nHost: x:443\r\n\r\n"),
  TUNNEL_WITH_EMPTY_PORT(400, "CONNECT x: HTTP/1.1\r\nHost: x:443\r\n\r\n"),
  TUNNEL_TO_PORT_ZERO(400, "CONNECT x:0 HTTP/1.1\r\nHost: x:443\r\n\r\n"),
  TUNNEL_TO_ANY_HOST(400, "CONNECT :443 HTTP/1.1\r\nHost: x:443\r\n\r\n"),
  TUNNEL_TO_PATH(400, "CONNECT /status HTTP/1.1\r\nHost: x:443\r\n\r\n"),
  TUNNEL_TO_URL(400, "CONNECT http://x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n"),
  TUNNEL_WITH_USER(400, "CONNECT u@x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n"),
  TUNNEL_TO_ASTERISK(400, "CONNECT * HTTP/1.1\r\nHost: x:443\r\n\r\n"),
  TUNNEL_WITH_BODY(400, "CONNECT x:443 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"),
  EXPECTATION_WITH_LONG_S(417, post("Content-Length: 3", "Expect: 100-continue\u017F")),
  EXPECTATION_WITH_DOTLESS_I(417, post("Content-Length: 3", "Expect: 100-cont\u0131nue")),
  OTHER_EXPECTATION(417, post("Content-Length: 3", "Expect: 200-ok")),

  OVERLONG_FIELD(431, get("A: " + "b".repeat(65 << 10))),
  OVERLONG_TARGET(431, "GET /" + "a".repeat(65 << 10) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
  OVERLONG_HEAD(431, get("A: " + "b".repeat(32 << 10), "C: " + "d".repeat(33 << 10))),
  ENDLESS_LINE(431, "G".repeat(65 << 10)),
  FIELDS_101(431, get("A: b\r\n".repeat(99) + "C: d"));

  private final int status;
  private final byte[] bytes;

  MalformedRequest(int status, String text) {
    this(status, text.getBytes(StandardCharsets.UTF_8));
  }

  MalformedRequest(int status, byte[] bytes) {
    this.status = status;
    this.bytes = bytes;
  }

  /** The status it is answered with. */
  public int status() {
    return status;
  }

  /** As sent. */
  public byte[] bytes() {
    return bytes.clone();
  }

  private static String get(String... fields) {
    return "GET /status HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
  }

  private static String options(String... fields) {
    return post(fields).replaceFirst("POST", "OPTIONS");
  }

  private static String post(String... fields) {
    return "POST /request HTTP/1.1\r\nHost: x\r\n"
        + "X-PROXY-DESTINATION: http://origin.test/\r\n"
        + String.join("\r\n", fields)
        + "\r\n\r\n";
  }

  private static String chunked(String body) {
    return post("Transfer-Encoding: chunked") + body;
  }
}
