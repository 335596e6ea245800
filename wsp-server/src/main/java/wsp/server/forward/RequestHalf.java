package wsp.server.forward;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.rules.AccessRules;
import wsp.tunnel.Stream;

/** The request on its way from the caller to a stream; on the caller's thread, or on the link's. */
final class RequestHalf {
  private final ProxyRequest asked;

  /** There before the last piece; stays, since another stream may have to carry it all. */
  private volatile @Nullable Headers trailers;

  RequestHalf(ProxyRequest asked) {
    this.asked = asked;
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

  /** Head and first piece go to a stream. */
  void begin(Stream<RequestEnvelope> to, ByteBuffer first, boolean last) {
    Headers end = last ? trailers : null;
    to.head(asked.envelope(to.carriesInterim()), first, last && end == null);
    if (end != null) to.trailers(end);
  }

  /** A piece goes to a stream. */
  void pass(Stream<RequestEnvelope> to, ByteBuffer part, boolean last) {
    Headers end = last ? trailers : null;
    if (end == null || part.hasRemaining()) to.data(part, last && end == null);
    if (end != null) to.trailers(end);
  }
}
