package wsp.bench.traffic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The frames of a registered connection, as far as a client needs them that looks at nothing (RFC
 * 6455 §5.2). For one connection and one thread.
 */
final class PeerFrames {
  /** What the bytes so far amount to. */
  enum Event {
    NONE,
    /** A request is here to its last byte. */
    REQUEST,
    PING,
    CLOSE
  }

  private static final int FIN = 0x80;
  private static final int MASK = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private final byte[] header = new byte[10];
  private final byte[] control = new byte[125];
  private int headerLength;
  private long remaining;
  private int controlLength;
  private boolean inBinary;

  /** A client's frame under a mask of zeros, which leaves the bytes as they are. */
  static ByteBuffer masked(int opcode, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(8 + payload.length);
    out.put((byte) (FIN | opcode));
    if (payload.length < 126) out.put((byte) (MASK | payload.length));
    else out.put((byte) (MASK | 126)).putShort((short) payload.length);
    return out.putInt(0).put(payload).flip();
  }

  /** Envelope and body of the one answer. */
  static ByteBuffer answer() {
    String envelope =
        "{\"StatusCode\":200,\"Header\":{\"Server\":[\"bench\"],"
            + "\"Date\":[\"Thu, 01 Jan 2026 00:00:00 GMT\"],"
            + "\"Content-Type\":[\"application/octet-stream\"],\"Content-Length\":[\"100\"]},"
            + "\"ContentLength\":100}";
    byte[] body = new byte[Call.SMALL];
    Pattern.from(0, body.length).get(body);
    ByteBuffer text = masked(TEXT, envelope.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer binary = masked(BINARY, body);
    return ByteBuffer.allocate(text.remaining() + binary.remaining()).put(text).put(binary).flip();
  }

  /** Takes bytes up to the end of a frame; says what that frame was. */
  Event take(ByteBuffer in) {
    if (remaining == 0 && !takeHeader(in)) return Event.NONE;
    int n = (int) Math.min(remaining, in.remaining());
    if (opcode() >= CLOSE) {
      in.get(control, controlLength, n);
      controlLength += n;
    } else {
      in.position(in.position() + n);
    }
    remaining -= n;
    return remaining == 0 ? endOfFrame() : Event.NONE;
  }

  private boolean takeHeader(ByteBuffer in) {
    while (in.hasRemaining()) {
      header[headerLength++] = in.get();
      if (headerLength < 2 || headerLength < headerSize()) continue;
      remaining = header[1];
      if (remaining >= 126) remaining = 0;
      for (int i = 2; i < headerLength; i++) remaining = remaining << 8 | (header[i] & 0xff);
      controlLength = 0;
      return true;
    }
    return false;
  }

  private int headerSize() {
    return header[1] == 127 ? 10 : header[1] == 126 ? 4 : 2;
  }

  private int opcode() {
    return header[0] & 15;
  }

  private Event endOfFrame() {
    headerLength = 0;
    int opcode = opcode();
    if (opcode == PING) return Event.PING;
    if (opcode == CLOSE) return Event.CLOSE;
    if (opcode > CLOSE) return Event.NONE;
    if (opcode != 0) inBinary = opcode == BINARY;
    return inBinary && (header[0] & FIN) != 0 ? Event.REQUEST : Event.NONE;
  }

  /** The payload of the control frame that was taken last. */
  byte[] control() {
    return Arrays.copyOf(control, controlLength);
  }
}
