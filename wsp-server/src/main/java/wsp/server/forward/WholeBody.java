package wsp.server.forward;

import java.nio.ByteBuffer;
import java.util.Arrays;
import wsp.envelope.Headers;
import wsp.server.listener.Caller;

/** A request's body that is kept until all of it is here. For one thread at a time. */
final class WholeBody {
  private static final int LEAST = 4 * 1024;

  private byte[] bytes = new byte[0];
  private int size;
  private Headers trailers = Headers.EMPTY;

  /** Takes a copy of the next piece, which stays unread. */
  void add(ByteBuffer part) {
    int more = part.remaining();
    if (more > bytes.length - size)
      bytes = Arrays.copyOf(bytes, Math.max(size + more, Math.max(LEAST, size / 2 * 3)));
    part.duplicate().get(bytes, size, more);
    size += more;
  }

  void trailers(Headers fields) {
    trailers = fields;
  }

  int size() {
    return size;
  }

  /** Bytes of memory. */
  int held() {
    return bytes.length;
  }

  /** Gives all of it, as if it came now. */
  void giveTo(Caller.BodySink sink) {
    if (trailers.size() > 0) sink.onBodyTrailers(trailers);
    sink.onBody(ByteBuffer.wrap(bytes, 0, size), true);
  }
}
