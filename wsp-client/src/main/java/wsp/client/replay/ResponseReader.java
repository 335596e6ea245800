package wsp.client.replay;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ConnectionAuth;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;
import wsp.text.Ascii;

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

  /** Interim heads before one response: an origin that works for an hour sends one a minute. */
  private static final int MAX_INTERIM = 100;

  private static final FieldNames CONTENT_LENGTH = FieldNames.of("content-length");

  private static final Pattern TIMEOUT =
      Pattern.compile("\\btimeout=([0-9]{1,9})\\b", Pattern.CASE_INSENSITIVE);

  private final HeadCollector heads;
  private String method = "";
  private boolean bound;
  private boolean anyByte;
  private boolean bodyPromised;
  private int interims;
  private Keeping keeping = Keeping.SURPLUS;
  private long keepAliveSeconds = -1;
  private @Nullable BodyDecoder body;

  ResponseReader(int maxHeader) {
    this.heads = new HeadCollector(maxHeader);
  }

  /**
   * Gets ready for the response to a request.
   *
   * @param method the request's
   * @param bound whether it carries authentication that belongs to its connection
   */
  void expect(String method, boolean bound) {
    this.method = method;
    this.bound = bound;
    heads.reset();
    anyByte = false;
    bodyPromised = false;
    interims = 0;
    keepAliveSeconds = -1;
    body = null;
  }

  /** True if something of the response has come. */
  boolean begun() {
    return anyByte;
  }

  /** True when the response is whole. */
  boolean complete() {
    return body != null && body.complete();
  }

  /** Whether another request may follow on the connection; meaningful after a whole response. */
  Keeping keeping() {
    return keeping;
  }

  /** What {@code Keep-Alive: timeout=} said, or -1. */
  long keepAliveSeconds() {
    return keepAliveSeconds;
  }

  /** Takes what was received; all of it, unless bytes come after the end of the response. */
  void read(ByteBuffer in, Target target) throws ReplayException {
    while (body == null) {
      ResponseHead head = heads.next(in);
      anyByte |= head != null || heads.begun();
      if (head == null) return;
      if (head.interim()) interim(head);
      else begin(head, target);
    }
    if (in.hasRemaining() || body.complete()) {
      ByteBuffer piece = body.decode(in);
      boolean last = body.complete();
      if (last && in.hasRemaining()) keeping = Keeping.SURPLUS;
      if (last || piece.hasRemaining()) target.body(piece, last);
    }
  }

  private void interim(ResponseHead head) throws ReplayException {
    if (head.status() == 101)
      throw ResponseHead.invalid("it switches protocols, which nobody asked for");
    if (++interims > MAX_INTERIM)
      throw ResponseHead.invalid("over " + MAX_INTERIM + " interim heads come before it");
    bodyPromised |= Keeping.promisesBody(head);
  }

  private void begin(ResponseHead head, Target target) throws ReplayException {
    if (bound && ConnectionAuth.unfinished(head.status(), head.fields())) throw handshakeFails();
    BodyFraming framing = BodyFraming.of(method, head);
    Headers fields = head.fields();
    keeping = Keeping.after(method, bound, bodyPromised, head);
    keepAliveSeconds = keepAlive(fields.first("Keep-Alive"));
    body = BodyDecoder.of(framing);
    Headers passedOn = fields.endToEnd().without(FieldLists.NOT_FOR_CALLERS);
    // The coding overrides the length, which must not be forwarded then (RFC 9112 §6.3, 3).
    if (framing.kind() == BodyFraming.Kind.CHUNKED) passedOn = passedOn.without(CONTENT_LENGTH);
    else passedOn = withOneLength(passedOn, framing.declared());
    target.head(new ResponseEnvelope(head.status(), passedOn, framing.declared()));
  }

  /** What the origin wants next would have to come on this connection, which is not kept. */
  private static ReplayException handshakeFails() {
    return new ReplayException(
        Failure.CONNECTION_AUTH,
        "the origin authenticates connections (NTLM or Negotiate), in several steps");
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
    return timeout.find() ? Ascii.number(timeout.group(1), 9) : -1;
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
