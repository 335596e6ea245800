package wsp.server.tunnel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeException;
import wsp.envelope.FieldLists;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;
import wsp.envelope.UpgradeField;
import wsp.text.Ascii;

/**
 * An answer whose head has come: what of it goes on to the caller, and whether its body is as long
 * as its head announces. Judged before any of it goes on, because the framing for the caller is
 * made of it. For one exchange, on the thread of its link.
 */
public final class CheckedAnswer {
  private static final int LENGTH_DIGITS = 18;

  private final boolean hasBody;
  private final long length;
  private long received;

  /** What goes on to the caller, until it does: a body may run for hours, and heads are long. */
  private @Nullable ResponseEnvelope head;

  /**
   * An answer that begins.
   *
   * @param method of the request
   * @throws EnvelopeException if its lengths do not agree
   */
  public CheckedAnswer(ResponseEnvelope head, String method) throws EnvelopeException {
    int status = head.status();
    this.hasBody = status != 204 && status != 304 && !method.equals("HEAD");
    this.length = isRaw(status, method) ? -1 : length(head);
    Headers fields = head.headers();
    // One without a body keeps the length that its fields tell, and gains none.
    long told = hasBody || fields.has("Content-Length") ? length : -1;
    Headers passed = UpgradeField.with(forCaller(fields), status, fields);
    this.head = new ResponseEnvelope(status, passed, told);
  }

  /** The length in the fields and the one in the envelope must agree. */
  private long length(ResponseEnvelope decoded) throws EnvelopeException {
    List<String> fields = decoded.headers().all("Content-Length");
    if (fields.isEmpty()) return decoded.contentLength();
    for (String field : fields) {
      if (Ascii.number(field, LENGTH_DIGITS) < 0 || !field.equals(fields.get(0)))
        throw new EnvelopeException("the envelope's Content-Length is not one length");
    }
    long field = Ascii.number(fields.get(0), LENGTH_DIGITS);
    long announced = decoded.contentLength();
    if (hasBody && announced >= 0 && announced != field) {
      throw new EnvelopeException("the envelope's two lengths differ");
    }
    return field;
  }

  /** So many bytes have come, before they go on; false if that is not the length announced. */
  public boolean body(int bytes, boolean last) {
    received += bytes;
    boolean checked = length >= 0 && hasBody;
    return !checked || (received <= length && (!last || received == length));
  }

  /** True if bytes came where an answer has no body (RFC 9112 §6.3). */
  public boolean hasSurplus() {
    return received > 0 && !hasBody;
  }

  /** What goes on to the caller, once, with the length that it is told; -1: it is told none. */
  public ResponseEnvelope forCaller() {
    ResponseEnvelope once = head;
    if (once == null) throw new IllegalStateException("it has gone on");
    head = null;
    return once;
  }

  /** Of the fields of any section those that go on to the caller. */
  public static Headers forCaller(Headers fields) {
    return fields.endToEnd().without(FieldLists.NOT_FOR_CALLERS);
  }

  /** True if bytes follow that are no body but whatever the two ends say. */
  private static boolean isRaw(int status, String method) {
    return status == 101 || (method.equals("CONNECT") && status / 100 == 2);
  }
}
