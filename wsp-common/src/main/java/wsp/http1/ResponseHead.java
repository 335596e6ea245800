package wsp.http1;

import static wsp.http1.MessageException.bad;

import java.util.List;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;

/**
 * The head of a response (RFC 9112 §4 to §6).
 *
 * @param minor the version is HTTP/1.minor
 * @param status 100 to 999
 * @param fields every field in wire order
 */
public record ResponseHead(int minor, int status, Headers fields) {
  private static final FieldNames CONTENT_LENGTH = FieldNames.of("content-length");

  static ResponseHead parse(Lexer lines, int maxFields) throws MessageException {
    lines.next();
    if (!lines.takes("HTTP/1.")) throw bad("it does not begin with HTTP/1");
    int minor = lines.number(1);
    if (minor < 0 || !lines.takes(" ")) throw bad("its version is unknown");
    int status = lines.number(3);
    // The reason behind it is not used.
    if (status < 0 || !(lines.atEnd() || lines.takes(" ")))
      throw bad("its status is not three digits");
    if (status < 100) throw bad("its status is below 100");
    Headers fields = lines.fields(maxFields);
    Framing.options(fields);
    return new ResponseHead(minor, status, fields);
  }

  /** True for an interim response, after which another head follows. */
  public boolean interim() {
    return status < 200;
  }

  /** True if no body follows, though the fields may tell of one. */
  public boolean hasNoBody(String method) {
    return interim() || status == 204 || status == 304 || method.equals("HEAD");
  }

  /** The {@code Content-Length}, or -1 for none; where there is no body, it may be any. */
  public long declaredLength() throws MessageException {
    return Framing.declaredLength(fields.all("Content-Length"));
  }

  /** The {@link #declaredLength}, or what takes its place for a request of that method. */
  public long bodyLength(String method, long declared) throws MessageException {
    return hasNoBody(method) ? 0 : Framing.ofResponse(fields, declared);
  }

  /** The fields with a length that was given several times over given once (RFC 9110 §8.6). */
  public static Headers withOneLength(Headers fields, long length) {
    List<String> given = fields.all("Content-Length");
    String once = Long.toString(length);
    if (given.isEmpty() || (given.size() == 1 && given.get(0).equals(once))) return fields;
    return fields.without(CONTENT_LENGTH).with("Content-Length", once);
  }

  /** True if the sender means to go on with the connection. */
  public boolean keepAlive() {
    return Framing.keepsAlive(fields, minor > 0);
  }
}
