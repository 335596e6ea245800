package wsp.server.forward;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.observe.Kind;
import wsp.observe.ProxyStatus;
import wsp.server.listener.Caller;
import wsp.tunnel.Stream;

/** The response on its way from a stream to the caller; on the link's thread. */
final class ResponseHalf {
  private final ProxyRequest asked;
  private final Caller caller;
  private boolean bodyWanted;
  private boolean lengthKnown;

  ResponseHalf(ProxyRequest asked) {
    this.asked = asked;
    this.caller = asked.caller();
  }

  /** What observers are told of a head that no other one follows. */
  void note(ResponseEnvelope head) {
    asked.noted().head(head.status());
    if (head.status() == 101) asked.noted().kind(Kind.UPGRADE);
    String proxyStatus = head.headers().first(ProxyStatus.FIELD);
    if (proxyStatus != null) asked.noted().proxyStatus(proxyStatus);
  }

  /** Status and fields go to the caller. Where this opens a tunnel, its bytes follow. */
  void begin(ResponseEnvelope head, boolean opens) {
    Headers fields = asked.answer(head.headers());
    lengthKnown = !opens && head.contentLength() >= 0;
    if (opens) caller.upgrade(head.status(), fields);
    bodyWanted = opens || caller.respond(head.status(), fields, head.contentLength());
  }

  boolean takes(ByteBuffer part, boolean last) {
    return bodyWanted && (part.hasRemaining() || (last && !lengthKnown));
  }

  /** A piece goes to the caller; one that takes no more pauses the stream. */
  void pass(ByteBuffer part, boolean last, @Nullable Stream<RequestEnvelope> from) {
    asked.noted().responseBytes(part.remaining());
    caller.write(part, last);
    if (!last && from != null && caller.congested() && !from.paused()) {
      from.pause();
      caller.whenWritten(from::resume);
    }
  }

  /** Trailers end the body, of which the caller may have all already. */
  void end(Headers trailers) {
    if (bodyWanted && !lengthKnown) caller.end(trailers);
  }

  /** A head that is still held back goes to a caller that gets a body. */
  void flush() {
    if (bodyWanted) caller.flush();
  }
}
