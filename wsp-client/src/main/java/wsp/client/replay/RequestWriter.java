package wsp.client.replay;

import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Expectation;
import wsp.destination.Destination;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.TrailerFields;
import wsp.http1.HeadWriter;
import wsp.text.Ascii;

/**
 * The head of a request as it goes to the origin (RFC 9112 §3): the fields of the envelope that are
 * the origin's business, our own Host and framing, and nothing else. Stateless.
 */
final class RequestWriter {
  /** Not the origin's business, or made anew here; the hop-by-hop ones come on top. */
  private static final FieldNames WITHHELD =
      FieldLists.NOT_FOR_ORIGINS.and(FieldNames.of("Content-Length", "Transfer-Encoding"));

  private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private RequestWriter() {}

  /** The head, ready to be written. The envelope has been checked by the codec. */
  static ByteBuffer head(RequestEnvelope request, Destination destination) {
    HeadWriter out = HeadWriter.request(request.method(), destination.requestTarget());
    out.field("Host", destination.authority());
    out.fields(request.headers().endToEnd().without(WITHHELD));
    hop(request, out);
    long length = request.contentLength();
    if (length != 0 || METHODS_WITH_BODY.contains(request.method())) out.framing(length);
    return out.end();
  }

  /**
   * The protocol that the origin is asked to switch to, which the server has judged; null: none.
   * Never another version of HTTP, whose requests no rule would see.
   */
  static @Nullable String protocol(RequestEnvelope request) {
    String named = request.contentLength() == 0 ? request.headers().first("Upgrade") : null;
    if (named == null || !FieldSyntax.isToken(named)) return null;
    return Ascii.equalsIgnoreCase(named, "h2c") ? null : named;
  }

  /** Fields of our own hop, for what the server has told about the caller's. */
  private static void hop(RequestEnvelope request, HeadWriter out) {
    Headers told = request.headers();
    String protocol = protocol(request);
    if (protocol != null) out.field("Upgrade", protocol).field("Connection", "Upgrade");
    if (Expectation.in(request)) out.field(Expectation.FIELD, Expectation.VALUE);
    if (request.contentLength() != RequestEnvelope.UNKNOWN) return;
    String announced = TrailerFields.announced(told);
    if (!announced.isEmpty()) out.field("Trailer", announced);
  }
}
