package wsp.server.forward;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.rules.AccessRules;
import wsp.server.listener.Bond;
import wsp.server.listener.Caller;
import wsp.server.pool.Lease;
import wsp.tunnel.Stream;

/** The request on its way from the caller to a stream; on the caller's thread, or on the link's. */
final class RequestHalf {
  private final ProxyRequest asked;
  private final Caller caller;

  /** There before the last piece; stays, since another stream may have to carry it all. */
  private volatile @Nullable Headers trailers;

  /** Bytes that a stream has been given and that it has not sent. */
  @GuardedBy("this")
  private int unsent;

  /** The stream has not taken what it was given: once it has, the caller goes on. */
  volatile boolean heldBack;

  /**
   * The caller waits for its 100, and has not got it (RFC 9110 §10.1.1): the origin is going to say
   * whether it wants the body.
   */
  volatile boolean expects;

  private final @Nullable Bond bond;

  RequestHalf(ProxyRequest asked) {
    this.asked = asked;
    this.caller = asked.caller();
    this.expects = caller.head().expectsContinue();
    this.bond = asked.bond();
  }

  /** The client that has what its caller's connection needs; null where that is no matter. */
  @Nullable String keeper() {
    return bond == null ? null : bond.client(asked.client());
  }

  /** A client has it and, if told whose it is, what an origin binds to that from now on. */
  void goesTo(Lease lease) {
    if (bond != null && lease.carriesBytes()) bond.with(asked.client(), lease.clientId());
  }

  void take(WholeBody body, Caller.BodySink to) {
    expects = false;
    body.giveTo(to);
  }

  /** The body is wanted: a caller that waits for a 100 gets it. */
  void read(Caller.BodySink to) {
    expects = false;
    caller.readBody(to);
  }

  /**
   * The body is going to end with these, but for those that a rule reads: it has judged the head,
   * and an origin may take a trailer for a field of that.
   */
  void endsWith(Headers fields) {
    AccessRules all = asked.arrival().terms().rules();
    AccessRules own = asked.who().rules();
    Headers passed = fields.without(name -> all.readsField(name) || own.readsField(name));
    if (passed.size() > 0) trailers = passed;
  }

  void begin(Stream<RequestEnvelope> to, ByteBuffer first, boolean last) {
    Headers end = last ? trailers : null;
    heldBack = false;
    boolean headOnly = last && !first.hasRemaining();
    to.head(asked.envelope(to.carriesInterim(), expects, bond), first, last && end == null);
    if (end != null) to.trailers(end);
    if (!headOnly) holdBack(to, last);
  }

  void pass(Stream<RequestEnvelope> to, ByteBuffer part, boolean last) {
    Headers end = last ? trailers : null;
    if (end == null || part.hasRemaining()) to.data(part, last && end == null);
    if (end != null) to.trailers(end);
    holdBack(to, last);
  }

  /** What the stream does not take counts, and nothing more is read until it has taken that. */
  private void holdBack(Stream<RequestEnvelope> to, boolean last) {
    if (!to.congested()) return;
    int bytes = to.unsent();
    if (last && bytes == 0) return;
    heldBack = true;
    if (!last) caller.pauseBody();
    waits(bytes);
    to.whenWritten(() -> taken(last));
    // It may have ended meanwhile, and would take nothing.
    if (bytes > 0 && to.unsent() == 0) waits(0);
  }

  private void taken(boolean last) {
    waits(0);
    heldBack = false;
    if (!last) caller.resumeBody();
  }

  private void waits(int bytes) {
    int more;
    synchronized (this) {
      more = bytes - unsent;
      unsent = bytes;
    }
    if (more != 0) caller.unsent(more);
  }

  /** The stream is gone, and what waited with it. */
  void gone() {
    waits(0);
  }
}
