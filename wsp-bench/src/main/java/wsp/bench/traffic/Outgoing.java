package wsp.bench.traffic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * An HTTP message that is being written: a head and a body of the {@link Pattern}. For one
 * connection and one thread.
 */
final class Outgoing {
  /** Writes in a row, after which others have their turn. */
  private static final int TURN = 16;

  private ByteBuffer head = ByteBuffer.allocate(0);
  private long length;
  private long sent;

  /** Begins a message. */
  void begin(byte[] bytes, long bodyLength) {
    head = ByteBuffer.wrap(bytes);
    length = bodyLength;
    sent = 0;
  }

  /** Writes what the channel takes; true once all of it is written. */
  boolean writeTo(GatheringByteChannel channel) throws IOException {
    for (int i = 0; i < TURN; i++) {
      ByteBuffer body = Pattern.from(sent, length - sent);
      int n = body.remaining();
      channel.write(new ByteBuffer[] {head, body});
      sent += n - body.remaining();
      if (head.hasRemaining() || body.hasRemaining()) return false;
      if (sent == length) return true;
    }
    return false;
  }
}
