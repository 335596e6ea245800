package wsp.websocket;

import static wsp.websocket.ProtocolViolationException.violation;

import java.nio.ByteBuffer;

/**
 * The headers of the frames that come on one connection, one after the other (RFC 6455 §5.2), and
 * how they follow each other (§5.4): the one place where what RFC 6455 forbids in a header is
 * refused, in both roles. For one connection and one thread.
 */
public final class FrameHeader {
  /** The most bytes that the payload of a control frame has (§5.5). */
  public static final int MAX_CONTROL = 125;

  /** The longest frame; nothing that is gathered is near that. */
  private static final long MAX_PAYLOAD = 1L << 50;

  private final boolean masked;
  private final byte[] header = new byte[FrameWriter.MAX_HEADER];
  private int read;
  private int opcode;
  private boolean fin;
  private boolean inMessage;
  private boolean inBinary;
  private long payload;
  private int mask;

  private FrameHeader(boolean masked) {
    this.masked = masked;
  }

  /** For the frames of a client, all of which are masked (§5.1). */
  public static FrameHeader ofClient() {
    return new FrameHeader(true);
  }

  /** For the frames of a server, none of which is masked (§5.1). */
  public static FrameHeader ofServer() {
    return new FrameHeader(false);
  }

  /** Takes bytes of the next header; true once it is whole, and its payload comes next. */
  public boolean read(ByteBuffer in) throws ProtocolViolationException {
    while (in.hasRemaining()) {
      header[read++] = in.get();
      if (read == 1) checkFirst(header[0] & 0xff);
      if (read == 2) checkSecond(header[1] & 0xff);
      if (read >= 2 && read == 2 + lengthBytes() + (masked ? 4 : 0)) {
        whole();
        return true;
      }
    }
    return false;
  }

  /** True if the next byte is to begin another frame of a message. */
  public boolean continues() {
    return inMessage && read == 0;
  }

  public int opcode() {
    return opcode;
  }

  public boolean fin() {
    return fin;
  }

  /** True if the message that came last, or is coming, is binary; false for text. */
  public boolean inBinary() {
    return inBinary;
  }

  public long payload() {
    return payload;
  }

  /** True for the frames of a client. */
  boolean isMasked() {
    return masked;
  }

  /** The key that the payload is masked with; its first byte is the highest. 0 for a server's. */
  public int mask() {
    return mask;
  }

  private int lengthBytes() {
    int code = header[1] & 0x7f;
    return code == 127 ? 8 : code == 126 ? 2 : 0;
  }

  private void checkFirst(int b) throws ProtocolViolationException {
    if ((b & 0x70) != 0) throw violation("a reserved bit is set");
    opcode = b & 0x0f;
    fin = (b & 0x80) != 0;
    if ((opcode > Opcodes.BINARY && opcode < Opcodes.CLOSE) || opcode > Opcodes.PONG)
      throw violation("unknown opcode " + opcode);
    if (opcode >= Opcodes.CLOSE) {
      if (!fin) throw violation("a control frame is fragmented");
      return;
    }
    boolean continues = opcode == Opcodes.CONTINUATION;
    if (continues && !inMessage) throw violation("a continuation of nothing");
    if (!continues && inMessage) throw violation("a message within a message");
    if (!continues) inBinary = opcode == Opcodes.BINARY;
    inMessage = !fin;
  }

  private void checkSecond(int b) throws ProtocolViolationException {
    if ((b & 0x80) != 0 != masked)
      throw violation(masked ? "a client's frame is not masked" : "a server's frame is masked");
    if (opcode >= Opcodes.CLOSE && (b & 0x7f) > MAX_CONTROL)
      throw violation("a control frame is over " + MAX_CONTROL + " bytes");
  }

  private void whole() throws ProtocolViolationException {
    int bytes = lengthBytes();
    payload = bytes == 0 ? header[1] & 0x7f : number(2, 2 + bytes);
    if (payload < 0 || payload > MAX_PAYLOAD)
      throw new ProtocolViolationException(1009, "a frame claims to be over 2^50 bytes");
    if ((bytes == 2 && payload < 126) || (bytes == 8 && payload < 65536))
      throw violation("a length takes more bytes than it needs");
    if (masked) mask = (int) number(2 + bytes, 6 + bytes);
    read = 0;
  }

  private long number(int from, int to) {
    long n = 0;
    for (int i = from; i < to; i++) n = n << 8 | (header[i] & 0xff);
    return n;
  }
}
