package wsp.client.replay;

import java.util.List;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * How the body of a response is delimited (RFC 9112 §6.3).
 *
 * @param kind by what
 * @param length bytes of the body, for {@link Kind#LENGTH}
 * @param declared the Content-Length that the origin gave, or -1; with no body it may not be 0
 */
record BodyFraming(Kind kind, long length, long declared) {
  /** By what a body ends. */
  enum Kind {
    NONE,
    LENGTH,
    CHUNKED,
    TO_END
  }

  /** True if no body follows, whatever the fields say. */
  static boolean none(String method, ResponseHead head) {
    return head.interim() || head.status() == 204 || head.status() == 304 || method.equals("HEAD");
  }

  /** That of the response to a request with this method. */
  static BodyFraming of(String method, ResponseHead head) throws ReplayException {
    Headers fields = head.fields();
    List<String> codings = fields.all("Transfer-Encoding");
    long declared = contentLength(fields.all("Content-Length"));
    if (none(method, head)) return new BodyFraming(Kind.NONE, 0, declared);
    if (!codings.isEmpty()) {
      if (codings.size() > 1 || !Ascii.equalsIgnoreCase("chunked", codings.get(0))) {
        throw new ReplayException(
            Failure.UNKNOWN_CODING, "invalid response: unknown transfer coding");
      }
      return new BodyFraming(Kind.CHUNKED, -1, -1);
    }
    if (declared >= 0) return new BodyFraming(Kind.LENGTH, declared, declared);
    return new BodyFraming(Kind.TO_END, -1, -1);
  }

  /** One length, perhaps repeated (RFC 9112 §6.3, 5). */
  private static long contentLength(List<String> values) throws ReplayException {
    long length = -1;
    for (String value : values) {
      for (String item : value.indexOf(',') < 0 ? List.of(value) : List.of(value.split(",", -1))) {
        long one = digits(Ascii.trim(item));
        if (one < 0 || (length >= 0 && one != length))
          throw ResponseHead.invalid("its Content-Length makes no sense");
        length = one;
      }
    }
    return length;
  }

  private static long digits(String s) {
    if (s.isEmpty() || s.length() > 18) return -1;
    long n = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c < '0' || c > '9') return -1;
      n = n * 10 + (c - '0');
    }
    return n;
  }
}
