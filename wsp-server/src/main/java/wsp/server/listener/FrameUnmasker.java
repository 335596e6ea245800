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
 * nothing is ever collected, however large a frame claims to be; and all that came of a message in
 * one read is one piece, however small its frames are. Text and close frames are frames again, for
 * the engine; pieces of a binary message, which are nearly all of the traffic, are just bytes: the
 * engine would copy them twice more. Nor does it see a text message that came at once and is ASCII,
 * as nearly every envelope is: there is nothing left to check or to put together. Pings and pongs
 * need no engine either. What RFC 6455 §5 forbids in a header is refused here. For one connection
 * and one thread.
 */
final class FrameUnmasker {
  /** Takes what was unmasked; the buffers are used again after a call returns. */
  interface Sink {
    /** One whole frame, of text or to close. */
    void frame(ByteBuffer frame);

    /** A ping or a pong, at any time between the others: what came before may come after it. */
    void control(int opcode, ByteBuffer payload);

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
  static final int PING = 9;

  /** Payload of frames that are moved sooner in one step. */
  private static final int FEW = 16;

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

  /** The opcode of what has been gathered for the sink; -1 for nothing. */
  private int gathering = -1;

  /** Bytes of that, in the thread's buffer: as long as this thread does nothing else. */
  private int gathered;

  /**
   * Decodes everything. The frames of a message that have come together go to the sink together.
   */
  void decode(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    try {
      // A frame without payload is handed on in the same step as its header: no byte of it would
      // bring us back here.
      while (in.hasRemaining()) {
        if (takesFew(in)) continue;
        if (!inPayload && !readHeader(in)) break;
        if (opcode >= CLOSE) controlPayload(in, sink);
        else dataPayload(in, sink);
      }
    } finally {
      // Also what came before something that is refused.
      handOn(sink, false);
    }
  }

  /**
   * Takes a whole frame of a few bytes that is neither the first nor the last of its message, if
   * there is one: header and payload one after the other take four times as long.
   */
  private boolean takesFew(ByteBuffer in) {
    if (gathering < 0 || inPayload || headerLength > 0 || !inMessage || in.remaining() < 6)
      return false;
    int at = in.position();
    int n = in.get(at + 1) + 128;
    if (in.get(at) != CONTINUATION || n < 0 || n > FEW || in.remaining() < 6 + n) return false;
    if (gathered + n >= MAX_PIECE) return false;
    byte[] out = SCRATCH.get();
    for (int i = 0; i < n; i++)
      out[MAX_HEADER + gathered + i] = (byte) (in.get(at + 6 + i) ^ in.get(at + 2 + (i & 3)));
    gathered += n;
    in.position(at + 6 + n);
    return true;
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
    endFrame();
    if (opcode == CLOSE) close(sink);
    else sink.control(opcode, ByteBuffer.wrap(control, 0, controlLength));
  }

  private void close(Sink sink) {
    handOn(sink, false);
    byte[] out = SCRATCH.get();
    out[0] = (byte) (0x80 | CLOSE);
    out[1] = (byte) controlLength;
    System.arraycopy(control, 0, out, 2, controlLength);
    sink.frame(ByteBuffer.wrap(out, 0, 2 + controlLength));
  }

  private int maskByte(int at) {
    return mask >>> (24 - 8 * (at & 3));
  }

  private void dataPayload(ByteBuffer in, Sink sink) {
    int n = (int) Math.min(Math.min(remaining, in.remaining()), MAX_PIECE - gathered);
    if (n == 0 && remaining > 0) return;
    if (gathering < 0) gathering = opcode;
    opcode = CONTINUATION;
    byte[] out = SCRATCH.get();
    in.get(out, MAX_HEADER + gathered, n);
    unmask(out, MAX_HEADER + gathered, n);
    gathered += n;
    remaining -= n;
    boolean last = remaining == 0;
    if (last) endFrame();
    if ((last && fin) || gathered == MAX_PIECE) handOn(sink, last && fin);
  }

  /** What has been gathered goes to the sink, which may make this thread decode something else. */
  private void handOn(Sink sink, boolean last) {
    int op = gathering;
    int n = gathered;
    if (op < 0) return;
    gathering = -1;
    gathered = 0;
    byte[] out = SCRATCH.get();
    if (inBinary) sink.binary(ByteBuffer.wrap(out, MAX_HEADER, n), last);
    else if (op == TEXT && last && n > 0 && isAscii(out, n))
      sink.text(new String(out, MAX_HEADER, n, StandardCharsets.ISO_8859_1));
    else sink.frame(textFrame(out, op, n, last));
  }

  private static ByteBuffer textFrame(byte[] out, int op, int n, boolean last) {
    int start = n <= MAX_CONTROL ? 2 : 0;
    out[start] = (byte) ((last ? 0x80 : 0) | op);
    if (n <= MAX_CONTROL) {
      out[start + 1] = (byte) n;
    } else {
      out[1] = 126;
      out[2] = (byte) (n >> 8);
      out[3] = (byte) n;
    }
    return ByteBuffer.wrap(out, start, MAX_HEADER - start + n);
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
