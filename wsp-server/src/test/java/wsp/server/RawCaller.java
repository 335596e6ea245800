package wsp.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;

/** A caller that sends bytes as it is told and reads answers strictly. */
final class RawCaller implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  final Socket socket;
  private final InputStream in;

  RawCaller(int port) throws IOException {
    this(port, 0);
  }

  /**
   * @param receiveBuffer bytes of the socket's buffer, 0 for the usual
   */
  RawCaller(int port, int receiveBuffer) throws IOException {
    this(connected(port, receiveBuffer));
  }

  /** On a connection that there is, be it one of TLS. */
  RawCaller(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /**
   * From another address of this machine, as 127.0.0.2. It ends with a reset: thousands that waited
   * for their time after that would keep other tests from listening on that address.
   */
  static RawCaller from(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoLinger(true, 0);
    socket.bind(new InetSocketAddress(address, 0));
    return new RawCaller(connected(socket, port));
  }

  static Socket connected(int port, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
    return connected(socket, port);
  }

  private static Socket connected(Socket socket, int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
    return socket;
  }

  /**
   * An answer.
   *
   * @param complete false if the connection ended before the answer did
   */
  record Answer(int status, List<String> fields, byte[] body, boolean complete) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** What is compared of errors: what follows explains it. */
    String firstLine() {
      return text().lines().findFirst().orElse("");
    }

    /** Who failed, and in which way, without the words about it. */
    String proxyError() {
      return String.valueOf(field("Proxy-Status")).replaceFirst("(error=\\w+);.*", "$1");
    }

    List<String> all(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return fields.stream()
          .filter(f -> f.toLowerCase(Locale.ROOT).startsWith(start))
          .map(f -> f.substring(start.length()).strip())
          .toList();
    }

    String field(String name) {
      List<String> all = all(name);
      return all.isEmpty() ? null : String.join(" | ", all);
    }
  }

  /** True if something has come that was not read. */
  boolean hasHeard() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawCaller send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawCaller send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** A request through the tunnel, up to the end of its head. */
  RawCaller request(String method, String path, String... fields) throws IOException {
    return send(head(method, path, fields));
  }

  static String head(String method, String path, String... fields) {
    StringBuilder s = new StringBuilder(method).append(" /request HTTP/1.1\r\nHost: h\r\n");
    s.append("X-PROXY-DESTINATION: http://origin.test").append(path).append("\r\n");
    for (String f : fields) s.append(f).append("\r\n");
    return s.append("\r\n").toString();
  }

  Answer get(String path) throws IOException {
    return request("GET", path).answer("GET");
  }

  Answer answer() throws IOException {
    return answer("GET");
  }

  /** The next final answer, to a request of this method. */
  Answer answer(String method) throws IOException {
    Answer head = head();
    while (head.status == 100) head = head();
    return body(head, method);
  }

  /** A head alone, be it that of a 100. */
  Answer head() throws IOException {
    String line = line();
    Assertions.assertTrue(line.matches("HTTP/1\\.1 \\d{3} .*"), "a status line: " + line);
    List<String> fields = new ArrayList<>();
    for (String f = line(); !f.isEmpty(); f = line()) {
      Assertions.assertTrue(f.indexOf(':') > 0, "a field: " + f);
      fields.add(f);
    }
    return new Answer(Integer.parseInt(line.substring(9, 12)), fields, new byte[0], true);
  }

  private Answer body(Answer head, String method) throws IOException {
    Assertions.assertTrue(head.all("Content-Length").size() <= 1, "lengths: " + head.fields);
    if (method.equals("HEAD") || head.status == 204 || head.status == 304) return head;
    String length = head.field("Content-Length");
    boolean chunked = head.field("Transfer-Encoding") != null;
    Assertions.assertFalse(chunked && length != null, "length and chunks: " + head.fields);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean complete = true;
    try {
      if (chunked) chunks(body);
      else if (length != null) bytes(Long.parseLong(length), body);
      else in.transferTo(body);
    } catch (IOException e) {
      if (e instanceof java.net.SocketTimeoutException) throw e;
      complete = false;
    }
    return new Answer(head.status, head.fields, body.toByteArray(), complete);
  }

  /** What is left of an answer without length, after its head. */
  Answer answerBody() throws IOException {
    return body(new Answer(200, List.of(), new byte[0], true), "GET");
  }

  private void chunks(ByteArrayOutputStream to) throws IOException {
    for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) to.writeBytes(chunk);
  }

  /** One chunk of an answer; the last is empty. */
  byte[] chunk() throws IOException {
    int size = Integer.parseInt(line(), 16);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    bytes(size, data);
    Assertions.assertEquals("", line(), "the end of a chunk");
    return data.toByteArray();
  }

  private void bytes(long length, ByteArrayOutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) throw new IOException("ended " + left + " bytes early");
      to.write(buffer, 0, n);
      left -= n;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new IOException("ended in a line: " + line);
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    Assertions.assertTrue(text.endsWith("\r"), "CRLF ends a line: " + text);
    return text.substring(0, text.length() - 1);
  }

  /** One byte of the body, -1 at the end. */
  int read() throws IOException {
    return in.read();
  }

  /** True if nothing comes any more but the end of the connection. */
  boolean ended() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** True if there is something to be read now. */
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  /** Leaves with a reset, as a process that is killed with unread data does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
