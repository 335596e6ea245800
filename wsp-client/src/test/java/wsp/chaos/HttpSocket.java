package wsp.chaos;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * HTTP/1.1 on a blocking socket, for either end: just what is needed, and strict. For one thread.
 */
final class HttpSocket implements Closeable {
  /** What comes is not HTTP. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  /** Where pieces of a body go. */
  interface Sink {
    void take(byte[] bytes, int from, int n) throws IOException;
  }

  private static final int MAX_HEAD = 1 << 14;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 15];
  private int from;
  private int to;

  HttpSocket(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  static HttpSocket connect(int port) throws IOException {
    return new HttpSocket(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  // -- out

  void write(byte[] bytes, int n) throws IOException {
    out.write(bytes, 0, n);
  }

  void write(String latin1) throws IOException {
    out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A head and what follows, in one write. */
  void write(String latin1, byte[] bytes) throws IOException {
    byte[] all = new byte[latin1.length() + bytes.length];
    System.arraycopy(latin1.getBytes(StandardCharsets.ISO_8859_1), 0, all, 0, latin1.length());
    System.arraycopy(bytes, 0, all, latin1.length(), bytes.length);
    out.write(all);
  }

  void chunk(byte[] bytes, int n) throws IOException {
    byte[] head = (Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + n + 2];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(bytes, 0, all, head.length, n);
    all[all.length - 2] = '\r';
    all[all.length - 1] = '\n';
    out.write(all);
  }

  /** Closes this half. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  // -- in

  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
    } else if (to == buffer.length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    int n = in.read(buffer, to, buffer.length - to);
    if (n > 0) to += n;
    return n > 0;
  }

  /** The next head, or null where the other end has closed before it. */
  Head head() throws IOException {
    for (int scanned = 0; ; ) {
      for (int i = from + scanned; i + 3 < to; i++) {
        if (buffer[i] == '\r'
            && buffer[i + 1] == '\n'
            && buffer[i + 2] == '\r'
            && buffer[i + 3] == '\n') {
          String text = new String(buffer, from, i + 2 - from, StandardCharsets.ISO_8859_1);
          from = i + 4;
          return new Head(text);
        }
      }
      scanned = Math.max(0, to - from - 3);
      if (to - from > MAX_HEAD) throw new MalformedException("a head of more than " + MAX_HEAD);
      boolean any = to > from;
      if (!fill()) {
        if (any) throw new EOFException("closed in the middle of a head");
        return null;
      }
    }
  }

  /**
   * Reads a body as framed; without framing it goes on to the end of the connection, or is none.
   */
  void body(Head head, boolean toTheEnd, Sink sink) throws IOException {
    String length = head.field("Content-Length");
    if (!length.isEmpty()) copy(Long.parseLong(length), sink);
    else if (head.field("Transfer-Encoding").equals("chunked")) chunks(sink);
    else if (toTheEnd) {
      while (to > from || fill()) copy(to - from, sink);
    }
  }

  private void chunks(Sink sink) throws IOException {
    for (long n = size(); n > 0; n = size()) {
      copy(n, sink);
      if (!line().isEmpty()) throw new MalformedException("no line end after a chunk");
    }
    if (!line().isEmpty()) throw new MalformedException("no line end after the last chunk");
  }

  private long size() throws IOException {
    String line = line();
    try {
      return Long.parseLong(line, 16);
    } catch (NumberFormatException e) {
      throw new MalformedException("a chunk's size is " + line);
    }
  }

  private void copy(long length, Sink sink) throws IOException {
    for (long left = length; left > 0; ) {
      if (to == from && !fill()) throw new EOFException("cut");
      int n = (int) Math.min(left, to - from);
      sink.take(buffer, from, n);
      from += n;
      left -= n;
    }
  }

  private String line() throws IOException {
    StringBuilder s = new StringBuilder();
    while (true) {
      if (to == from && !fill()) throw new EOFException("cut");
      int b = buffer[from++];
      if (b == '\n') return s.toString();
      if (b != '\r') s.append((char) b);
      if (s.length() > 100) throw new MalformedException("a line between chunks: " + s);
    }
  }

  /** Whether the other end has closed it, while nothing was awaited from it. */
  boolean stale() {
    try {
      socket.setSoTimeout(1);
      return !fill();
    } catch (SocketTimeoutException e) {
      return !endless();
    } catch (IOException e) {
      return true;
    }
  }

  private boolean endless() {
    try {
      socket.setSoTimeout(0);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns when the other end is gone. */
  void awaitGone() throws IOException {
    from = to;
    while (in.read() >= 0) {}
  }

  /** Ends it with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
