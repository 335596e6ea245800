package wsp.e2e;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The other end of a WebSocket of one of the daemons, which sends what a test likes. */
final class WebSocketPeer implements AutoCloseable {
  static final int TEXT = 0x81;
  static final int BINARY_BEGINS = 0x02;
  static final int CONTINUED = 0x00;
  static final int CLOSE = 0x88;
  static final int PING = 0x89;
  private static final int FIN = 0x80;

  final OutputStream out;
  private final TestTls.Link link;
  private final DataInputStream in;
  private final boolean masks;

  /** The head of the request for it; empty at a client. */
  String asked = "";

  private WebSocketPeer(TestTls.Link link, boolean masks) throws IOException {
    this.link = link;
    Socket socket = link.socket();
    this.masks = masks;
    out = socket.getOutputStream();
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** A client, registered. */
  static WebSocketPeer client(Socket socket, String id) throws IOException {
    WebSocketPeer peer = new WebSocketPeer(new TestTls.Link(socket, () -> {}), true);
    peer.send(
        "GET /register HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + "X-SECRET-KEY: \r\n\r\n");
    String head = peer.head();
    if (!head.startsWith("HTTP/1.1 101")) throw new IOException(head);
    peer.frame(TEXT, id + "_1");
    return peer;
  }

  /** A server, to which a client has just greeted. */
  static WebSocketPeer server(Socket socket) throws IOException {
    return server(new TestTls.Link(socket, () -> {}));
  }

  /** The same over TLS. */
  static WebSocketPeer server(TestTls.Link link) throws IOException {
    WebSocketPeer peer = new WebSocketPeer(link, false);
    peer.asked = peer.head();
    String key = peer.asked.replaceAll("(?is).*sec-websocket-key: *([^\r]*).*", "$1");
    peer.send(
        "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n");
    peer.message();
    return peer;
  }

  private static String accept(String key) {
    byte[] all = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(all));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String head() throws IOException {
    StringBuilder s = new StringBuilder();
    while (s.indexOf("\r\n\r\n") < 0) s.append((char) in.readUnsignedByte());
    return s.toString();
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  void frame(int first, String payload) throws IOException {
    out.write(bytes(first, payload.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A frame; the mask of a client is 0. */
  byte[] bytes(int first, byte[] payload) {
    ByteBuffer b = ByteBuffer.allocate(8 + payload.length);
    int bit = masks ? 0x80 : 0;
    b.put((byte) first);
    if (payload.length < 126) b.put((byte) (bit | payload.length));
    else b.put((byte) (bit | 126)).putShort((short) payload.length);
    if (masks) b.putInt(0);
    b.put(payload).flip();
    byte[] all = new byte[b.remaining()];
    b.get(all);
    return all;
  }

  /** From now on records of TLS leave when there are many. */
  void gather() {
    link.gather().run();
  }

  /** Takes all that comes. */
  void drain() throws IOException {
    byte[] any = new byte[1 << 12];
    while (in.read(any) >= 0) {}
  }

  /** Takes a message, whatever is in it. */
  void message() throws IOException {
    for (int first = 8; (first & FIN) == 0 || (first & 0x0f) >= 8; ) first = takeFrame();
  }

  /** Takes all up to the frame with which the other end closes it. */
  void awaitClose() throws IOException {
    while (takeFrame() != CLOSE) {}
  }

  private int takeFrame() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    if (length == 126) length = in.readUnsignedShort();
    else if (length == 127) length = in.readLong();
    in.skipNBytes(length + ((second & 0x80) == 0 ? 0 : 4));
    return first;
  }

  @Override
  public void close() throws IOException {
    link.socket().close();
  }
}
