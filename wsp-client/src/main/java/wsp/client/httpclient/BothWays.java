package wsp.client.httpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * What {@code HttpClient} and a secure origin say to each other through a {@link Passage}, and how
 * far their handshake is. On the thread of {@link Passages}.
 */
final class BothWays {
  /** Flights of bytes, to the origin and back in turns: the third ends a handshake. */
  private static final int HANDSHAKE_FLIGHTS = 3;

  /** After which HttpClient has the connection where other requests look for it. */
  private static final long SETTLED_NANOS = 500_000_000;

  private static final byte[] OPEN = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SelectionKey fromKey;
  private final SelectionKey toKey;
  private final Pipe up;
  private final Pipe down;
  private int flights;
  private long shookAt;

  BothWays(SelectionKey fromKey, SelectionKey toKey, ByteBuffer scratch) {
    this.fromKey = fromKey;
    this.toKey = toKey;
    SocketChannel from = (SocketChannel) fromKey.channel();
    SocketChannel to = (SocketChannel) toKey.channel();
    up = new Pipe(from, to, scratch, new byte[0], true);
    down = new Pipe(to, from, scratch, OPEN, false);
  }

  /** Passes on what can be; false if HttpClient has ended, which it never does one way alone. */
  boolean pump() throws IOException {
    if (up.pump(true) && flights % 2 == 0 && ++flights == HANDSHAKE_FLIGHTS)
      shookAt = System.nanoTime();
    // With TLS, the origin does not speak first; and HttpClient would drop what comes so early.
    boolean spoken = flights > 0;
    if (down.pump(spoken) && flights % 2 == 1) flights++;
    if (up.over()) return false;
    if (down.over()) down.endOutput();
    fromKey.interestOps(up.reading() | down.writing());
    toKey.interestOps((spoken ? down.reading() : 0) | up.writing());
    return true;
  }

  /** True if what HttpClient has said began with these. */
  boolean began(byte[] first) {
    return up.began(first);
  }

  byte[] beginning() {
    return up.beginning();
  }

  void drop() {
    up.drop();
    down.drop();
  }

  boolean answered() {
    return flights > 1;
  }

  boolean isShaken() {
    return flights >= HANDSHAKE_FLIGHTS;
  }

  boolean settled(long now) {
    return isShaken() && now - shookAt > SETTLED_NANOS;
  }
}
