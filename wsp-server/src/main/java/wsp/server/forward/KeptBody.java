package wsp.server.forward;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The beginning of a request's body: what has come before there is a connection, and, as long as it
 * is small, what has been sent, in case the connection proves not to have taken it. Guarded by the
 * lock of its {@link Exchange}.
 */
final class KeptBody {
  /** Bytes that are kept once they have been sent: requests of usual size as a whole. */
  private static final int MAX_SENT = 32 * 1024;

  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private int sent;
  private boolean whole = true;
  private boolean ended;

  /**
   * @param ended true if there is no body
   */
  KeptBody(boolean ended) {
    this.ended = ended;
  }

  /** The next part, of which this takes a copy as far as it has to. */
  void add(ByteBuffer part, boolean last) {
    ended = last;
    if (!whole) return;
    for (ByteBuffer from = part.duplicate(); from.hasRemaining(); ) {
      byte[] copy = new byte[from.remaining()];
      from.get(copy);
      bytes.write(copy, 0, copy.length);
    }
  }

  /** How many bytes are kept. */
  int size() {
    return bytes.size();
  }

  /** True if the body's last part has come. */
  boolean ended() {
    return ended;
  }

  /** True if all that has come so far is here. */
  boolean whole() {
    return whole;
  }

  /** Takes the part that has not been sent on this connection. */
  ByteBuffer takeUnsent() {
    ByteBuffer unsent = ByteBuffer.wrap(bytes.toByteArray(), sent, bytes.size() - sent);
    sent = bytes.size();
    if (sent > MAX_SENT) drop();
    return unsent;
  }

  /** The part that was added last has been sent, without being taken from here. */
  void sentToo() {
    if (!whole) return;
    sent = bytes.size();
    if (sent > MAX_SENT) drop();
  }

  /** All of it has to be sent once more. */
  void again() {
    sent = 0;
  }

  /** It will not be sent again. */
  void drop() {
    bytes = new ByteArrayOutputStream(0);
    sent = 0;
    whole = false;
  }
}
