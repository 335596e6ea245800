package wsp.client.replay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/**
 * Reads one response after the other off the bytes of a connection: heads (interim ones are passed
 * over), then the body. Knows no sockets; for one thread at a time.
 */
final class ResponseReader {
  /** Gets what was read. */
  interface Target {
    /** The final head. */
    void head(ResponseEnvelope head);

    /** A piece of the body. */
    void body(ByteBuffer piece, boolean last);
  }

  private static final FieldNames CONTENT_LENGTH = FieldNames.of("content-length");

  private static final Pattern TIMEOUT =
      Pattern.compile("\\btimeout=([0-9]{1,9})\\b", Pattern.CASE_INSENSITIVE);

  private final int maxHeader;
  private final ByteArrayOutputStream partialHead = new ByteArrayOutputStream(0);
  private int lineLength;
  private boolean toHeadRequest;
  private boolean anyByte;
  private boolean reusable;
  private long keepAliveSeconds = -1;
  private @Nullable BodyDecoder body;

  ResponseReader(int maxHeader) {
    this.maxHeader = maxHeader;
  }

  /** Gets ready for the response to a request with this method. */
  void expect(String method) {
    toHeadRequest = method.equals("HEAD");
    partialHead.reset();
    lineLength = 0;
    anyByte = false;
    reusable = false;
    keepAliveSeconds = -1;
    body = null;
  }

  /** True when the response is whole. */
  boolean complete() {
    return body != null && body.complete();
  }

  /** True if another request may follow on the connection; meaningful after a whole response. */
  boolean reusable() {
    return reusable;
  }

  /** What {@code Keep-Alive: timeout=} said, or -1. */
  long keepAliveSeconds() {
    return keepAliveSeconds;
  }

  /** Takes what was received; all of it, unless bytes come after the end of the response. */
  void read(ByteBuffer in, Target target) throws ReplayException {
    anyByte = true;
    while (body == null) {
      ResponseHead head = head(in);
      if (head == null) return;
      if (head.status() == 101)
        throw ResponseHead.invalid("it switches protocols, which nobody asked for");
      if (!head.interim()) begin(head, target);
    }
    if (in.hasRemaining() || body.complete()) {
      ByteBuffer piece = body.decode(in);
      boolean last = body.complete();
      if (last && in.hasRemaining()) reusable = false;
      if (last || piece.hasRemaining()) target.body(piece, last);
    }
  }

  private void begin(ResponseHead head, Target target) throws ReplayException {
    BodyFraming framing = BodyFraming.of(head, toHeadRequest);
    Headers fields = head.fields();
    reusable =
        !framing.ambiguous()
            && (head.minor() == 0
                ? fields.connectionHas("keep-alive")
                : !fields.connectionHas("close"));
    keepAliveSeconds = keepAlive(fields.first("Keep-Alive"));
    body = BodyDecoder.of(framing);
    Headers passedOn = fields.endToEnd();
    // The coding overrides the length, which must not be forwarded then (RFC 9112 §6.3, 3).
    if (framing.kind() == BodyFraming.Kind.CHUNKED) passedOn = passedOn.without(CONTENT_LENGTH);
    else passedOn = withOneLength(passedOn, framing.declared());
    target.head(new ResponseEnvelope(head.status(), passedOn, framing.declared()));
  }

  /** A length that was given several times over goes on once (RFC 9110 §8.6). */
  private static Headers withOneLength(Headers fields, long length) {
    List<String> given = fields.all("Content-Length");
    String once = Long.toString(length);
    if (given.isEmpty() || (given.size() == 1 && given.get(0).equals(once))) return fields;
    Headers.Builder b = new Headers.Builder();
    fields.without(CONTENT_LENGTH).forEach(b::add);
    return b.add("Content-Length", once).build();
  }

  private static long keepAlive(@Nullable String value) {
    if (value == null) return -1;
    Matcher timeout = TIMEOUT.matcher(value);
    return timeout.find() ? Long.parseLong(timeout.group(1)) : -1;
  }

  /** The next head, or null if it is not all there yet. */
  private @Nullable ResponseHead head(ByteBuffer in) throws ReplayException {
    if (!in.hasRemaining()) return null;
    int end = endOfHead(in);
    int n = (end < 0 ? in.limit() : end) - in.position();
    if (partialHead.size() + n > maxHeader) {
      throw new ReplayException(
          Failure.LARGE_HEAD, "the response's head is larger than " + maxHeader + " bytes");
    }
    int from = in.arrayOffset() + in.position();
    if (end >= 0 && partialHead.size() == 0) {
      in.position(end);
      return ResponseHead.parse(in.array(), from, from + n);
    }
    partialHead.write(in.array(), from, n);
    in.position(in.position() + n);
    if (end < 0) return null;
    byte[] whole = partialHead.toByteArray();
    partialHead.reset();
    return ResponseHead.parse(whole, 0, whole.length);
  }

  /** The position after the empty line, or -1. */
  private int endOfHead(ByteBuffer in) {
    byte[] bytes = in.array();
    int base = in.arrayOffset();
    for (int i = base + in.position(); i < base + in.limit(); i++) {
      byte b = bytes[i];
      if (b == '\n') {
        if (lineLength == 0) return i + 1 - base;
        lineLength = 0;
      } else if (b != '\r') {
        lineLength++;
      }
    }
    return -1;
  }

  /**
   * The connection has ended.
   *
   * @return true if that is the regular end of the body
   */
  boolean end() throws ReplayException {
    if (body != null && body.endsWithConnection()) return true;
    throw broken("the origin closed the connection");
  }

  /** The failure that a broken connection means, as far as the response had come. */
  ReplayException broken(String what) {
    if (body != null)
      return new ReplayException(Failure.CUT_BODY, what + " in the middle of its response");
    return new ReplayException(
        Failure.CLOSED_EARLY,
        anyByte ? what + " in the middle of a response's head" : what + " before it answered");
  }
}
