package wsp.server.forward;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.RequestEnvelope;
import wsp.server.pool.Lease;
import wsp.tunnel.Stream;

/**
 * What carries a request, and what is kept of its body: what has come before there is a stream,
 * and, as long as it is small, what has been sent, in case another one has to carry it. Guarded by
 * the lock of its {@link Exchange}.
 */
final class Carriage {
  /** Bytes that are kept once they have been sent: requests of usual size as a whole. */
  private static final int MAX_SENT = 32 * 1024;

  /** There once there is room for it. */
  @Nullable Lease lease;

  /** There once the request may be sent. */
  @Nullable Stream<RequestEnvelope> stream;

  /** The stream has all that has come, and what comes follows at once. */
  private boolean follows;

  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private int sent;

  /** All that has come so far is here. */
  boolean whole = true;

  /** The body's last part has come. */
  boolean ended;

  Carriage(boolean ended) {
    this.ended = ended;
  }

  /** From now on it goes by this stream: takes what of the body is here. */
  ByteBuffer opened(Stream<RequestEnvelope> by) {
    stream = by;
    return takeUnsent();
  }

  /** Takes what has come during a write; once that is nothing, what comes follows. */
  ByteBuffer follow() {
    ByteBuffer more = takeUnsent();
    follows = !ended && !more.hasRemaining();
    return more;
  }

  /**
   * The next part, of which this takes a copy as far as it has to.
   *
   * @return the stream that it goes to at once; null if it waits here
   */
  @Nullable Stream<RequestEnvelope> add(ByteBuffer part, boolean last) {
    ended = last;
    if (whole && part.hasRemaining()) {
      byte[] copy = new byte[part.remaining()];
      part.duplicate().get(copy);
      bytes.write(copy, 0, copy.length);
    }
    if (!follows) return null;
    sentToo();
    return stream;
  }

  private void sentToo() {
    sent = bytes.size();
    if (sent > MAX_SENT) drop();
  }

  private ByteBuffer takeUnsent() {
    ByteBuffer unsent = ByteBuffer.wrap(bytes.toByteArray(), sent, bytes.size() - sent);
    sentToo();
    return unsent;
  }

  /** Some of the body has come, or there is none. */
  boolean begun() {
    return ended || !whole || size() > 0;
  }

  int size() {
    return bytes.size();
  }

  /** Another stream has to carry all of it. */
  void again() {
    lease = null;
    stream = null;
    follows = false;
    sent = 0;
  }

  void drop() {
    bytes = new ByteArrayOutputStream(0);
    sent = 0;
    whole = false;
  }
}
