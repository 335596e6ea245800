package wsp.server.listener;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.http1.Chunks;
import wsp.http1.HeadWriter;
import wsp.http1.RequestHead;

/**
 * The bytes of one response: its head, held back until there is something to go with it, and the
 * framing of its body (RFC 9112 §6.3, §7.1). For one thread at a time.
 */
final class ResponseFraming {
  enum Kind {
    NONE,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE,
    /** No message: whatever the two ends say to each other. */
    RAW;

    /** That of an answer with a body of this length; -1 if it is not known. */
    static Kind of(RequestHead request, int status, long length) {
      if (status == 204 || status == 304 || request.method().equals("HEAD")) return NONE;
      if (length >= 0) return LENGTH;
      return request.http11() ? CHUNKED : UNTIL_CLOSE;
    }
  }

  volatile Kind kind = Kind.NONE;

  /** The last byte may be out: a caller that has it may leave, and has not left early. */
  volatile boolean leaves;

  private long remaining;
  private @Nullable ByteBuffer heldHead;

  /** The response has a body of this kind, whose length counts for {@link Kind#LENGTH} alone. */
  void begins(Kind as, long length) {
    kind = as;
    remaining = as == Kind.LENGTH ? length : 0;
  }

  boolean hasNoBody() {
    return kind == Kind.NONE || (kind == Kind.LENGTH && remaining == 0);
  }

  /** The head goes out with what is framed next, or when it is taken. */
  void hold(ByteBuffer head) {
    heldHead = head;
  }

  @Nullable ByteBuffer takeHead() {
    ByteBuffer head = heldHead;
    heldHead = null;
    return head;
  }

  /** Counts a piece; true if it is the last one. */
  boolean counts(ByteBuffer part, boolean last) {
    if (kind != Kind.LENGTH) return last;
    if (part.remaining() > remaining)
      throw new IllegalArgumentException("more than Content-Length");
    remaining -= part.remaining();
    return last || remaining == 0;
  }

  /** Head, framing and bytes in one buffer, copied once, so that they go out in one write. */
  ByteBuffer framed(ByteBuffer part, boolean last) {
    ByteBuffer before = takeHead();
    int headBytes = before == null ? 0 : before.remaining();
    ByteBuffer out = Wire.buffer(headBytes + part.remaining() + Chunks.OVERHEAD);
    if (before != null) out.put(before);
    if (kind != Kind.CHUNKED) return out.put(part).flip();
    Chunks.put(out, part);
    if (last) Chunks.end(out);
    return out.flip();
  }

  /** The end of chunks, with trailers, and the head if it is still here. */
  ByteBuffer lastChunk(Headers trailers) {
    ByteBuffer before = takeHead();
    ByteBuffer end = HeadWriter.lastChunk().fields(trailers).end();
    if (before == null) return end;
    return ByteBuffer.allocate(before.remaining() + end.remaining()).put(before).put(end).flip();
  }
}
