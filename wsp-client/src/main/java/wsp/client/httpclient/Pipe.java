package wsp.client.httpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wsp.net.BufferPool;

/**
 * Bytes from one socket to another; what the second does not take holds the first up. The end of
 * the one is the end of the output of the other, which may still have something to say.
 */
final class Pipe {
  /** What is read at once. */
  static final int SIZE = 32 * 1024;

  private static final BufferPool POOL = new BufferPool();

  /** Bytes from the beginning of what is passed on by which it is known: of TLS, 32 are random. */
  static final int BEGINNING = 64;

  /** Reads in a row before other passages get their turn. */
  private static final int READS = 8;

  private final SocketChannel from;
  private final SocketChannel to;
  private final ByteBuffer scratch;
  private final ByteBuffer beginning = ByteBuffer.allocate(BEGINNING);
  private final boolean dropping;

  /** What the second has not taken; null for nothing. */
  private @Nullable ByteBuffer stuck;

  private boolean ended;
  private boolean deaf;
  private boolean told;

  /**
   * @param scratch of the thread, for what is passed on at once
   * @param first is sent before anything else
   * @param dropping whether what cannot be written any more is dropped, so that what has come the
   *     other way before is not lost with it
   */
  Pipe(SocketChannel from, SocketChannel to, ByteBuffer scratch, byte[] first, boolean dropping) {
    this.from = from;
    this.to = to;
    this.scratch = scratch;
    this.dropping = dropping;
    if (first.length > 0) stuck = ByteBuffer.wrap(first);
  }

  /** Passes on what can be, also new bytes, or what is here already; true if anything has come. */
  boolean pump(boolean reads) throws IOException {
    boolean moved = false;
    for (int i = 0; i < READS && writeStuck() && reads && !ended; i++) {
      int n = from.read(scratch.clear());
      ended = n < 0;
      if (n <= 0) break;
      moved = true;
      scratch.flip();
      if (beginning.hasRemaining()) note();
      write(scratch);
      if (scratch.hasRemaining()) stuck = POOL.take(scratch.remaining()).put(scratch).flip();
    }
    return moved;
  }

  /** True if nothing of what came before is here any more. */
  private boolean writeStuck() throws IOException {
    ByteBuffer rest = stuck;
    if (rest == null) return true;
    write(rest);
    if (rest.hasRemaining()) return false;
    stuck = null;
    POOL.give(rest);
    return true;
  }

  private void note() {
    int n = Math.min(scratch.remaining(), beginning.remaining());
    beginning.put(scratch.slice(0, n));
  }

  /** True if what came began with these. */
  boolean began(byte[] first) {
    return Arrays.equals(first, beginning.array());
  }

  byte[] beginning() {
    return beginning.array();
  }

  private void write(ByteBuffer bytes) throws IOException {
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
    return ended && stuck == null;
  }

  /** Nothing is passed on any more. */
  void drop() {
    ByteBuffer rest = stuck;
    stuck = null;
    if (rest != null) POOL.give(rest);
  }

  int reading() {
    return !ended && stuck == null ? SelectionKey.OP_READ : 0;
  }

  int writing() {
    return stuck != null ? SelectionKey.OP_WRITE : 0;
  }
}
