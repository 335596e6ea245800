package wsp.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin on raw sockets that does with a request what its path names. */
final class ScriptedOrigin implements AutoCloseable {
  /** What origins do in the way of answers; served at its name in lower case. */
  enum Bad {
    CLOSE_BEFORE_HEAD("", false),
    RESET_BEFORE_HEAD("", true),
    HALF_A_HEAD("HTTP/1.1 200 OK\r\nContent-", false),
    GARBAGE("BLAH BLAH\r\n\r\n", false),
    ODD_STATUS_TEXT("HTTP/1.1 abc OK\r\n\r\n", false),
    STATUS_TOO_LOW("HTTP/1.1 42 OK\r\n\r\n", false),
    SWITCHING("HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n", false),
    TWO_LENGTHS("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", false),
    CONTROL_IN_A_FIELD("HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 0\r\n\r\n", false),
    ZIPPED_TRANSFER("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", false),
    ONE_HUGE_FIELD("HTTP/1.1 200 OK\r\nX: " + "q".repeat(2_000_000) + "\r\n\r\n", false),
    MANY_FIELDS("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000) + "\r\n", false);

    final String answer;
    final boolean reset;

    Bad(String answer, boolean reset) {
      this.answer = answer;
      this.reset = reset;
    }

    String path() {
      return "/" + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Bodies that break off after their head; served at its name in lower case. */
  enum Cut {
    LENGTH("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", false),
    LENGTH_RESET("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", true),
    CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nshort", false),
    NO_LAST_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n", false),
    CHUNK_RESET("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n", true),
    BAD_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nXX\r\n", false),
    TO_THE_END_RESET("HTTP/1.1 200 OK\r\n\r\nshort", true);

    final String answer;
    final boolean reset;

    Cut(String answer, boolean reset) {
      this.answer = answer;
      this.reset = reset;
    }

    String path() {
      return "/cut/" + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What is done with a request; if it returns, the connection goes on to the next one. */
  interface Script {
    void run(Request request) throws IOException;
  }

  private final ServerSocket listener;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  final List<Request> seen = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  ScriptedOrigin() throws IOException {
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    for (Bad bad : Bad.values()) {
      on(
          bad.path(),
          r -> {
            r.body();
            r.answerAndEnd(bad.answer, bad.reset);
          });
    }
    for (Cut cut : Cut.values()) {
      on(
          cut.path(),
          r -> {
            r.write(cut.answer);
            r.proceed.acquireUninterruptibly();
            r.answerAndEnd("", cut.reset);
          });
    }
    on("/ok", r -> r.reply("200 OK", r.body()));
    FakeServer.start(this::accept);
  }

  ScriptedOrigin on(String path, Script script) {
    scripts.put(path, script);
    return this;
  }

  String url(String target) {
    return "http://127.0.0.1:" + listener.getLocalPort() + target;
  }

  /** The last request with this path, or null. */
  Request last(String path) {
    Request last = null;
    for (Request r : seen) if (r.path().equals(path)) last = r;
    return last;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        FakeServer.start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    Request request = null;
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      while (true) {
        request = new Request(socket, in);
        seen.add(request);
        scripts.getOrDefault(request.path(), r -> r.reply("404 Not Found", "")).run(request);
      }
    } catch (IOException e) {
      if (request != null) request.gone = true;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** A request as it came. */
  static final class Request {
    final Socket socket;
    final InputStream in;
    final OutputStream out;
    final String head;
    final java.util.concurrent.Semaphore proceed = new java.util.concurrent.Semaphore(0);
    volatile boolean gone;
    volatile boolean whole;
    volatile long bodyBytes;

    Request(Socket socket, InputStream in) throws IOException {
      this.socket = socket;
      this.in = in;
      this.out = socket.getOutputStream();
      StringBuilder lines = new StringBuilder();
      while (lines.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) throw new EOFException();
        lines.append((char) b);
      }
      head = lines.toString();
    }

    String path() {
      return head.split(" ", 3)[1].split("\\?", 2)[0];
    }

    String field(String name) {
      return FakeServer.field(head, name);
    }

    void write(String latin1) throws IOException {
      out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void chunk(byte[] bytes, int length) throws IOException {
      write(Integer.toHexString(length) + "\r\n");
      out.write(bytes, 0, length);
      write("\r\n");
    }

    void reply(String status, String body) throws IOException {
      write("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    void answerAndEnd(String answer, boolean reset) throws IOException {
      write(answer);
      if (reset) socket.setSoLinger(true, 0);
      throw new EOFException("the script ends here");
    }

    /** Reads the whole body. */
    String body() throws IOException {
      StringBuilder body = new StringBuilder();
      body((bytes, n) -> body.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1)));
      return body.toString();
    }

    /** Takes a piece of the body. */
    interface Pieces {
      void take(byte[] bytes, int length) throws IOException;
    }

    void body(Pieces pieces) throws IOException {
      String length = field("Content-Length");
      if (field("Transfer-Encoding") == null) {
        pieces(length == null ? 0 : Long.parseLong(length), pieces);
      } else {
        while (true) {
          long size = Long.parseLong(line(), 16);
          pieces(size, pieces);
          if (!line().isEmpty()) throw new IOException("no line end after a chunk");
          if (size == 0) break;
        }
      }
      whole = true;
    }

    private void pieces(long length, Pieces pieces) throws IOException {
      byte[] piece = new byte[1 << 16];
      for (long left = length; left > 0; ) {
        int n = in.read(piece, 0, (int) Math.min(piece.length, left));
        if (n < 0) throw new EOFException();
        bodyBytes += n;
        left -= n;
        pieces.take(piece, n);
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) throw new EOFException();
        if (b != '\r') line.append((char) b);
      }
      return line.toString();
    }

    /** Waits until the client closes the connection, reading nothing else. */
    void awaitGone() throws IOException {
      while (in.read() >= 0) bodyBytes++;
      throw new EOFException();
    }
  }
}
