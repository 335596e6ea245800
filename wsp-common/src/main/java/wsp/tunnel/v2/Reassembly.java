package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wsp.limit.Budget;
import wsp.websocket.ProtocolViolationException;

/**
 * The frames of version 2 in the binary messages of a WebSocket, which come in pieces: data goes on
 * piece by piece, all else is put together first, within limits. For one link and its thread, but
 * for {@link #isLate}, which is for that of its maintenance.
 */
final class Reassembly {
  interface Sink {
    /** A piece of a frame of data; {@code end} with the last piece of the last frame. */
    void data(int id, ByteBuffer piece, boolean end) throws ProtocolViolationException;

    /** False for a stream that is over, whose head, or trailers, are passed over. */
    boolean isLive(int id) throws ProtocolViolationException;

    void frame(int type, boolean end, int id, ByteBuffer payload) throws ProtocolViolationException;

    /** A head, or trailers, that cannot be put together: the rest is passed over. */
    void passedOver(int type, boolean end, int id, Lack why) throws ProtocolViolationException;
  }

  /** Why a head, or trailers, cannot be put together. */
  enum Lack {
    /** More of it has come than there may be: it is the sender's fault. */
    ROOM,
    /** Others have all memory for those that are not whole: it is nobody's. */
    MEMORY
  }

  /** Of a head that is too long so much is passed over: as many times what it may be. */
  private static final long PASSED_OVER = 16;

  private static final char REPLACEMENT = '\ufffd';

  /** The longest payload of a frame that carries neither data nor a head: of a reset. */
  private static final int MAX_SMALL = 1 + ResetReason.MAX_TEXT;

  private final int maxData;
  private final int maxHead;
  private final Budget.Share memory;
  private final ByteBuffer header = ByteBuffer.allocate(FrameType.HEADER);
  private ByteBuffer payload = ByteBuffer.allocate(0);
  private int type;
  private int id;
  private long length;
  private boolean passingOver;

  /** Which one is being put together, of all that were; 0: none is. */
  private volatile long begun;

  private long latest;

  // Of maintenance.
  private long seen;
  private int passes;

  /**
   * Of so many bytes in a frame of data and in a head, from the memory for heads that are not
   * whole.
   */
  Reassembly(int maxData, int maxHead, Budget memory) {
    this.maxData = maxData;
    this.maxHead = maxHead;
    this.memory = memory.share();
  }

  void take(ByteBuffer in, boolean last, Sink to) throws ProtocolViolationException {
    while (header.hasRemaining() && in.hasRemaining()) {
      header.put(in.get());
      if (!header.hasRemaining()) begin();
    }
    if (header.hasRemaining()) {
      if (last) throw new ProtocolViolationException(1002, "a message that is no frame");
      return;
    }
    length += in.remaining();
    if (passingOver || length > limit()) passOver(Lack.ROOM, to);
    else if (kind() != FrameType.DATA) whole(in, last, to);
    else if (in.hasRemaining() || last) to.data(id, in, ends() && last);
    if (last) clear();
  }

  private void whole(ByteBuffer in, boolean last, Sink to) throws ProtocolViolationException {
    if (last && payload.position() == 0) to.frame(kind(), ends(), id, in);
    else if (begun == 0 && !isWanted(to)) passingOver = true;
    else if (!gather(in)) passOver(Lack.MEMORY, to);
    else if (last) to.frame(kind(), ends(), id, payload.flip());
  }

  /** A head that opens its stream always is. */
  private boolean isWanted(Sink to) throws ProtocolViolationException {
    return isSmall() || kind() == FrameType.REQUEST || to.isLive(id);
  }

  /** One pass of maintenance; true if what has begun has not ended for more passes than that. */
  boolean isLate(int most) {
    long now = begun;
    passes = now != 0 && now == seen ? passes + 1 : 0;
    seen = now;
    return passes > most;
  }

  private boolean ends() {
    return (type & FrameType.END) != 0;
  }

  private void begin() throws ProtocolViolationException {
    type = header.get(0) & 0xff;
    id = header.getInt(1);
    if (kind() < FrameType.REQUEST || kind() > FrameType.DRAIN)
      throw new ProtocolViolationException(1002, "an unknown type of frame: " + kind());
  }

  /** It costs its own stream, as long as there is an end to it. */
  private void passOver(Lack why, Sink to) throws ProtocolViolationException {
    if (kind() == FrameType.DATA || isSmall() || length > PASSED_OVER * maxHead)
      throw new ProtocolViolationException(1009, "a frame of type " + kind() + " is too long");
    if (passingOver) return;
    passingOver = true;
    forget();
    to.passedOver(kind(), ends(), id, why);
  }

  private boolean isSmall() {
    return kind() > FrameType.TRAILERS;
  }

  private int kind() {
    return type & ~FrameType.END;
  }

  private int limit() {
    return switch (kind()) {
      case FrameType.DATA -> maxData;
      case FrameType.REQUEST, FrameType.RESPONSE, FrameType.TRAILERS -> maxHead;
      default -> MAX_SMALL;
    };
  }

  /** False if there is no memory for it; what is small needs none of the common one. */
  private boolean gather(ByteBuffer in) {
    if (begun == 0) begun = ++latest;
    if (payload.remaining() < in.remaining()) {
      int all = payload.position() + in.remaining();
      int capacity = Math.max(all, Math.min(2 * payload.capacity(), limit()));
      if (!isSmall() && !memory.add(capacity - payload.capacity())) return false;
      payload = ByteBuffer.allocate(capacity).put(payload.flip());
    }
    payload.put(in);
    return true;
  }

  private void clear() {
    header.clear();
    length = 0;
    passingOver = false;
    forget();
  }

  private void forget() {
    if (begun == 0) return;
    begun = 0;
    payload = ByteBuffer.allocate(0);
    memory.release();
  }

  /** The link is over. From any thread. */
  void drop() {
    memory.close();
  }

  /** The text of a payload; refused if it is not UTF-8. */
  static String text(ByteBuffer payload) throws ProtocolViolationException {
    ByteBuffer sent = payload.duplicate();
    String text = StandardCharsets.UTF_8.decode(payload).toString();
    // The one that stands for what is none may have been sent as well.
    boolean doubtful = text.indexOf(REPLACEMENT) >= 0;
    if (doubtful && !StandardCharsets.UTF_8.encode(text).equals(sent))
      throw new ProtocolViolationException(1002, "a head, or trailers, not in UTF-8");
    return text;
  }
}
