package wsp.client.replay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ConnectFailure;
import wsp.client.origin.Failure;
import wsp.client.origin.LongHeads;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;
import wsp.envelope.ConnectionAuth;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.envelope.TrailerFields;
import wsp.envelope.UpgradeField;
import wsp.http1.BodyReader;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.ResponseHead;
import wsp.tls.HandshakeFailure;
import wsp.tunnel.Stream;

/**
 * Reads one response after the other off the bytes of a connection: heads, interim ones before the
 * final one, then the body. Knows no sockets; for one thread at a time.
 */
final class ResponseReader {
  /** Gets what was read. */
  interface Target {
    /** A head that another one follows. */
    void interim(ResponseEnvelope head);

    /** The 101 that was asked for: what follows is the tunnel's. */
    void switched(ResponseEnvelope head);

    void head(ResponseEnvelope head);

    /** The trailers, before the last piece of the body; only where there are any. */
    void trailers(Headers fields);

    void body(ByteBuffer piece, boolean last);
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Instead of one that has ended, which would keep its trailers. */
  private static final BodyReader ENDED = BodyReader.ofResponse(0);

  private static final FieldNames CONTENT_LENGTH = FieldNames.of("content-length");
  private static final FieldNames NOT_IN_INTERIM = FieldLists.NOT_FOR_CALLERS.and(CONTENT_LENGTH);

  private final HeadReader<ResponseHead> heads;
  private final LongHeads longHeads;
  private String method = "";
  private boolean bound;
  private boolean known;
  private @Nullable String upgrade;
  private boolean bodyPromised;
  private int interims;
  private Keeping keeping = Keeping.SURPLUS;
  private long keepAliveSeconds = -1;
  private @Nullable BodyReader body;

  /** The fields of the head that trailers are judged by; null: none go on. */
  private @Nullable Headers forTrailers = Headers.EMPTY;

  ResponseReader(int maxHeader) {
    this.heads = HeadReader.ofResponses(maxHeader, OriginLimits.MAX_FIELDS);
    this.longHeads = new LongHeads(maxHeader);
  }

  /**
   * Gets ready for the response to a request.
   *
   * @param method the request's
   * @param bound whether it carries authentication that belongs to its connection
   * @param known whether it is known which caller's connection it came on
   * @param upgrade the protocol that it offers to switch to; null: none
   */
  void expect(String method, boolean bound, boolean known, @Nullable String upgrade) {
    this.known = known;
    this.upgrade = upgrade;
    this.method = method;
    this.bound = bound;
    heads.reset();
    bodyPromised = false;
    interims = 0;
    keepAliveSeconds = -1;
    body = null;
    forTrailers = Headers.EMPTY;
  }

  /** How many bytes of memory a head takes that is not whole, or trailers. */
  int held() {
    return body == null ? heads.held() : body.held();
  }

  /** True once the final head is whole. */
  boolean inBody() {
    return body != null;
  }

  /** True if something of the response has come. */
  boolean begun() {
    return body != null || interims > 0 || heads.begun();
  }

  boolean complete() {
    return body != null && body.ended();
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
    try {
      if (body == null) readHead(in, target);
    } catch (MessageException e) {
      throw ReplayException.invalidResponse(e);
    }
    try {
      if (body != null) readBody(body, in, target);
    } catch (MessageException e) {
      throw new ReplayException(
          Failure.CUT_BODY, "the response's chunks are broken: " + e.getMessage());
    }
  }

  private void readHead(ByteBuffer in, Target target) throws MessageException, ReplayException {
    while (body == null) {
      ResponseHead head = heads.read(in);
      if (head == null) return;
      if (head.interim()) interim(head, target);
      else begin(head, target);
    }
  }

  private void readBody(BodyReader from, ByteBuffer in, Target target) throws MessageException {
    while (in.hasRemaining() || from.ended()) {
      ByteBuffer piece = from.read(in);
      boolean last = from.ended();
      if (last) end(from.trailers(), in.hasRemaining(), target);
      if (last || piece != null) target.body(piece == null ? NOTHING : piece, last);
      // The next request may have begun in there.
      if (last) return;
    }
  }

  /** The connection may be idle from the last piece on, and keeps nothing of what has been. */
  private void end(Headers trailers, boolean surplus, Target target) {
    if (surplus) keeping = Keeping.SURPLUS;
    Headers head = forTrailers;
    body = ENDED;
    forTrailers = Headers.EMPTY;
    method = "";
    upgrade = null;
    if (trailers.size() == 0 || head == null) return;
    Headers passed = TrailerFields.passedOn(trailers, head);
    if (passed.size() > 0) target.trailers(passed);
  }

  private void interim(ResponseHead head, Target target) throws ReplayException {
    if (head.status() == 101) {
      switched(head, target);
      return;
    }
    if (++interims > Stream.MAX_INTERIM) throw ReplayException.tooManyInterim();
    bodyPromised |= Keeping.promisesBody(head);
    // It need not come, and must not cost the answer behind it.
    if (head.status() != 100 && longHeads.isDoubtful(heads.lastBytes())) return;
    Headers passed = head.fields().endToEnd().without(NOT_IN_INTERIM);
    target.interim(new ResponseEnvelope(head.status(), passed, 0));
  }

  private void switched(ResponseHead head, Target target) throws ReplayException {
    Headers fields = head.fields();
    if (!UpgradeField.isSwitchTo(upgrade, fields))
      throw ReplayException.invalidResponse("it switches to a protocol that it was not asked for");
    raw();
    Headers passed = UpgradeField.with(fields.endToEnd().without(NOT_IN_INTERIM), 101, fields);
    ResponseEnvelope agreed = new ResponseEnvelope(101, passed, RequestEnvelope.UNKNOWN);
    target.switched(longHeads.fitting(agreed, heads.lastBytes()));
  }

  /** From here on all that comes is the tunnel's, until the connection ends. */
  void raw() {
    keeping = Keeping.TUNNEL;
    body = BodyReader.ofResponse(BodyReader.UNTIL_CLOSE);
  }

  private void begin(ResponseHead head, Target target) throws MessageException, ReplayException {
    if (bound && !known && ConnectionAuth.unfinished(head.status(), head.fields()))
      throw ReplayException.unfinishedAuth();
    long declared = head.declaredLength();
    long length = head.bodyLength(method, declared);
    Headers fields = head.fields();
    keeping = Keeping.after(method, bound, known, bodyPromised, head);
    keepAliveSeconds = KeepAlive.promised(fields);
    body = BodyReader.ofResponse(length);
    Headers passedOn = fields.endToEnd().without(FieldLists.NOT_FOR_CALLERS);
    if (length == BodyReader.CHUNKED) {
      // The coding overrides the length, which must not be forwarded then (RFC 9112 §6.3, 3).
      passedOn = TrailerFields.announce(fields, passedOn.without(CONTENT_LENGTH));
      forTrailers = TrailerFields.neededOf(fields);
    } else passedOn = ResponseHead.withOneLength(passedOn, declared);
    passedOn = UpgradeField.with(passedOn, head.status(), fields);
    long known = length < 0 ? RequestEnvelope.UNKNOWN : declared;
    ResponseEnvelope envelope = new ResponseEnvelope(head.status(), passedOn, known);
    target.head(longHeads.fitting(envelope, heads.lastBytes()));
  }

  /** The connection has ended; true if that is the regular end of the body. */
  boolean end() throws ReplayException {
    if (body != null && body.endsWithConnection()) return true;
    throw broken("the origin closed the connection");
  }

  /**
   * The failure that an error of the connection means. Over TLS 1.3 an origin that does not like
   * the certificate of this side, or misses one, says so behind the handshake, by an alert in the
   * place of an answer (RFC 8446 §4.4.2.4).
   */
  ReplayException lost(Route route, Exception cause) {
    if (HandshakeFailure.isAlert(cause) && !begun()) return ConnectFailure.of(route, cause);
    return broken("the origin reset the connection");
  }

  /** The failure that a broken connection means, as far as the response had come. */
  ReplayException broken(String what) {
    if (body != null)
      return new ReplayException(Failure.CUT_BODY, what + " in the middle of its response");
    return new ReplayException(
        Failure.CLOSED_EARLY,
        begun() ? what + " in the middle of a response's head" : what + " before it answered");
  }
}
