package wsp.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/** A client daemon of version 2 of the wire that sends frames as it is told. */
final class LinkPeer implements AutoCloseable {
  static final int REQUEST = 1;
  static final int RESPONSE = 2;
  static final int DATA = 3;
  static final int TRAILERS = 4;
  static final int CREDIT = 5;
  static final int RESET = 6;
  static final int DRAIN = 7;
  static final int END = 0x80;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  final RawPeer raw;

  /** The server's answer to the handshake. */
  final String answer;

  private LinkPeer(RawPeer raw, String answer) {
    this.raw = raw;
    this.answer = answer;
  }

  /** One that has greeted. */
  static LinkPeer open(RunningServer server, String... fields) throws IOException {
    return as("raw" + NUMBER.incrementAndGet(), server, fields);
  }

  /** The same with an id. */
  static LinkPeer as(String id, RunningServer server, String... fields) throws IOException {
    RawPeer raw = server.kept(new RawPeer(server.port(), 0));
    String[] all = new String[fields.length + 1];
    all[0] = "Sec-WebSocket-Protocol: wsp.2";
    System.arraycopy(fields, 0, all, 1, fields.length);
    raw.raw(RawPeer.handshake(all));
    String head = raw.head();
    if (!head.startsWith("HTTP/1.1 101 ")) throw new AssertionError(head);
    LinkPeer peer = new LinkPeer(raw, head);
    raw.text(id + "_5");
    raw.awaitPong();
    return peer;
  }

  /** A client that begins a head, beyond the half of the memory that one may have. */
  static RawCaller.Answer beginsLongHead(RunningServer server) throws IOException {
    LinkPeer peer = as("client", server);
    RawCaller caller = server.caller().request("GET", "/");
    byte[] begun = frame(RESPONSE, peer.request().id(), new byte[40_000]);
    peer.raw.frame(false, RawPeer.BINARY, begun);
    return caller.answer();
  }

  // ---- out

  static byte[] frame(int type, int id, byte... payload) {
    return ByteBuffer.allocate(5 + payload.length).put((byte) type).putInt(id).put(payload).array();
  }

  LinkPeer send(int type, int id, byte... payload) throws IOException {
    raw.binary(frame(type, id, payload));
    return this;
  }

  LinkPeer send(int type, int id, String payload) throws IOException {
    return send(type, id, payload.getBytes(StandardCharsets.UTF_8));
  }

  LinkPeer number(int type, int id, int number) throws IOException {
    return send(type, id, ByteBuffer.allocate(4).putInt(number).array());
  }

  /** A head that a body follows. */
  LinkPeer head(int id, int status, long length, String... fields) throws IOException {
    ResponseEnvelope e = new ResponseEnvelope(status, Headers.of(fields), length);
    return send(RESPONSE, id, EnvelopeCodec.encode(e));
  }

  LinkPeer reply(int id, String body) throws IOException {
    return head(id, 200, body.length()).send(DATA | END, id, body);
  }

  LinkPeer reset(int id, int reason, String words) throws IOException {
    byte[] text = words.getBytes(StandardCharsets.UTF_8);
    return send(
        RESET, id, ByteBuffer.allocate(1 + text.length).put((byte) reason).put(text).array());
  }

  // ---- in

  /** A frame that has come. */
  record Frame(int type, boolean end, int id, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int number() {
      return ByteBuffer.wrap(payload).getInt();
    }
  }

  /** A frame that came before the pong that was awaited; null if there is none left. */
  Frame early() throws IOException {
    return raw.hasEarly() ? next() : null;
  }

  Frame next() throws IOException {
    RawPeer.Frame f = raw.nextData();
    if (f.opcode() != RawPeer.BINARY || !f.fin()) throw new AssertionError("no frame but " + f);
    ByteBuffer b = ByteBuffer.wrap(f.payload());
    int type = b.get() & 0xff;
    int id = b.getInt();
    byte[] payload = new byte[b.remaining()];
    b.get(payload);
    return new Frame(type & ~END, type >= END, id, payload);
  }

  /** The next frame, which has to be of this type. */
  Frame next(int type) throws IOException {
    Frame f = next();
    if (f.type != type) throw new AssertionError("type " + f.type + ": " + f.text());
    return f;
  }

  /** A request, whose whole body is passed over. */
  Frame request() throws IOException {
    Frame head = next(REQUEST);
    boolean end = head.end;
    while (!end) end = next(DATA).end;
    return head;
  }

  /** The body of a request whose head was read. */
  byte[] body() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      Frame f = next(DATA);
      all.writeBytes(f.payload);
      if (f.end) return all.toByteArray();
    }
  }

  int closedWith() {
    return raw.closedWith();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
