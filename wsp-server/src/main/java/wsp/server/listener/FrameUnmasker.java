package wsp.server.listener;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import wsp.websocket.Masking;

/**
 * Unmasks a client's frames many bytes at a time, before the WebSocket engine sees them: the
 * engine's own unmasking goes byte by byte and was a third of the server's work in a bulk download.
 *
 * <p>Data is handed on in pieces as its bytes come (RFC 6455 §5.4 lets an intermediary do so), so
 * nothing is ever collected, however large a frame claims to be. Text and control frames are frames
 * again, for the engine; pieces of a binary message, which are nearly all of the traffic, are just
 * bytes: the engine would copy them twice more. Nor does it see a text message that came at once
 * and is ASCII, as nearly every envelope is: there is nothing left to check or to put together.
 * What RFC 6455 §5 forbids in a header is refused here. For one connection and one thread.
 */
final class FrameUnmasker {
  /** Takes what was unmasked; the buffers are used again after a call returns. */
  interface Sink {
    /** One whole frame of text or control. */
    void frame(ByteBuffer frame);

    /** A whole message of text, which was one frame of ASCII. */
    void text(String message);

    /** A piece of a binary message, without its frame. */
    void binary(ByteBuffer piece, boolean last);
  }

  private static final int MAX_PIECE = 65535;
  private static final int MAX_HEADER = 4;
  private static final int MAX_CONTROL = 125;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final long NOT_ASCII = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * Shared by all connections of a selector thread: the engine has copied a frame when it returns.
   */
  private static final ThreadLocal<byte[]> SCRATCH =
      ThreadLocal.withInitial(() -> new byte[MAX_HEADER + MAX_PIECE]);

  private final byte[] header = new byte[14];
  private final byte[] control = new byte[MAX_CONTROL];
  private int headerLength;
  private boolean inPayload;
  private int opcode;
  private boolean fin;
  private boolean inMessage;
  private boolean inBinary;
  private long remaining;
  private int mask;
  private int maskOffset;
  private int controlLength;

  /** Decodes everything; frames go to the sink as they become known. */
  void decode(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    while (in.hasRemaining()) {
      // A frame without payload is handed on in the same step as its header: no byte of it would
      // bring us back here.
      if (!inPayload && !readHeader(in)) return;
      if (opcode >= CLOSE) controlPayload(in, sink);
      else dataPayload(in, sink);
    }
  }

  /** True once the header is whole. */
  private boolean readHeader(ByteBuffer in) throws ProtocolViolationException {
    while (in.hasRemaining()) {
      header[headerLength++] = in.get();
      if (headerLength == 1) checkFirst(header[0] & 0xff);
      if (headerLength == 2) checkSecond(header[1] & 0xff);
      if (headerLength >= 2 && headerLength == headerSize()) {
        beginPayload();
        return true;
      }
    }
    return false;
  }

  private int headerSize() {
    int code = header[1] & 0x7f;
    return 2 + (code == 127 ? 8 : code == 126 ? 2 : 0) + 4;
  }

  private void checkFirst(int b) throws ProtocolViolationException {
    if ((b & 0x70) != 0) throw violation("a reserved bit is set");
    opcode = b & 0x0f;
    fin = (b & 0x80) != 0;
    if ((opcode > 2 && opcode < CLOSE) || opcode > 10) throw violation("unknown opcode " + opcode);
    if (opcode >= CLOSE) {
      if (!fin) throw violation("a control frame is fragmented");
    } else {
      if (opcode == CONTINUATION && !inMessage) throw violation("a continuation of nothing");
      if (opcode != CONTINUATION && inMessage) throw violation("a message within a message");
      if (opcode != CONTINUATION) inBinary = opcode == BINARY;
      inMessage = !fin;
    }
  }

  private void checkSecond(int b) throws ProtocolViolationException {
    if ((b & 0x80) == 0) throw violation("a client's frame is not masked");
    if (opcode >= CLOSE && (b & 0x7f) > MAX_CONTROL)
      throw violation("a control frame is over 125 bytes");
  }

  private void beginPayload() throws ProtocolViolationException {
    int code = header[1] & 0x7f;
    int lengthBytes = code == 127 ? 8 : code == 126 ? 2 : 0;
    remaining = lengthBytes == 0 ? code : 0;
    for (int i = 2; i < 2 + lengthBytes; i++) remaining = (remaining << 8) | (header[i] & 0xff);
    if (remaining < 0 || remaining > 1L << 50)
      throw new ProtocolViolationException(
          1009, "a frame claims to be " + (remaining < 0 ? "over 2^63" : remaining) + " bytes");
    if ((lengthBytes == 2 && remaining < 126) || (lengthBytes == 8 && remaining < 65536))
      throw violation("a length takes more bytes than it needs");
    mask = 0;
    for (int i = 2 + lengthBytes; i < 6 + lengthBytes; i++) mask = (mask << 8) | (header[i] & 0xff);
    maskOffset = 0;
    controlLength = 0;
    inPayload = true;
  }

  private void controlPayload(ByteBuffer in, Sink sink) {
    while (remaining > 0 && in.hasRemaining()) {
      control[controlLength] = (byte) (in.get() ^ maskByte(controlLength));
      controlLength++;
      remaining--;
    }
    if (remaining > 0) return;
    byte[] out = SCRATCH.get();
    out[0] = (byte) (0x80 | opcode);
    out[1] = (byte) controlLength;
    System.arraycopy(control, 0, out, 2, controlLength);
    endFrame();
    sink.frame(ByteBuffer.wrap(out, 0, 2 + controlLength));
  }

  private int maskByte(int at) {
    return mask >>> (24 - 8 * (at & 3));
  }

  private void dataPayload(ByteBuffer in, Sink sink) {
    int n = (int) Math.min(Math.min(remaining, in.remaining()), MAX_PIECE);
    if (n == 0 && remaining > 0) return;
    byte[] out = SCRATCH.get();
    in.get(out, MAX_HEADER, n);
    unmask(out, MAX_HEADER, n);
    remaining -= n;
    boolean last = remaining == 0;
    boolean binary = inBinary;
    boolean lastOfMessage = last && fin;
    boolean wholeText = opcode == TEXT && lastOfMessage && n > 0 && isAscii(out, n);
    int start = n <= MAX_CONTROL ? 2 : 0;
    out[start] = (byte) ((lastOfMessage ? 0x80 : 0) | opcode);
    if (n <= MAX_CONTROL) {
      out[start + 1] = (byte) n;
    } else {
      out[1] = 126;
      out[2] = (byte) (n >> 8);
      out[3] = (byte) n;
    }
    opcode = CONTINUATION;
    if (last) endFrame();
    if (wholeText) sink.text(new String(out, MAX_HEADER, n, StandardCharsets.ISO_8859_1));
    else if (binary) sink.binary(ByteBuffer.wrap(out, MAX_HEADER, n), lastOfMessage);
    else sink.frame(ByteBuffer.wrap(out, start, MAX_HEADER - start + n));
  }

  private static boolean isAscii(byte[] data, int n) {
    int end = MAX_HEADER + n;
    int i = MAX_HEADER;
    for (; i + 8 <= end; i += 8) if (((long) LONGS.get(data, i) & NOT_ASCII) != 0) return false;
    for (; i < end; i++) if (data[i] < 0) return false;
    return true;
  }

  private void endFrame() {
    inPayload = false;
    headerLength = 0;
  }

  private void unmask(byte[] data, int from, int n) {
    Masking.apply(data, from, n, Integer.rotateLeft(mask, 8 * (maskOffset & 3)));
    maskOffset = (maskOffset + n) & 3;
  }

  private static ProtocolViolationException violation(String message) {
    return new ProtocolViolationException(1002, message);
  }
}
