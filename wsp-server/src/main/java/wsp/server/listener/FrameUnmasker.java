package wsp.server.listener;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameHeader;
import wsp.websocket.Masking;
import wsp.websocket.Opcodes;
import wsp.websocket.ProtocolViolationException;

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
 * need no engine either. {@link FrameHeader} refuses what RFC 6455 forbids. For one connection and
 * one thread.
 */
final class FrameUnmasker {
  /** Takes what was unmasked; the buffers are used again after a call returns. */
  interface Sink {
    /** One whole frame, of text or to close. */
    void frame(ByteBuffer frame);

    /** A ping or a pong, at any time between the others: what came before may come after it. */
    void control(int opcode, ByteBuffer payload);

    /** A whole message of text, which was one frame of ASCII; last is always true. */
    void text(String message, boolean last);

    /** A piece of a binary message, without its frame. */
    void binary(ByteBuffer piece, boolean last);
  }

  private static final int MAX_PIECE = 65535;
  private static final int MAX_HEADER = 4;

  /** Payload of frames that are moved sooner in one step. */
  private static final int FEW = 16;

  private static final long NOT_ASCII = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Of a selector thread: the engine has copied a frame when it returns. */
  private static final ThreadLocal<byte[]> SCRATCH =
      ThreadLocal.withInitial(() -> new byte[MAX_HEADER + MAX_PIECE]);

  private final FrameHeader header = FrameHeader.ofClient();
  private final byte[] control = new byte[FrameHeader.MAX_CONTROL];
  private boolean inPayload;
  private int opcode;
  private long remaining;
  private int maskOffset;
  private int controlLength;

  /** The opcode of what has been gathered for the sink; -1 for nothing. */
  private int gathering = -1;

  /** Bytes of that, in the thread's buffer: as long as this thread does nothing else. */
  private int gathered;

  /** Decodes everything. Frames of a message that have come together go on together. */
  void decode(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    try {
      // A frame without payload is handed on in the same step as its header: no byte of it would
      // bring us back here.
      while (in.hasRemaining()) {
        if (takesFew(in)) continue;
        if (!inPayload && !readHeader(in)) break;
        if (opcode >= Opcodes.CLOSE) controlPayload(in, sink);
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
    if (gathering < 0 || inPayload || !header.continues() || in.remaining() < 6) return false;
    int at = in.position();
    int n = in.get(at + 1) + 128;
    if (in.get(at) != Opcodes.CONTINUATION || n < 0 || n > FEW || in.remaining() < 6 + n)
      return false;
    if (gathered + n >= MAX_PIECE) return false;
    byte[] out = SCRATCH.get();
    for (int i = 0; i < n; i++)
      out[MAX_HEADER + gathered + i] = (byte) (in.get(at + 6 + i) ^ in.get(at + 2 + (i & 3)));
    gathered += n;
    in.position(at + 6 + n);
    return true;
  }

  private boolean readHeader(ByteBuffer in) throws ProtocolViolationException {
    if (!header.read(in)) return false;
    opcode = header.opcode();
    remaining = header.payload();
    maskOffset = 0;
    controlLength = 0;
    inPayload = true;
    return true;
  }

  private void controlPayload(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    while (remaining > 0 && in.hasRemaining()) {
      control[controlLength] = (byte) (in.get() ^ maskByte(controlLength));
      controlLength++;
      remaining--;
    }
    if (remaining > 0) return;
    inPayload = false;
    if (opcode == Opcodes.CLOSE) close(sink);
    else sink.control(opcode, ByteBuffer.wrap(control, 0, controlLength));
  }

  private void close(Sink sink) throws ProtocolViolationException {
    handOn(sink, false);
    var unused = ClosePayload.read(ByteBuffer.wrap(control, 0, controlLength));
    byte[] out = SCRATCH.get();
    out[0] = (byte) (0x80 | Opcodes.CLOSE);
    out[1] = (byte) controlLength;
    System.arraycopy(control, 0, out, 2, controlLength);
    sink.frame(ByteBuffer.wrap(out, 0, 2 + controlLength));
  }

  private int maskByte(int at) {
    return header.mask() >>> (24 - 8 * (at & 3));
  }

  private void dataPayload(ByteBuffer in, Sink sink) {
    int n = (int) Math.min(Math.min(remaining, in.remaining()), MAX_PIECE - gathered);
    if (n == 0 && remaining > 0) return;
    if (gathering < 0) gathering = opcode;
    opcode = Opcodes.CONTINUATION;
    byte[] out = SCRATCH.get();
    in.get(out, MAX_HEADER + gathered, n);
    unmask(out, MAX_HEADER + gathered, n);
    gathered += n;
    remaining -= n;
    boolean last = remaining == 0;
    boolean whole = last && header.fin();
    if (last) inPayload = false;
    if (whole || gathered == MAX_PIECE) handOn(sink, whole);
  }

  /** What has been gathered goes to the sink, which may make this thread decode something else. */
  private void handOn(Sink sink, boolean last) {
    int op = gathering;
    int n = gathered;
    if (op < 0) return;
    gathering = -1;
    gathered = 0;
    byte[] out = SCRATCH.get();
    if (header.inBinary()) sink.binary(ByteBuffer.wrap(out, MAX_HEADER, n), last);
    else if (op == Opcodes.TEXT && last && n > 0 && isAscii(out, n))
      sink.text(new String(out, MAX_HEADER, n, StandardCharsets.ISO_8859_1), true);
    else sink.frame(textFrame(out, op, n, last));
  }

  private static ByteBuffer textFrame(byte[] out, int op, int n, boolean last) {
    int start = n <= FrameHeader.MAX_CONTROL ? 2 : 0;
    out[start] = (byte) ((last ? 0x80 : 0) | op);
    if (n <= FrameHeader.MAX_CONTROL) {
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

  private void unmask(byte[] data, int from, int n) {
    Masking.apply(data, from, n, Integer.rotateLeft(header.mask(), 8 * (maskOffset & 3)));
    maskOffset = (maskOffset + n) & 3;
  }
}
