package wsp.client.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import wsp.limit.Budget;
import wsp.websocket.ClosePayload;
import wsp.websocket.FrameHeader;
import wsp.websocket.Opcodes;
import wsp.websocket.ProtocolViolationException;

/**
 * A server's frames (RFC 6455 §5.2), which are not masked. Binary messages are handed on in pieces
 * as their bytes come and are never collected; text messages are, up to a limit. For one WebSocket
 * and one thread at a time.
 */
final class FrameDecoder {
  /** Takes what was decoded. */
  interface Sink {
    void text(String message);

    /** A piece of a binary message, a view of the input. */
    void binary(ByteBuffer piece, boolean last);

    /** To be answered with the same payload, a copy; the last one of those that came together. */
    void ping(ByteBuffer payload);

    /** The server closes, and says why or not; what follows is not decoded. */
    void close(int code, String reason);
  }

  private static final int MAX_BYTES_OF_CHAR = 3;

  private final int maxText;
  private final Budget.Share budget;
  private final FrameHeader header = FrameHeader.ofServer();
  private ByteArrayOutputStream gathered = new ByteArrayOutputStream(0);
  private int chars;
  private boolean inPayload;
  private long remaining;
  private ByteBuffer control = ByteBuffer.allocate(0);

  /** The payload of the last ping, which is to be answered if {@link #pinged}. */
  private ByteBuffer ping = control;

  private boolean pinged;

  // The piece of data that is being put together, as positions in the input; from is -1 for none.
  private int pieceFrom = -1;
  private int pieceTo;

  /** Texts have so many characters at most; the budget is for those that are not whole. */
  FrameDecoder(int maxText, Budget.Share budget) {
    this.maxText = maxText;
    this.budget = budget;
  }

  /**
   * Decodes up to the end of the first piece of data. Such a piece has the bytes of all frames of
   * one binary message that the input has, moved together.
   *
   * @param in backed by an array, whose content may change
   * @return true if there was one; false if all input was used up without
   */
  boolean decode(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    pieceFrom = -1;
    boolean any = false;
    // A frame without payload is dealt with in the same step as its header: no byte of it would
    // bring us back here.
    while (!any && in.hasRemaining() && (inPayload || readHeader(in))) {
      if (header.opcode() >= Opcodes.CLOSE) control(in, sink);
      else any = header.inBinary() ? binary(in, sink) : text(in, sink);
    }
    if (pieceFrom >= 0) {
      handOn(in, sink, false);
      any = true;
    }
    tellPing(sink);
    return any;
  }

  /** True once the header is whole. */
  private boolean readHeader(ByteBuffer in) throws ProtocolViolationException {
    if (!header.read(in)) return false;
    remaining = header.payload();
    if (header.opcode() >= Opcodes.CLOSE) controlBegins();
    inPayload = true;
    return true;
  }

  /** Most pings and pongs have no payload, and those that have one take the same buffer. */
  private void controlBegins() {
    if (control.capacity() < remaining) control = ByteBuffer.allocate(FrameHeader.MAX_CONTROL);
    control.clear();
  }

  private void control(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    take(in, control);
    if (remaining > 0) return;
    inPayload = false;
    control.flip();
    if (header.opcode() == Opcodes.PING) {
      ByteBuffer other = ping;
      ping = control;
      control = other;
      pinged = true;
    }
    if (header.opcode() == Opcodes.CLOSE) {
      // What came before it goes first.
      if (pieceFrom >= 0) handOn(in, sink, false);
      tellPing(sink);
      in.position(in.limit());
      ClosePayload close = ClosePayload.read(control);
      sink.close(close.code(), close.reason());
    }
  }

  /** Of the pings that came together the last one is answered (RFC 6455 §5.5.3). */
  private void tellPing(Sink sink) {
    if (!pinged) return;
    pinged = false;
    sink.ping(ByteBuffer.allocate(ping.remaining()).put(ping).flip());
  }

  private void take(ByteBuffer in, ByteBuffer to) {
    int n = (int) Math.min(remaining, in.remaining());
    to.put(in.slice(in.position(), n));
    in.position(in.position() + n);
    remaining -= n;
  }

  /** True if the message is at its end, and so is the piece. */
  private boolean binary(ByteBuffer in, Sink sink) {
    int n = (int) Math.min(remaining, in.remaining());
    boolean last = remaining == n && header.fin();
    if (n > 0 || last) gather(in, n);
    remaining -= n;
    if (remaining == 0) inPayload = false;
    if (last) handOn(in, sink, true);
    return last;
  }

  /** Moves so many bytes to those of the frames before. */
  private void gather(ByteBuffer in, int n) {
    int from = in.position();
    if (pieceFrom < 0) {
      pieceFrom = from;
      pieceTo = from;
    }
    int base = in.arrayOffset();
    if (pieceTo != from) System.arraycopy(in.array(), base + from, in.array(), base + pieceTo, n);
    pieceTo += n;
    in.position(from + n);
  }

  private void handOn(ByteBuffer in, Sink sink, boolean last) {
    ByteBuffer piece = in.slice(pieceFrom, pieceTo - pieceFrom);
    pieceFrom = -1;
    sink.binary(piece, last);
  }

  private boolean text(ByteBuffer in, Sink sink) throws ProtocolViolationException {
    if (remaining > (long) maxText * MAX_BYTES_OF_CHAR - gathered.size()) throw tooLong();
    int n = (int) Math.min(remaining, in.remaining());
    int from = in.arrayOffset() + in.position();
    in.position(in.position() + n);
    remaining -= n;
    boolean last = remaining == 0 && header.fin();
    if (remaining == 0) inPayload = false;
    if (last && gathered.size() == 0) {
      sink.text(string(in.array(), from, n));
      return true;
    }
    if (!budget.add(n))
      throw new ProtocolViolationException(
          1009, "too many long messages have begun on all connections");
    gathered.write(in.array(), from, n);
    for (int i = from; i < from + n; i++) chars += chars(in.array()[i]);
    if (chars > maxText) throw tooLong();
    if (!last) return false;
    chars = 0;
    byte[] whole = gathered.toByteArray();
    // A new one: this one would keep its size for as long as the connection lives.
    gathered = new ByteArrayOutputStream(0);
    budget.release();
    sink.text(string(whole, 0, whole.length));
    return true;
  }

  /** How many characters begin with this byte: none, one, or a surrogate pair. */
  private static int chars(byte b) {
    return (b & 0xc0) == 0x80 ? 0 : (b & 0xf8) == 0xf0 ? 2 : 1;
  }

  private String string(byte[] bytes, int from, int n) throws ProtocolViolationException {
    String text = new String(bytes, from, n, StandardCharsets.UTF_8);
    if (text.length() > maxText) throw tooLong();
    // What stands for bytes that are no UTF-8 may as well have been sent.
    if (text.indexOf('\ufffd') >= 0) check(ByteBuffer.wrap(bytes, from, n));
    return text;
  }

  private static void check(ByteBuffer bytes) throws ProtocolViolationException {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw new ProtocolViolationException(1007, "a text message is not UTF-8");
    }
  }

  private ProtocolViolationException tooLong() {
    return new ProtocolViolationException(
        1009, "a text message is longer than " + maxText + " characters");
  }
}
