package wsp.origins;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A real origin in processes of its own, asked over one connection with many requests under way. It
 * says in each answer whom it takes the path for: {@code <<A>>} is {@code /admin}, {@code <<P>>}
 * {@code /pub/}, {@code <<O>>} anything else, and several of them if it has several views.
 */
final class Origin implements AutoCloseable {
  /** What became of a request. */
  record Answer(int status, String text) {
    boolean isAdmin() {
      return text.contains("<<A>>");
    }

    boolean isOutsideOfPub() {
      return isAdmin() || (status < 400 && text.contains("<<O>>"));
    }
  }

  private static final Answer NONE = new Answer(0, "");
  private static final int TIMEOUT_MILLIS = 60_000;

  /** The most requests under way; fewer where an origin has just closed the connection. */
  private static final int MAX_UNDER_WAY = 64;

  private final String name;
  private final List<Process> processes;
  private final int port;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();
  private int atOnce = 1;

  /** The last of the processes listens on that port; the others are behind it. */
  Origin(String name, List<Process> processes, int port) {
    this.name = name;
    this.processes = processes;
    this.port = port;
  }

  /**
   * Waits until it tells {@code /admin} from others; a proxy says no before what is behind is up.
   */
  void awaitReady() throws IOException {
    long end = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
    while (!ask(List.of("/admin/x")).get(0).isAdmin())
      if (System.nanoTime() > end) throw new IOException(name + " does not tell");
  }

  /** The answers to these, in order; none where the connection ended instead. */
  List<Answer> ask(List<String> targets) throws IOException {
    List<Answer> answers = new ArrayList<>();
    while (answers.size() < targets.size()) {
      int before = answers.size();
      int end = Math.min(before + atOnce, targets.size());
      boolean fresh = socket == null;
      try {
        if (socket == null) connect();
        send(targets.subList(before, end));
        while (answers.size() < end) answers.add(read());
        atOnce = Math.min(2 * atOnce, MAX_UNDER_WAY);
      } catch (EOFException | SocketException e) {
        disconnect();
        // An origin that closes a connection on which it was asked that alone has refused it.
        if (fresh && answers.size() == before && end == before + 1) answers.add(NONE);
        atOnce = Math.max(1, Math.min(atOnce / 2, 2 * (answers.size() - before)));
      }
    }
    return answers;
  }

  private void send(List<String> targets) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String target : targets)
      all.append("GET ").append(target).append(" HTTP/1.1\r\nHost: o\r\n\r\n");
    if (socket != null)
      socket.getOutputStream().write(all.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private Answer read() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0)
      head.append((char) octet());
    String fields = head.toString().toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(head.substring(9, 12));
    StringBuilder text = new StringBuilder(head);
    int length = fields.indexOf("content-length:");
    if (fields.contains("transfer-encoding: chunked")) readChunks(text);
    else if (length >= 0)
      readOctets(
          text,
          Integer.parseInt(fields.substring(length + 15, fields.indexOf('\r', length)).trim()));
    if (fields.contains("connection: close") && fields.startsWith("http/1.1")) disconnect();
    return new Answer(status, text.toString());
  }

  private void readChunks(StringBuilder text) throws IOException {
    int length;
    do {
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\r\n") < 0) line.append((char) octet());
      length = Integer.parseInt(line.toString().trim(), 16);
      readOctets(text, length + 2);
    } while (length > 0);
  }

  private void readOctets(StringBuilder text, int count) throws IOException {
    for (int i = 0; i < count; i++) text.append((char) octet());
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) throw new EOFException();
    return octet;
  }

  /** Waits for the process to listen; fails when it has ended. */
  private void connect() throws IOException {
    for (long end = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L; ; Thread.onSpinWait()) {
      Socket s = new Socket();
      try {
        s.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        s.setSoTimeout(TIMEOUT_MILLIS);
        s.setTcpNoDelay(true);
        socket = s;
        in = new BufferedInputStream(s.getInputStream(), 1 << 16);
        return;
      } catch (IOException e) {
        s.close();
        if (!processes.stream().allMatch(Process::isAlive) || System.nanoTime() > end)
          throw new IOException(name + " does not listen", e);
      }
    }
  }

  private void disconnect() throws IOException {
    if (socket != null) socket.close();
    socket = null;
  }

  @Override
  public void close() throws IOException {
    disconnect();
    for (Process process : processes) process.destroy();
    for (Process process : processes) process.onExit().join();
  }

  @Override
  public String toString() {
    return name;
  }
}
