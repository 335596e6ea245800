package wsp.client.replay;

import java.nio.ByteBuffer;
import java.util.Set;
import wsp.destination.Destination;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;
import wsp.envelope.HeadBytes;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/**
 * The head of a request as it goes to the origin (RFC 9112 §3): the fields of the envelope that are
 * the origin's business, our own Host and framing, and nothing else. For one thread.
 */
final class RequestHead {
  /** Not the origin's business, or made anew here; the hop-by-hop ones come on top. */
  private static final FieldNames WITHHELD =
      FieldLists.NOT_FOR_ORIGINS.and(FieldNames.of("Content-Length", "Transfer-Encoding"));

  private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final HeadBytes out = new HeadBytes();

  private RequestHead() {}

  /** The head, ready to be written. The envelope has been checked by the codec. */
  static ByteBuffer encode(RequestEnvelope request, Destination destination) {
    RequestHead head = new RequestHead();
    head.out.ascii(request.method()).ascii(" ").text(destination.requestTarget());
    head.out.ascii(" HTTP/1.1\r\n").field("Host", destination.authority());
    passedOn(request.headers()).forEach(head.out::field);
    head.framing(request);
    head.out.ascii("\r\n");
    return ByteBuffer.wrap(head.out.array(), 0, head.out.size());
  }

  private static Headers passedOn(Headers all) {
    return all.endToEnd().without(WITHHELD);
  }

  private void framing(RequestEnvelope request) {
    long length = request.contentLength();
    if (length == RequestEnvelope.UNKNOWN) out.ascii("Transfer-Encoding: chunked\r\n");
    else if (length > 0 || METHODS_WITH_BODY.contains(request.method()))
      out.field("Content-Length", Long.toString(length));
  }
}
