package wsp.client.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.Lock;
import javax.net.ssl.SSLEngineResult.Status;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
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
final class LastingSession implements IOSession, Farewells.Leaving {
  private static final Logger LOG = LoggerFactory.getLogger(LastingSession.class);

  /** Bytes of the header of a record of TLS (RFC 8446 §5.1). */
  private static final int HEADER = 5;

  private final IOSession tcp;
  private volatile IOEventHandler user;
  private volatile boolean broken;
  private volatile long written;
  private long read;

  /** Bytes of the last record's header that have come; the last two are its length. */
  private int header;

  private int length;

  LastingSession(IOSession tcp) {
    this.tcp = tcp;
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
    int n = tcp.read(to);
    if (n > 0) {
      read += n;
      follow(to.duplicate().flip().position(from));
    }
    return n;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time writes.
  public int write(ByteBuffer from) {
    if (!broken) {
      try {
        int n = tcp.write(from);
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
  @Override
  public long written() {
    return written;
  }

  @Override
  public void leave() {
    tcp.close(CloseMode.GRACEFUL);
  }

  long bytesRead() {
    return read;
  }

  private void follow(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (header < HEADER) {
        length = ((length << 8) | (bytes.get() & 0xff)) & 0xffff;
        header++;
      } else {
        int n = Math.min(length, bytes.remaining());
        bytes.position(bytes.position() + n);
        length -= n;
      }
      if (header == HEADER && length == 0) header = 0;
    }
  }

  /** True if the last record that has come is whole. */
  boolean betweenRecords() {
    return header == 0;
  }

  // -- the rest is that of the TCP connection

  @Override
  public Lock getLock() {
    return tcp.getLock();
  }

  @Override
  public void enqueue(Command command, Command.Priority priority) {
    tcp.enqueue(command, priority);
  }

  @Override
  public boolean hasCommands() {
    return tcp.hasCommands();
  }

  @Override
  public Command poll() {
    return tcp.poll();
  }

  @Override
  public ByteChannel channel() {
    return tcp.channel();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return tcp.getRemoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return tcp.getLocalAddress();
  }

  @Override
  public int getEventMask() {
    return tcp.getEventMask();
  }

  @Override
  public void setEventMask(int events) {
    tcp.setEventMask(events);
  }

  @Override
  public void setEvent(int event) {
    tcp.setEvent(event);
  }

  @Override
  public void clearEvent(int event) {
    tcp.clearEvent(event);
  }

  @Override
  public void close() {
    tcp.close();
  }

  @Override
  public void close(CloseMode how) {
    tcp.close(how);
  }

  @Override
  public Status getStatus() {
    return tcp.getStatus();
  }

  @Override
  public boolean isOpen() {
    return tcp.isOpen();
  }

  @Override
  public Timeout getSocketTimeout() {
    return tcp.getSocketTimeout();
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    tcp.setSocketTimeout(timeout);
  }

  @Override
  public long getLastReadTime() {
    return tcp.getLastReadTime();
  }

  @Override
  public long getLastWriteTime() {
    return tcp.getLastWriteTime();
  }

  @Override
  public long getLastEventTime() {
    return tcp.getLastEventTime();
  }

  @Override
  public void updateReadTime() {
    tcp.updateReadTime();
  }

  @Override
  public void updateWriteTime() {
    tcp.updateWriteTime();
  }

  @Override
  public String getId() {
    return tcp.getId();
  }

  @Override
  public String toString() {
    return tcp.toString();
  }
}
