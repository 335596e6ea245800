package wsp.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of the other end (RFC 6455 §5.2), in either role: those of a client are
 * unmasked, many bytes at a time. Data is handed on in pieces as its bytes come (§5.4 lets an
 * intermediary do so) and is never collected, however large a frame claims to be; all that came of
 * a message in one read is one piece, however small its frames are. For one WebSocket and one
 * thread at a time.
 */
public final class FrameDecoder {
  /** Takes what was decoded. */
  public interface Sink {
    /** A piece of a text message, of whole characters; empty at the most where it is the last. */
    void text(String piece, boolean last) throws ProtocolViolationException;

    /** A piece of a binary message, a view of the input. */
    void binary(ByteBuffer piece, boolean last);

    /** To be answered with the same payload, a copy; the last one of those that came together. */
    void ping(ByteBuffer payload);

    /** The other end closes, and says why or not; what follows is not decoded. */
    void close(ClosePayload why);
  }

  /** Payload of frames that are moved sooner in one step. */
  private static final int FEW = 16;

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final FrameHeader header;
  private final Utf8Pieces texts = new Utf8Pieces();
  private boolean inPayload;
  private long remaining;

  /** What masks the next byte of the payload, and those behind it. */
  private int mask;

  private ByteBuffer control = EMPTY;

  /** Of the last ping that is to be answered. */
  private @Nullable ByteBuffer pinged;

  // The piece of data that is being put together, as positions in the input; from is -1 for none.
  private int pieceFrom = -1;
  private int pieceTo;

  /** For frames with such headers. */
  public FrameDecoder(FrameHeader header) {
    this.header = header;
  }

  /**
   * Decodes up to the end of the first message, or of the input. Its bytes are moved together; what
   * came before something that is refused is handed on as well.
   *
   * @param in backed by an array, whose content may change
   * @return true if a piece of a message was handed on
   */
  public boolean decode(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    boolean last = false;
    boolean any;
    try {
      // A frame without payload is dealt with in the same step as its header: no byte of it would
      // bring us back here.
      while (!last && in.hasRemaining()) {
        if (takesFew(in)) continue;
        if (!inPayload && !readHeader(in)) break;
        if (header.opcode() >= Opcodes.CLOSE) control(in, sink);
        else last = data(in);
      }
    } finally {
      any = handOn(in, sink, last);
      tellPing(sink);
    }
    return any;
  }

  /**
   * Takes a whole frame of a few bytes that is neither the first nor the last of its message, if
   * there is one: header and payload one after the other take four times as long.
   */
  private boolean takesFew(ByteBuffer in) {
    int head = header.isMasked() ? 6 : 2;
    if (pieceFrom < 0 || inPayload || !header.continues() || in.remaining() < head) return false;
    int at = in.position();
    int n = in.get(at + 1) + (header.isMasked() ? 128 : 0);
    if (in.get(at) != Opcodes.CONTINUATION || n < 0 || n > FEW || in.remaining() < head + n)
      return false;
    int key = header.isMasked() ? in.getInt(at + 2) : 0;
    for (int i = 0; i < n; i++)
      in.put(pieceTo++, (byte) (in.get(at + head + i) ^ (key >>> (24 - 8 * (i & 3)))));
    in.position(at + head + n);
    return true;
  }

  /** True once the header is whole. */
  private boolean readHeader(ByteBuffer in) throws ProtocolViolationException {
    if (!header.read(in)) return false;
    remaining = header.payload();
    mask = header.mask();
    inPayload = true;
    if (header.opcode() < Opcodes.CLOSE) return true;
    // Most pings and pongs have no payload, and those that have one take the same buffer.
    if (control.capacity() < remaining) control = ByteBuffer.allocate(FrameHeader.MAX_CONTROL);
    control.clear();
    return true;
  }

  /** Unmasks what there is of the payload, and goes behind it; gives the number of bytes. */
  private int take(ByteBuffer in) {
    int n = (int) Math.min(remaining, in.remaining());
    int from = in.position();
    if (mask != 0) Masking.apply(in, from, n, mask);
    mask = Integer.rotateLeft(mask, Byte.SIZE * (n & 3));
    in.position(from + n);
    remaining -= n;
    inPayload = remaining > 0;
    return n;
  }

  private void control(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    int from = in.position();
    control.put(in.slice(from, take(in)));
    if (inPayload) return;
    control.flip();
    if (header.opcode() == Opcodes.PING) {
      ByteBuffer other = pinged;
      pinged = control;
      control = other == null ? EMPTY : other;
    }
    if (header.opcode() == Opcodes.CLOSE) {
      // What came before it goes first.
      handOn(in, sink, false);
      tellPing(sink);
      in.position(in.limit());
      sink.close(ClosePayload.read(control));
    }
  }

  /** Of the pings that came together the last one is answered (RFC 6455 §5.5.3). */
  private void tellPing(Sink sink) {
    ByteBuffer ping = pinged;
    if (ping == null) return;
    pinged = null;
    sink.ping(ByteBuffer.allocate(ping.remaining()).put(ping).flip());
  }

  /** Moves a payload behind those of the frames before it; true at the end of a message. */
  private boolean data(ByteBuffer in) {
    int from = in.position();
    int n = take(in);
    if (pieceFrom < 0) {
      pieceFrom = from;
      pieceTo = from;
    }
    int base = in.arrayOffset();
    if (pieceTo != from) System.arraycopy(in.array(), base + from, in.array(), base + pieceTo, n);
    pieceTo += n;
    return !inPayload && header.fin();
  }

  private boolean handOn(ByteBuffer in, Sink sink, boolean last) throws ProtocolViolationException {
    int from = pieceFrom;
    int n = pieceTo - from;
    pieceFrom = -1;
    if (from < 0 || (n == 0 && !last)) return false;
    if (header.inBinary()) sink.binary(in.slice(from, n), last);
    else sink.text(texts.next(in.array(), in.arrayOffset() + from, n, last), last);
    return true;
  }
}
