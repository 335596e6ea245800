package wsp.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wsp.client.FakeServer.Answer;
import wsp.client.FakeServer.Received;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;

/** The server's end of one connection. */
final class Peer {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  volatile String greeting;
  volatile int pings;
  volatile int pongs;
  volatile int closeCode = -1;
  volatile boolean answerPings = true;

  Peer(Socket socket, DataInputStream in) throws IOException {
    this.socket = socket;
    this.in = in;
    this.out = socket.getOutputStream();
  }

  Socket socket() {
    return socket;
  }

  /** The client sends nothing for so long. */
  void hearsNothing(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      throw new AssertionError("the client sends " + in.read());
    } catch (SocketTimeoutException e) {
      socket.setSoTimeout(FakeServer.PATIENCE_MILLIS);
    }
  }

  synchronized void frame(int opcode, boolean last, byte[] bytes) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(bytes.length + 10);
    frame.put((byte) ((last ? 0x80 : 0) | opcode));
    if (bytes.length < 126) frame.put((byte) bytes.length);
    else if (bytes.length < 65536) frame.put((byte) 126).putShort((short) bytes.length);
    else frame.put((byte) 127).putLong(bytes.length);
    frame.put(bytes);
    out.write(frame.array(), 0, frame.position());
  }

  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void text(String text) throws IOException {
    frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  void binary(byte[] bytes) throws IOException {
    frame(BINARY, true, bytes);
  }

  /** The head of a request; its body has to follow. */
  void envelope(String method, String url, long length, String... fields) throws IOException {
    text(EnvelopeCodec.encode(new RequestEnvelope(method, url, Headers.of(fields), length)));
  }

  /** A whole request. */
  void request(String method, String url, byte[] body, String... fields) throws IOException {
    envelope(method, url, body.length, fields);
    binary(body);
  }

  void get(String url, String... fields) throws IOException {
    request("GET", url, new byte[0], fields);
  }

  /** The next frame; the mask is taken off. */
  Received frame() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((second & 0x80) == 0) throw new IOException("an unmasked frame");
    long length = second & 0x7f;
    if (length == 126) length = in.readUnsignedShort();
    else if (length == 127) length = in.readLong();
    byte[] mask = in.readNBytes(4);
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) throw new EOFException();
    for (int i = 0; i < bytes.length; i++) bytes[i] ^= mask[i & 3];
    return new Received(first, bytes);
  }

  /** The next message, put together; control frames are dealt with on the way. */
  Received message() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int opcode = -1;
    while (true) {
      Received f = frame();
      int type = f.opcode() & 15;
      if (type == CLOSE) {
        closeCode = f.closeCode();
        throw new EOFException("close frame " + closeCode);
      } else if (type == PING) {
        pings++;
        if (answerPings) frame(PONG, true, f.bytes());
      } else if (type == PONG) {
        pongs++;
      } else {
        if (opcode < 0) opcode = type;
        whole.write(f.bytes());
        if ((f.opcode() & 0x80) != 0) return new Received(opcode, whole.toByteArray());
      }
    }
  }

  ResponseEnvelope answerHead() throws IOException {
    Received text = message();
    if (text.opcode() != TEXT) throw new IOException("a text message was expected");
    try {
      return EnvelopeCodec.decodeResponse(text.text());
    } catch (EnvelopeException e) {
      throw new IOException(e);
    }
  }

  Answer answer() throws IOException {
    ResponseEnvelope head = answerHead();
    Received body = message();
    if (body.opcode() != BINARY) throw new IOException("a binary message was expected");
    return new Answer(head, body.bytes());
  }

  /** Reads until the client has closed: its close code, or -1 if it broke off. */
  int closed() throws IOException {
    try {
      while (true) message();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return closeCode;
    }
  }

  void close() throws IOException {
    socket.close();
  }
}
