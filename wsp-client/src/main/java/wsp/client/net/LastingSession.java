package wsp.client.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP connection below TLS, which can be read to its end although nothing can be written any
 * more: the other end may have answered before it closed, and HttpCore's layer gives a connection
 * up with the first write that fails. What cannot be written is dropped; the end is there to be
 * read at once, behind what has arrived.
 *
 * <p>Reading is for the I/O thread, writing for one thread at a time.
 */
final class LastingSession extends SessionView {
  private static final Logger LOG = LoggerFactory.getLogger(LastingSession.class);

  private final Records records = new Records();
  private volatile IOEventHandler user;
  private volatile boolean broken;
  private volatile long written;
  private long read;

  LastingSession(IOSession tcp) {
    super(tcp);
    this.user = tcp.getHandler();
  }

  /** Who uses TLS; the handler of the TCP connection is TLS itself. */
  @Override
  public IOEventHandler getHandler() {
    return user;
  }

  @Override
  public void upgrade(IOEventHandler handler) {
    user = handler;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int from = to.position();
    int n = super.read(to);
    if (n > 0) {
      read += n;
      records.received(to.duplicate().flip().position(from));
    }
    return n;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time writes.
  public int write(ByteBuffer from) {
    if (!broken) {
      try {
        int n = super.write(from);
        written += Math.max(0, n);
        return n;
      } catch (IOException e) {
        LOG.debug("cannot write to {} any more, reading on: {}", getRemoteAddress(), e.toString());
        broken = true;
      }
    }
    int dropped = from.remaining();
    from.position(from.limit());
    return dropped;
  }

  /** True once something could not be written. */
  boolean broken() {
    return broken;
  }

  /** How many bytes the socket has taken. */
  long written() {
    return written;
  }

  /** How many bytes have come. */
  long bytesRead() {
    return read;
  }

  /** True if what has come ends with a whole record. */
  boolean betweenRecords() {
    return records.between();
  }
}
