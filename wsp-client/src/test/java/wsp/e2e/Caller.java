package wsp.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A caller on a raw socket, which can tell how an answer ended. */
final class Caller implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  final Socket socket;
  final InputStream in;
  final OutputStream out;

  Caller(int port) throws IOException {
    this(InetAddress.getLoopbackAddress(), port);
  }

  Caller(InetAddress address, int port) throws IOException {
    this(new Socket(address, port));
  }

  /** Over a connection that is open. */
  Caller(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
  }

  /** One request on a connection of its own, and its whole answer. */
  static Answer call(int port, String method, String destination, byte[] body, String... headers)
      throws IOException {
    try (Caller c = new Caller(port)) {
      List<String> all = new ArrayList<>(List.of(headers));
      if (body != null) all.add("Content-Length: " + body.length);
      c.head(method, destination, all.toArray(String[]::new));
      if (body != null) c.out.write(body);
      return c.answer(method);
    }
  }

  static Answer get(int port, String destination, String... headers) throws IOException {
    return call(port, "GET", destination, null, headers);
  }

  void head(String method, String destination, String... headers) throws IOException {
    StringBuilder s = new StringBuilder(method + " /request HTTP/1.1\r\nHost: wsp.test\r\n");
    if (destination != null) s.append("X-PROXY-DESTINATION: ").append(destination).append("\r\n");
    for (String h : headers) s.append(h).append("\r\n");
    send(s + "\r\n");
  }

  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  void chunk(byte[] bytes, int length) throws IOException {
    send(Integer.toHexString(length) + "\r\n");
    out.write(bytes, 0, length);
    send("\r\n");
  }

  Answer answer(String method) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Answer a = answerHead();
    a.complete = readBody(method, a, (b, n) -> body.write(b, 0, n));
    a.body = body.toByteArray();
    return a;
  }

  /** Where pieces of a body go. */
  interface Sink {
    void take(byte[] bytes, int length) throws IOException;
  }

  /** A status line and fields, past any 1xx but 101. */
  Answer answerHead() throws IOException {
    Answer a;
    do {
      a = new Answer();
      a.status = Integer.parseInt(line().split(" ", 3)[1]);
      for (String h = line(); !h.isEmpty(); h = line()) a.headerLines.add(h);
    } while (a.status < 200 && a.status != 101);
    return a;
  }

  /** Reads what the framing promises; false if it breaks off before. */
  boolean readBody(String method, Answer a, Sink sink) throws IOException {
    try {
      if (method.equals("HEAD") || a.status == 204 || a.status == 304) return true;
      if (a.header("Transfer-Encoding").contains("chunked")) {
        for (long n = Long.parseLong(line(), 16); n > 0; n = Long.parseLong(line(), 16)) {
          copy(n, sink);
          if (!line().isEmpty()) throw new AssertionError("a chunk does not end with CRLF");
        }
        return line().isEmpty();
      }
      copy(Long.parseLong(a.header("Content-Length").get(0)), sink);
      return true;
    } catch (EOFException | java.net.SocketException e) {
      return false;
    }
  }

  private void copy(long length, Sink sink) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) throw new EOFException("cut");
      left -= n;
      sink.take(buffer, n);
    }
  }

  private String line() throws IOException {
    StringBuilder s = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new EOFException("closed");
      if (b != '\r') s.append((char) b);
    }
    return s.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** An answer; {@link #complete} tells whether it ended as its framing promised. */
  static final class Answer {
    int status;
    final List<String> headerLines = new ArrayList<>();
    byte[] body = {};
    boolean complete;

    List<String> header(String name) {
      return headerLines.stream()
          .filter(h -> h.substring(0, h.indexOf(':')).equalsIgnoreCase(name))
          .map(h -> h.substring(h.indexOf(':') + 1).strip())
          .toList();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return status + (complete ? " " : " (cut) ") + text();
    }
  }
}
