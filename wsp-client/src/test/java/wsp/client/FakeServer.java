package wsp.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import wsp.envelope.ResponseEnvelope;

/** A server on raw sockets whose every frame is the test's. */
final class FakeServer implements AutoCloseable {
  /** What happens to those who come to register. */
  enum Door {
    OPEN(""),
    WRONG_SECRET("HTTP/1.1 526 \r\nContent-Length: 0\r\n\r\n"),
    NOT_FOUND("HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n"),
    DRAINING("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n"),
    GARBAGE("hello\r\n\r\n"),
    SLAMMED("");

    private final String answer;

    Door(String answer) {
      this.answer = answer;
    }
  }

  static final int PATIENCE_MILLIS = 10_000;

  private final ServerSocket listener;
  private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
  final List<String> heads = new CopyOnWriteArrayList<>();
  final List<Peer> all = new CopyOnWriteArrayList<>();
  volatile Door door = Door.OPEN;

  /** The connections below TLS, which it has from now on if this is set. */
  final BlockingQueue<Socket> below = new LinkedBlockingQueue<>();

  volatile SSLContext tls;

  /** Lines that the answer to a handshake has besides the usual ones. */
  volatile String welcomeLines = "";

  /** What comes before that answer. */
  volatile String beforeWelcome = "";

  FakeServer() throws IOException {
    this(0);
  }

  FakeServer(int port) throws IOException {
    this(InetAddress.getLoopbackAddress(), port);
  }

  FakeServer(InetAddress address, int port) throws IOException {
    listener = new ServerSocket(port, 200, address);
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  String url() {
    return (tls == null ? "ws" : "wss") + "://127.0.0.1:" + port() + "/register";
  }

  static void start(Runnable body) {
    Thread t = new Thread(body, "test-peer");
    t.setDaemon(true);
    t.start();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        start(() -> register(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private Socket secured(Socket socket) throws IOException {
    SSLContext with = tls;
    if (with == null) return socket;
    below.add(socket);
    return with.getSocketFactory().createSocket(socket, null, true);
  }

  private void register(Socket accepted) {
    try {
      Socket socket = secured(accepted);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String head = head(in);
      heads.add(head);
      if (door != Door.OPEN) {
        socket.getOutputStream().write(door.answer.getBytes(StandardCharsets.ISO_8859_1));
        socket.close();
        return;
      }
      socket.getOutputStream().write(welcome(head).getBytes(StandardCharsets.ISO_8859_1));
      Peer peer = new Peer(socket, in);
      peer.greeting = peer.message().text();
      all.add(peer);
      peers.add(peer);
    } catch (IOException | NoSuchAlgorithmException e) {
      close(accepted);
    }
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readUnsignedByte());
    return head.toString();
  }

  private String welcome(String head) throws NoSuchAlgorithmException {
    String key = field(head, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    byte[] hash =
        MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.ISO_8859_1));
    return beforeWelcome
        + "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + Base64.getEncoder().encodeToString(hash)
        + "\r\n"
        + welcomeLines
        + "\r\n";
  }

  /** The value of a field, or null. */
  static String field(String head, String name) {
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        return line.substring(name.length() + 1).strip();
    }
    return null;
  }

  /** The next connection that has greeted. */
  Peer next() throws InterruptedException {
    Peer peer = peers.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (peer == null) throw new AssertionError("no connection came");
    return peer;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    all.forEach(p -> close(p.socket()));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** A frame or a whole message as it came. */
  record Received(int opcode, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    int closeCode() {
      return bytes.length < 2 ? 1005 : ByteBuffer.wrap(bytes).getShort();
    }
  }

  /** An answer. */
  record Answer(ResponseEnvelope head, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** What is compared of errors: what follows explains it. */
    String firstLine() {
      return text().lines().findFirst().orElse("");
    }

    /** Who failed, and in which way, without the words about it. */
    String proxyError() {
      String field = String.valueOf(head.headers().first("Proxy-Status"));
      return field.replaceFirst("(error=\\w+);.*", "$1");
    }
  }
}
