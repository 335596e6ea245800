package wsp.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Consumer;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.testing.Frames;

/** A client daemon that sends frames as it is told: the other end of a WebSocket, byte by byte. */
final class RawPeer implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  final Socket socket;
  private final DataInputStream in;
  private final Deque<Frame> early = new ArrayDeque<>();
  private final Random masks = new Random(11);

  /** Answer pings on the way, as anybody should. */
  volatile boolean polite = true;

  RawPeer(int port, int receiveBuffer) throws IOException {
    this(RawCaller.connected(port, receiveBuffer));
  }

  /** On a connection that there is, be it one of TLS. */
  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
  }

  /** A connection that has shaken hands and not greeted. */
  static RawPeer open(int port, String... fields) throws IOException {
    return open(port, 0, fields);
  }

  static RawPeer open(int port, int receiveBuffer, String... fields) throws IOException {
    return open(RawCaller.connected(port, receiveBuffer), fields);
  }

  static RawPeer open(Socket socket, String... fields) throws IOException {
    RawPeer peer = new RawPeer(socket);
    peer.raw(handshake(fields));
    String head = peer.head();
    if (!head.startsWith("HTTP/1.1 101 ")) throw new AssertionError(head);
    return peer;
  }

  static String handshake(String... fields) {
    StringBuilder s = new StringBuilder("GET /register HTTP/1.1\r\nHost: h\r\n");
    s.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    s.append("Sec-WebSocket-Key: VrZAGuvs6IJBf19265Kk3w==\r\n");
    for (String f : fields) s.append(f).append("\r\n");
    return s.append("\r\n").toString();
  }

  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) head.append((char) in.readUnsignedByte());
    return head.toString();
  }

  // ---- out

  RawPeer raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  RawPeer raw(String text) throws IOException {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] masked(boolean fin, int opcode, byte[] payload) {
    return Frames.masked(fin, opcode, payload, masks.nextInt());
  }

  RawPeer frame(boolean fin, int opcode, byte[] payload) throws IOException {
    return raw(masked(fin, opcode, payload));
  }

  RawPeer text(String text) throws IOException {
    return frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  RawPeer binary(byte[] bytes) throws IOException {
    return frame(true, BINARY, bytes);
  }

  RawPeer envelope(int status, long length, String... fields) throws IOException {
    return text(EnvelopeCodec.encode(new ResponseEnvelope(status, Headers.of(fields), length)));
  }

  /** A whole answer in one write. */
  RawPeer reply(int status, String body) throws IOException {
    return raw(answer(status, body));
  }

  byte[] answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ResponseEnvelope e = new ResponseEnvelope(status, Headers.EMPTY, bytes.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(masked(true, TEXT, EnvelopeCodec.encode(e).getBytes(StandardCharsets.UTF_8)));
    out.writeBytes(masked(true, BINARY, bytes));
    return out.toByteArray();
  }

  // ---- in

  /** One frame. */
  record Frame(boolean fin, int opcode, byte[] payload) {
    int closeCode() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }
  }

  /** True if frames have come that were not asked for yet. */
  boolean hasEarly() {
    return !early.isEmpty();
  }

  Frame next() throws IOException {
    return early.isEmpty() ? read() : early.remove();
  }

  /** Until the server has handled everything that was sent so far. */
  void awaitPong() throws IOException {
    frame(true, PING, new byte[0]);
    for (Frame f = read(); f.opcode != PONG; f = read()) early.add(f);
  }

  private Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if (second >= 0x80) throw new AssertionError("a server masks nothing");
    long length = second == 126 ? in.readUnsignedShort() : second == 127 ? in.readLong() : second;
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return new Frame(first >= 0x80, first & 15, payload);
  }

  /** The next frame that is no ping or pong; pings are answered. */
  Frame nextData() throws IOException {
    while (true) {
      Frame f = next();
      if (f.opcode == PING && polite) frame(true, PONG, f.payload);
      if (f.opcode < PING) return f;
    }
  }

  /** A request with its whole body. */
  record Request(RequestEnvelope envelope, byte[] body) {}

  Request request() throws IOException, EnvelopeException {
    RequestEnvelope envelope = requestHead();
    return new Request(envelope, body());
  }

  RequestEnvelope requestHead() throws IOException, EnvelopeException {
    Frame f = nextData();
    if (f.opcode != TEXT || !f.fin) throw new AssertionError("no request but " + f);
    return EnvelopeCodec.decodeRequest(new String(f.payload, StandardCharsets.UTF_8));
  }

  byte[] body() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (boolean first = true; ; first = false) {
      Frame f = nextData();
      if (f.opcode != (first ? BINARY : 0)) throw new AssertionError("no body but " + f.opcode);
      body.writeBytes(f.payload);
      if (f.fin) return body.toByteArray();
    }
  }

  /** The code it is closed with; 1006 if it is cut; passes over anything else. */
  int closedWith() {
    int code = 1006;
    try {
      while (true) {
        Frame f = next();
        if (f.opcode == CLOSE) code = f.closeCode();
      }
    } catch (EOFException e) {
      return code;
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("it is not closed", e);
    } catch (IOException e) {
      return code;
    }
  }

  /** What a peer does with each request, on a thread of its own. */
  interface Handler {
    void handle(Request request, RawPeer peer) throws Exception;
  }

  /** Serves requests until the connection ends. */
  RawPeer serve(Handler handler) {
    return onThread(
        p -> {
          try {
            while (true) handler.handle(request(), this);
          } catch (IOException e) {
            // The end of the connection is the end of the service.
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  RawPeer onThread(Consumer<RawPeer> work) {
    Thread t = new Thread(() -> work.accept(this), "peer");
    t.setDaemon(true);
    t.start();
    return this;
  }

  /** Goes with a reset, as a process that is killed may. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
