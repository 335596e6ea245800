package wsp.client.replay;

import java.nio.charset.StandardCharsets;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.ReplayException;
import wsp.envelope.FieldSyntax;
import wsp.envelope.FieldText;
import wsp.envelope.Headers;

/**
 * The head of a response (RFC 9112 §2 to §5), read strictly: what cannot be passed on byte for byte
 * is refused. A bare LF ends a line as CR LF does, since the next hop gets the head in our own
 * framing; a folded line is refused.
 *
 * @param minor the version is HTTP/1.minor
 * @param status 100 to 999
 * @param fields all of them
 */
record ResponseHead(int minor, int status, Headers fields) {
  private static final String VERSION = "HTTP/1.";

  /** True for an interim response, after which another head follows. */
  boolean interim() {
    return status < 200;
  }

  /**
   * Reads a complete head.
   *
   * @param bytes the head with the empty line that ends it
   */
  static ResponseHead parse(byte[] bytes, int from, int to) throws ReplayException {
    Cursor lines = new Cursor(bytes, from, to);
    lines.next();
    int minor = lines.minorVersion();
    int status = lines.status();
    Headers.Builder fields = new Headers.Builder();
    while (lines.next()) {
      if (fields.size() == OriginLimits.MAX_FIELDS) {
        throw new ReplayException(
            Failure.LARGE_HEAD,
            "the response has more than " + OriginLimits.MAX_FIELDS + " fields");
      }
      lines.field(fields);
    }
    return new ResponseHead(minor, status, fields.build());
  }

  static ReplayException invalid(String why) {
    return new ReplayException(Failure.INVALID_RESPONSE, "invalid response: " + why);
  }

  /** One line after the other. */
  private static final class Cursor {
    private final byte[] bytes;
    private final int limit;
    private int start;
    private int end;
    private int following;

    Cursor(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.limit = to;
      this.following = from;
    }

    /** Goes to the next line; false for the empty one that ends the head. */
    boolean next() {
      start = following;
      int lf = start;
      while (lf < limit && bytes[lf] != '\n') lf++;
      following = lf + 1;
      end = lf > start && bytes[lf - 1] == '\r' ? lf - 1 : lf;
      return end > start;
    }

    int minorVersion() throws ReplayException {
      for (int i = 0; i < VERSION.length(); i++) {
        if (start + i >= end || bytes[start + i] != VERSION.charAt(i))
          throw invalid("it does not begin with HTTP/1");
      }
      int digit = start + VERSION.length();
      if (digit + 1 >= end || !isDigit(bytes[digit]) || bytes[digit + 1] != ' ')
        throw invalid("its version is unknown");
      start = digit + 2;
      return bytes[digit] - '0';
    }

    int status() throws ReplayException {
      boolean digits = end - start >= 3;
      for (int i = start; digits && i < start + 3; i++) digits = isDigit(bytes[i]);
      if (!digits || (end - start > 3 && bytes[start + 3] != ' '))
        throw invalid("its status is not three digits");
      int status =
          (bytes[start] - '0') * 100 + (bytes[start + 1] - '0') * 10 + bytes[start + 2] - '0';
      if (status < 100) throw invalid("its status is below 100");
      return status;
    }

    void field(Headers.Builder fields) throws ReplayException {
      if (bytes[start] == ' ' || bytes[start] == '\t') throw invalid("a field is folded");
      int colon = start;
      while (colon < end && FieldSyntax.isTokenChar(bytes[colon])) colon++;
      int nameEnd = colon;
      // A proxy has to remove space before the colon of a response (RFC 9112 §5.1).
      while (colon < end && isBlank(bytes[colon])) colon++;
      String name = FieldSyntax.name(bytes, start, nameEnd);
      if (name == null || colon == end || bytes[colon] != ':')
        throw invalid("a field has no proper name");
      fields.add(FieldSyntax.canonicalName(name), value(colon + 1));
    }

    private String value(int from) throws ReplayException {
      int to = end;
      while (from < to && isBlank(bytes[from])) from++;
      while (to > from && isBlank(bytes[to - 1])) to--;
      boolean ascii = true;
      for (int i = from; i < to; i++) {
        byte b = bytes[i];
        if (b < 0) ascii = false;
        else if ((b < ' ' && b != '\t') || b == 0x7f)
          throw invalid("a field has a control character in its value");
      }
      if (!ascii) return FieldText.of(bytes, from, to);
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isDigit(byte b) {
      return b >= '0' && b <= '9';
    }

    private static boolean isBlank(byte b) {
      return b == ' ' || b == '\t';
    }
  }
}
