package wsp.client.httpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Bytes from one socket to another; what the second does not take holds the first up. The end of
 * the one is the end of the output of the other, which may still have something to say.
 */
final class Pipe {
  private static final int SIZE = 32 * 1024;

  /** Bytes from the beginning of what is passed on by which it is known: of TLS, 32 are random. */
  static final int BEGINNING = 64;

  /** Reads in a row before other passages get their turn. */
  private static final int READS = 8;

  private final SocketChannel from;
  private final SocketChannel to;
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE);
  private final ByteBuffer beginning = ByteBuffer.allocate(BEGINNING);
  private final boolean dropping;
  private boolean ended;
  private boolean deaf;
  private boolean told;

  /**
   * @param first is sent before anything else
   * @param dropping whether what cannot be written any more is dropped, so that what has come the
   *     other way before is not lost with it
   */
  Pipe(SocketChannel from, SocketChannel to, byte[] first, boolean dropping) {
    this.from = from;
    this.to = to;
    this.dropping = dropping;
    bytes.put(first);
  }

  /** Passes on what can be, also new bytes, or what is here already; true if anything has come. */
  boolean pump(boolean reads) throws IOException {
    boolean moved = false;
    for (int i = 0; i < READS; i++) {
      boolean some = false;
      if (reads && !ended && bytes.hasRemaining()) {
        int n = from.read(bytes);
        ended = n < 0;
        some = n > 0;
        if (some && beginning.hasRemaining()) note(bytes.position() - n, n);
        moved |= some;
      }
      bytes.flip();
      if (bytes.hasRemaining()) write();
      boolean stuck = bytes.hasRemaining();
      bytes.compact();
      if (stuck || !some) break;
    }
    return moved;
  }

  private void note(int from, int n) {
    beginning.put(bytes.array(), from, Math.min(n, beginning.remaining()));
  }

  /** True if what came began with these. */
  boolean began(byte[] first) {
    return Arrays.equals(first, beginning.array());
  }

  private void write() throws IOException {
    try {
      if (!deaf) to.write(bytes);
    } catch (IOException e) {
      if (!dropping) throw e;
      deaf = true;
    }
    if (deaf) bytes.position(bytes.limit());
  }

  void endOutput() throws IOException {
    if (!told) to.shutdownOutput();
    told = true;
  }

  /** True if nothing more comes, and all that came was passed on. */
  boolean over() {
    return ended && bytes.position() == 0;
  }

  int reading() {
    return !ended && bytes.hasRemaining() ? SelectionKey.OP_READ : 0;
  }

  int writing() {
    return bytes.position() > 0 ? SelectionKey.OP_WRITE : 0;
  }
}
