package wsp.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;

/** The server's end of a connection of version 2, whose every frame is the test's. */
final class FramePeer {
  static final int REQUEST = 1;
  static final int RESPONSE = 2;
  static final int DATA = 3;
  static final int TRAILERS = 4;
  static final int CREDIT = 5;
  static final int RESET = 6;
  static final int DRAIN = 7;
  static final int END = 0x80;

  /** What a server answers that speaks version 2. */
  static final String WELCOME = "Sec-WebSocket-Protocol: wsp.2\r\n";

  /** A frame as it came. */
  record Frame(int type, boolean end, int id, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int number() {
      return ByteBuffer.wrap(payload).getInt();
    }
  }

  /** What came of one stream until it was over. */
  static final class Answer {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    ResponseEnvelope head;
    boolean whole;
    int reset = -1;

    String text() {
      return body.toString(StandardCharsets.UTF_8);
    }
  }

  final Peer peer;
  private final Map<Integer, Answer> answers = new HashMap<>();
  private int lastId;

  /** Of the last DRAIN; -1 before. */
  int drained = -1;

  /** Credit that came, in all. */
  long credit;

  FramePeer(Peer peer) {
    this.peer = peer;
  }

  void frame(int type, int id, byte[] payload) throws IOException {
    byte[] whole = new byte[5 + payload.length];
    ByteBuffer.wrap(whole).put((byte) type).putInt(id).put(payload);
    peer.binary(whole);
  }

  void number(int type, int id, int number) throws IOException {
    frame(type, id, ByteBuffer.allocate(4).putInt(number).array());
  }

  /** Opens a stream. */
  int open(String method, String url, long length, boolean end, String... fields)
      throws IOException {
    int id = ++lastId;
    String head =
        EnvelopeCodec.encode(new RequestEnvelope(method, url, Headers.of(fields), length));
    frame(REQUEST | (end ? END : 0), id, head.getBytes(StandardCharsets.UTF_8));
    return id;
  }

  int get(String url, String... fields) throws IOException {
    return open("GET", url, 0, true, fields);
  }

  int post(String url, byte[] body) throws IOException {
    int id = open("POST", url, body.length, false);
    frame(DATA | END, id, body);
    return id;
  }

  /** The next frame, which counts for its stream. */
  Frame next() throws IOException {
    FakeServer.Received m = peer.message();
    if (m.opcode() != Peer.BINARY) throw new IOException("not a binary message");
    ByteBuffer in = ByteBuffer.wrap(m.bytes());
    int type = in.get() & 0xff;
    int id = in.getInt();
    byte[] payload = new byte[in.remaining()];
    in.get(payload);
    Frame f = new Frame(type & ~END, (type & END) != 0, id, payload);
    note(f);
    return f;
  }

  private void note(Frame f) throws IOException {
    Answer a = answer(f.id);
    switch (f.type) {
      case RESPONSE -> a.head = decoded(f);
      case DATA -> a.body.write(f.payload);
      case RESET -> a.reset = f.payload[0];
      case CREDIT -> credit += f.number();
      case DRAIN -> drained = f.number();
      default -> {}
    }
    a.whole |= f.end;
  }

  private static ResponseEnvelope decoded(Frame f) throws IOException {
    try {
      return EnvelopeCodec.decodeAnyResponse(f.text());
    } catch (EnvelopeException e) {
      throw new IOException(e);
    }
  }

  Answer answer(int id) {
    return answers.computeIfAbsent(id, i -> new Answer());
  }

  /** Reads until this stream is whole or was reset. */
  Answer await(int id) throws IOException {
    Answer a = answer(id);
    while (!a.whole && a.reset < 0) next();
    return a;
  }

  /** Reads until the client drains. */
  int awaitDrain() throws IOException {
    while (drained < 0) next();
    return drained;
  }
}
