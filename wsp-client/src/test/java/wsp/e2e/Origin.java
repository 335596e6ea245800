package wsp.e2e;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP origin that does exactly what a test's script says, on a raw socket: a thread for each
 * connection.
 */
final class Origin implements AutoCloseable {
  /** What is done with a request; the connection goes on to the next one if it returns. */
  interface Script {
    void run(Request request) throws IOException;
  }

  private final ServerSocket listener;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Request> seen = new CopyOnWriteArrayList<>();

  Origin() throws IOException {
    listener = new ServerSocket(0, 2000, InetAddress.getLoopbackAddress());
    start("origin", this::accept);
  }

  /** Everything on a path that begins so; the longest one counts. */
  Origin on(String path, Script script) {
    scripts.put(path, script);
    return this;
  }

  String url(String target) {
    return "http://127.0.0.1:" + listener.getLocalPort() + target;
  }

  /** The requests so far whose target contains this. */
  List<Request> seen(String part) {
    return seen.stream().filter(r -> r.target.contains(part)).toList();
  }

  /** As if it had seen nothing yet. */
  void forget() {
    seen.clear();
  }

  private static void start(String name, Runnable body) {
    Thread t = new Thread(body, name);
    t.setDaemon(true);
    t.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket s = listener.accept();
        s.setTcpNoDelay(true);
        start("origin-connection", () -> serve(s));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket socket) {
    Request request = null;
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      while (true) {
        request = Request.read(socket, in);
        seen.add(request);
        script(request.target).run(request);
      }
    } catch (IOException e) {
      // The other end is gone, which is what many scripts wait for; it is seen in the request.
      if (request != null) request.gone = true;
    }
  }

  private Script script(String target) {
    String best = "";
    for (String path : scripts.keySet()) {
      if (target.startsWith(path) && path.length() > best.length()) best = path;
    }
    return scripts.getOrDefault(best, r -> r.reply(404, "no script"));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** A request as it arrived. */
  static final class Request {
    final String method;
    final String target;
    final List<String> headerLines;
    final Socket socket;
    final InputStream in;
    final OutputStream out;
    volatile boolean gone;
    volatile boolean bodyComplete;
    volatile long bodyBytes;

    private Request(Socket socket, InputStream in, String line, List<String> headerLines)
        throws IOException {
      String[] parts = line.split(" ", -1);
      this.method = parts[0];
      this.target = parts[1];
      this.headerLines = headerLines;
      this.socket = socket;
      this.in = in;
      this.out = socket.getOutputStream();
    }

    static Request read(Socket socket, InputStream in) throws IOException {
      String line = line(in);
      List<String> headers = new ArrayList<>();
      for (String h = line(in); !h.isEmpty(); h = line(in)) headers.add(h);
      return new Request(socket, in, line, headers);
    }

    /** The values of a field, in order. */
    List<String> header(String name) {
      return headerLines.stream()
          .filter(h -> h.substring(0, h.indexOf(':')).equalsIgnoreCase(name))
          .map(h -> h.substring(h.indexOf(':') + 1).strip())
          .toList();
    }

    /** Where pieces of the body go. */
    interface Sink {
      void take(byte[] bytes, int length) throws IOException;
    }

    /** Reads the body as it comes. */
    void body(Sink sink) throws IOException {
      if (header("Transfer-Encoding").contains("chunked")) {
        for (long n = chunk(); n > 0; n = chunk()) {
          copy(n, sink);
          line(in);
        }
        line(in);
      } else if (!header("Content-Length").isEmpty()) {
        copy(Long.parseLong(header("Content-Length").get(0)), sink);
      }
      bodyComplete = true;
    }

    private long chunk() throws IOException {
      return Long.parseLong(line(in).split(";", 2)[0], 16);
    }

    private void copy(long length, Sink sink) throws IOException {
      byte[] buffer = new byte[1 << 16];
      for (long left = length; left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) throw new EOFException("the body was cut");
        left -= n;
        bodyBytes += n;
        sink.take(buffer, n);
      }
    }

    /** Reads the body and answers. */
    void reply(int status, String text, String... headers) throws IOException {
      if (!bodyComplete) body((b, n) -> {});
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      send(
          "HTTP/1.1 "
              + status
              + " X\r\nContent-Length: "
              + bytes.length
              + "\r\n"
              + lines(headers)
              + "\r\n");
      if (!method.equals("HEAD")) out.write(bytes);
    }

    private static String lines(String... headers) {
      StringBuilder s = new StringBuilder();
      for (String h : headers) s.append(h).append("\r\n");
      return s.toString();
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void sendChunk(byte[] bytes, int length) throws IOException {
      byte[] head = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      byte[] all = new byte[head.length + length + 2];
      System.arraycopy(head, 0, all, 0, head.length);
      System.arraycopy(bytes, 0, all, head.length, length);
      all[all.length - 2] = '\r';
      all[all.length - 1] = '\n';
      out.write(all);
    }

    void sendChunk(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sendChunk(bytes, bytes.length);
    }

    /** Blocks until the other end closes. */
    void awaitGone() throws IOException {
      while (in.read() >= 0) {}
      throw new EOFException("closed by the other end");
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      throw new EOFException("reset by script");
    }

    /** Ends the connection. */
    void cut() throws IOException {
      throw new EOFException("cut by script");
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder s = new StringBuilder();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) throw new EOFException("closed");
        if (b != '\r') s.append((char) b);
      }
      return s.toString();
    }
  }
}
