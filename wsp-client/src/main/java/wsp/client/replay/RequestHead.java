package wsp.client.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import wsp.destination.Destination;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;
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

  private byte[] bytes = new byte[512];
  private int size;

  private RequestHead() {}

  /** The head, ready to be written. The envelope has been checked by the codec. */
  static ByteBuffer encode(RequestEnvelope request, Destination destination) {
    RequestHead head = new RequestHead();
    head.ascii(request.method()).ascii(" ").text(destination.requestTarget());
    head.ascii(" HTTP/1.1\r\nHost: ").text(destination.authority()).ascii("\r\n");
    passedOn(request.headers()).forEach((n, v) -> head.ascii(n).ascii(": ").text(v).ascii("\r\n"));
    head.framing(request).ascii("\r\n");
    return ByteBuffer.wrap(head.bytes, 0, head.size);
  }

  private static Headers passedOn(Headers all) {
    return all.endToEnd().without(WITHHELD);
  }

  private RequestHead framing(RequestEnvelope request) {
    if (request.contentLength() == RequestEnvelope.UNKNOWN)
      return ascii("Transfer-Encoding: chunked\r\n");
    if (request.contentLength() > 0 || METHODS_WITH_BODY.contains(request.method())) {
      return ascii("Content-Length: ").ascii(Long.toString(request.contentLength())).ascii("\r\n");
    }
    return this;
  }

  @SuppressWarnings("deprecation") // The low bytes of ASCII are its bytes, without an encoder.
  private RequestHead ascii(String s) {
    ensure(s.length());
    s.getBytes(0, s.length(), bytes, size);
    size += s.length();
    return this;
  }

  /** Strings of the envelope are UTF-8 on the wire. */
  private RequestHead text(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) > 0x7e) {
        byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
      }
    }
    return ascii(s);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(size + more, size * 2));
  }
}
