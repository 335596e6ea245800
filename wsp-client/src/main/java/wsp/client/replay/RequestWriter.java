package wsp.client.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Expectation;
import wsp.destination.Destination;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.TrailerFields;
import wsp.envelope.UpgradeField;
import wsp.http1.Chunks;
import wsp.http1.HeadWriter;

/**
 * A request as it goes to the origin (RFC 9112 §3, §6): in its head the fields of the envelope that
 * are the origin's business, our own Host and framing, and nothing else. Stateless.
 */
final class RequestWriter {
  /** Not the origin's business, or made anew here; the hop-by-hop ones come on top. */
  private static final FieldNames WITHHELD =
      FieldLists.NOT_FOR_ORIGINS.and(FieldNames.of("Content-Length", "Transfer-Encoding"));

  /** What ends chunks without trailers. */
  static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private RequestWriter() {}

  /** The head, ready to be written. The envelope has been checked by the codec. */
  static ByteBuffer head(RequestEnvelope request, Destination destination) {
    HeadWriter out = HeadWriter.request(request.method(), destination.requestTarget());
    out.field("Host", destination.authority());
    out.fields(request.headers().endToEnd().without(WITHHELD));
    hop(request, out);
    if (request.hasLength()) out.framing(request.contentLength());
    return out.end();
  }

  /**
   * A part of a request in one buffer.
   *
   * @param free a buffer that may be used for it
   * @param head of the request, or null if it has been written
   * @param end what ends chunks, or null if the request goes on
   */
  static ByteBuffer framed(
      ByteBuffer free,
      @Nullable ByteBuffer head,
      ByteBuffer part,
      boolean chunked,
      byte @Nullable [] end) {
    if (!chunked && !part.hasRemaining()) return head == null ? NOTHING : head;
    int size = part.remaining() + (head == null ? 0 : head.remaining()) + Chunks.OVERHEAD;
    if (chunked && end != null) size += end.length;
    ByteBuffer out = free.capacity() >= size ? free.clear() : ByteBuffer.allocate(size);
    if (head != null) out.put(head);
    if (chunked) Chunks.put(out, part);
    else out.put(part);
    if (chunked && end != null) out.put(end);
    return out.flip();
  }

  /** Fields of our own hop, for what the server has told about the caller's. */
  private static void hop(RequestEnvelope request, HeadWriter out) {
    Headers told = request.headers();
    String protocol = UpgradeField.asked(request);
    if (protocol != null)
      out.field(UpgradeField.NAME, protocol).field("Connection", UpgradeField.NAME);
    if (Expectation.in(request)) out.field(Expectation.FIELD, Expectation.VALUE);
    if (request.contentLength() != RequestEnvelope.UNKNOWN) return;
    String announced = TrailerFields.announced(told);
    if (!announced.isEmpty()) out.field("Trailer", announced);
  }
}
