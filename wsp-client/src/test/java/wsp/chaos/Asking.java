package wsp.chaos;

import java.io.IOException;

/** How a caller sends its requests. Immutable. */
final class Asking {
  private static final String DEAD = "http://127.0.0.1:1";
  private static final int PIECE = 1 << 14;

  private final FaultyOrigin origin;

  Asking(FaultyOrigin origin) {
    this.origin = origin;
  }

  /** Sends a request; false if it was not taken to its end, which an answer may explain. */
  boolean send(HttpSocket s, Task task) throws IOException {
    boolean chunked = task.id() % 2 == 0;
    if (task.kind() == Kind.POST_CHUNKED) chunked = true;
    if (task.kind() == Kind.POST_LENGTH) chunked = false;
    String head = task.kind().isRaw() ? opening(task) : head(task, chunked);
    int up = task.kind().isRaw() ? 0 : task.up();
    int upTo = task.kind() == Kind.CALLER_CUTS_UPLOAD ? up / 2 : up;
    try {
      if (up == 0) {
        s.write(head);
      } else if (!chunked && upTo < PIECE) {
        s.write(head, Payload.of(task.id(), upTo));
      } else {
        s.write(head);
        pieces(s, task.id(), chunked, upTo);
        if (chunked && upTo == up) s.write("0\r\n\r\n");
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String head(Task task, boolean chunked) {
    String method = task.kind() == Kind.HEAD ? "HEAD" : task.kind().hasUpload() ? "POST" : "GET";
    String to = task.kind() == Kind.REFUSED ? DEAD + task.target() : origin.url(task.target());
    String framing =
        task.up() == 0
            ? ""
            : chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + task.up() + "\r\n";
    return method
        + " /request HTTP/1.1\r\nHost: wsp.test\r\nX-PROXY-DESTINATION: "
        + to
        + "\r\n"
        + framing
        + "\r\n";
  }

  /** What asks for bytes both ways. */
  private String opening(Task task) {
    String to = origin.url("").substring("http://".length());
    if (task.kind() != Kind.UPGRADE)
      return "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n\r\n";
    return "GET /request HTTP/1.1\r\n"
        + "Host: wsp.test\r\n"
        + "Connection: Upgrade\r\n"
        + "Upgrade: websocket\r\n"
        + "X-PROXY-DESTINATION: "
        + origin.url(task.target())
        + "\r\n\r\n";
  }

  /** Asks the origin itself, inside a tunnel. */
  static void sendInside(HttpSocket s, Task task) throws IOException {
    s.write("GET " + task.target() + " HTTP/1.1\r\nHost: origin.test\r\n\r\n");
  }

  private static void pieces(HttpSocket s, long id, boolean chunked, int upTo) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int at = 0; at < upTo; at += PIECE) {
      int n = Math.min(PIECE, upTo - at);
      Payload.fill(id, at, piece, 0, n);
      if (chunked) s.chunk(piece, n);
      else s.write(piece, n);
    }
  }
}
