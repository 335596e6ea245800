package wsp.client.httpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Bytes from one socket to another; what the second does not take holds the first up. */
final class Pipe {
  private static final int SIZE = 32 * 1024;

  /** Reads in a row before other passages get their turn. */
  private static final int READS = 8;

  private final SocketChannel from;
  private final SocketChannel to;
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE);
  private boolean ended;
  private boolean moved;

  /**
   * @param first is sent before anything else
   */
  Pipe(SocketChannel from, SocketChannel to, byte[] first) {
    this.from = from;
    this.to = to;
    bytes.put(first);
  }

  /**
   * Passes on what can be.
   *
   * @param reads false for what is here already
   */
  void pump(boolean reads) throws IOException {
    for (int i = 0; i < READS; i++) {
      boolean some = false;
      if (reads && !ended && bytes.hasRemaining()) {
        int n = from.read(bytes);
        ended = n < 0;
        some = n > 0;
        moved |= some;
      }
      bytes.flip();
      if (bytes.hasRemaining()) to.write(bytes);
      boolean stuck = bytes.hasRemaining();
      bytes.compact();
      if (stuck || !some) return;
    }
  }

  /** True once anything has come. */
  boolean moved() {
    return moved;
  }

  /** True if nothing more comes, and all that came was passed on. */
  boolean over() {
    return ended && bytes.position() == 0;
  }

  /** What it wants of the socket that it reads. */
  int reading() {
    return !ended && bytes.hasRemaining() ? SelectionKey.OP_READ : 0;
  }

  /** What it wants of the socket that it writes. */
  int writing() {
    return bytes.position() > 0 ? SelectionKey.OP_WRITE : 0;
  }
}
