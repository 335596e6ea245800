package wsp.server.forward;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.server.failure.ProxyError;
import wsp.server.listener.Caller;
import wsp.server.routes.Signature;
import wsp.server.routes.SignatureException;
import wsp.server.routes.Webhook;

/**
 * A step of requests on a route with a secret: the signature of the body is judged before a byte of
 * it goes on, so that all of the body is kept until then, the only one that is. Where the head
 * tells that it cannot be right, the body is not asked for.
 *
 * <p>The body comes on the caller's own thread; that the caller is gone, on any.
 */
final class Proving implements Caller.BodySink {
  private final ProxyRequest asked;
  private final Caller caller;
  private final RequestHandler next;

  /** Null once it is over. */
  private final AtomicReference<@Nullable WholeBody> kept = new AtomicReference<>(new WholeBody());

  private final Signature signature;

  private Proving(ProxyRequest asked, Signature signature, RequestHandler next) {
    this.asked = asked;
    this.caller = asked.caller();
    this.signature = signature;
    this.next = next;
  }

  /** What the callers of a request's route sign with; null for nearly all. */
  static @Nullable Webhook of(ProxyRequest asked) {
    return asked.arrival().way() instanceof Way.Routed way ? way.route().webhook() : null;
  }

  /** Judges a request; now is in seconds since 1970. */
  static void begin(ProxyRequest asked, Webhook webhook, long now, RequestHandler next) {
    try {
      Signature signature = webhook.signature(asked.caller().head().headers(), now);
      if (signature.needsBody()) new Proving(asked, signature, next).begin();
      else next.exchange(asked, null);
    } catch (SignatureException e) {
      next.refuse(asked.arrival(), unsigned(e));
    }
  }

  private static Refused unsigned(SignatureException e) {
    return Refused.because(ProxyError.SIGNATURE, String.valueOf(e.getMessage()));
  }

  private void begin() {
    if (!caller.head().hasBody()) verify(null);
    else if (caller.head().contentLength() > limit()) tooLarge();
    else {
      caller.onGone(told -> end(Refused.gone(told)));
      caller.readBody(this);
    }
  }

  private int limit() {
    return asked.arrival().terms().entrances().webhookBody();
  }

  @Override
  public boolean takesAll() {
    return kept.get() != null;
  }

  @Override
  public void onBody(ByteBuffer part, boolean last) {
    WholeBody body = kept.get();
    if (body == null) return;
    if (part.remaining() > limit() - body.size()) {
      tooLarge();
      caller.discardBody();
      return;
    }
    signature.update(part);
    body.add(part);
    caller.keeps(body.held());
    if (last) verify(body);
  }

  @Override
  public void onBodyTrailers(Headers fields) {
    WholeBody body = kept.get();
    if (body != null) body.trailers(fields);
  }

  private void tooLarge() {
    end(Refused.because(ProxyError.WEBHOOK_TOO_LARGE, "webhookbody is " + limit() + " bytes"));
  }

  private void verify(@Nullable WholeBody body) {
    try {
      signature.verify();
      if (kept.getAndSet(null) != null) next.exchange(asked, body);
    } catch (SignatureException e) {
      end(unsigned(e));
    }
  }

  private void end(Refused why) {
    WholeBody body = kept.getAndSet(null);
    if (body == null) return;
    asked.noted().requestBytes(body.size());
    caller.keeps(0);
    next.refuse(asked.arrival(), why);
  }
}
