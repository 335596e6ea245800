package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.Headers;
import wsp.net.ThreadBuffers;
import wsp.tls.HandshakeFailure;
import wsp.tls.UntrustedException;

/**
 * Takes records from the socket, opens them and hands on what was in them: what arrived together
 * stays together, because whoever reads relies on that, unless it is more than fits into a turn.
 * For the selector thread of one connection.
 */
final class TlsReader {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReader.class);

  private static final int HEADER = 5;
  private static final int MAX_RECORD = HEADER + 16 * 1024 + 2048;
  private static final int ALERT = 21;
  private static final int DATA = 23;

  /** A record costs as much as has come of it, not as much as its first bytes promise. */
  private static final int FIRST_ROOM = 2 * 1024;

  /**
   * Records of one turn: those of the usual size that fit into a read are four, and of the smallest
   * ones three thousand, each with a price of its own.
   */
  static final int RECORDS = 64;

  /** For the plain bytes of one read and of a record that began before it. */
  private static final int ROOM = 64 * 1024 + MAX_RECORD;

  private static final ThreadBuffers PLAIN = new ThreadBuffers(ROOM, ByteBuffer::allocateDirect);

  /** How requests begin, as far as a header of a record is long. */
  private static final List<String> REQUESTS =
      List.of("GET ", "PUT ", "POST ", "HEAD ", "PATCH", "DELET", "OPTIO", "TRACE", "CONNE");

  private final Wire wire;
  private final Tls tls;

  /** A record has come, so that this is TLS. */
  private boolean spoken;

  /** A record of which the end has not come. */
  private @Nullable ByteBuffer begun;

  /** What has been read beyond a turn, which nothing overtakes: nothing else is read. */
  private @Nullable ByteBuffer rest;

  TlsReader(Wire wire, Tls tls) {
    this.wire = wire;
    this.tls = tls;
  }

  void read(ByteBuffer in) {
    // One read may lead to another on the same thread, which takes another.
    ByteBuffer plain = PLAIN.take();
    boolean open = true;
    try {
      open = open(in, plain);
      wire.deliver(plain.flip());
    } catch (SSLException e) {
      tell(e);
      if (e instanceof NotTlsException none) tls.saysPlainly(none.answer());
      wire.closing.soon();
    }
    PLAIN.giveBack(plain);
    if (open) keepRest(in);
    wire.holding.record(held(begun) + held(rest), tls.established);
    if (!open && wire.reader.ended()) wire.tcp.watch(false);
    else if (!open) wire.closing.answered();
  }

  private void tell(SSLException e) {
    UntrustedException untrusted = HandshakeFailure.untrusted(e);
    if (untrusted == null) LOG.debug("closing {}: {}", wire.remote(), e.getMessage());
    else
      Strangers.LINES.warn(
          LOG,
          wire.remote(),
          "closing {}: its certificate is not trusted (tls: clientca): {}",
          wire.remote(),
          untrusted.getMessage());
  }

  private static int held(@Nullable ByteBuffer kept) {
    return kept == null ? 0 : kept.capacity();
  }

  // Whether this is the very buffer that was kept, not one of equal bytes.
  @SuppressWarnings("ReferenceEquality")
  private void keepRest(ByteBuffer in) {
    boolean any = in.hasRemaining() && wire.isOpen();
    if (!any) rest = null;
    else if (rest != in) rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
    if (any) wire.tcp.nextTurn(this::goOn);
  }

  private void goOn() {
    ByteBuffer in = rest;
    if (in != null && wire.isOpen()) read(in);
  }

  /** False after the last record of the other end. */
  private boolean open(ByteBuffer in, ByteBuffer plain) throws SSLException {
    for (int n = 0; n < RECORDS; n++) {
      ByteBuffer record = next(in);
      if (record == null) return true;
      spoken = true;
      if (!tls.open(record, plain)) return false;
    }
    return true;
  }

  /** A whole record: as it lies in the input, or put together if it came in pieces. */
  private @Nullable ByteBuffer next(ByteBuffer in) throws SSLException {
    ByteBuffer kept = begun;
    if (kept == null) {
      int length = in.remaining() < HEADER ? HEADER : length(in);
      if (in.remaining() >= length) {
        ByteBuffer record = in.slice(in.position(), length);
        in.position(in.position() + length);
        return record;
      }
      if (!in.hasRemaining()) return null;
      kept = ByteBuffer.allocate(FIRST_ROOM);
    }
    return complete(kept, in);
  }

  private @Nullable ByteBuffer complete(ByteBuffer kept, ByteBuffer in) throws SSLException {
    begun = fill(kept, in, HEADER);
    if (begun.position() < HEADER) return null;
    int length = length(begun.duplicate().flip());
    ByteBuffer filled = fill(begun, in, length);
    boolean whole = filled.position() == length;
    begun = whole ? null : filled;
    return whole ? filled.flip() : null;
  }

  /** Takes what there is, up to a length, into the buffer, or into a larger one with its bytes. */
  static ByteBuffer fill(ByteBuffer to, ByteBuffer in, int length) {
    int bytes = Math.min(length - to.position(), in.remaining());
    if (bytes <= 0) return to;
    ByteBuffer room = to;
    if (bytes > to.remaining()) {
      int needed = to.position() + bytes;
      int capacity = Math.min(MAX_RECORD, Math.max(2 * to.capacity(), needed));
      room = ByteBuffer.allocate(capacity).put(to.flip());
    }
    room.put(in.slice(in.position(), bytes));
    in.position(in.position() + bytes);
    return room;
  }

  /** From the header, which has to be one (RFC 8446 §5.1). */
  private int length(ByteBuffer header) throws SSLException {
    int at = header.position();
    int type = header.get(at) & 0xff;
    int length = HEADER + (header.getShort(at + 3) & 0xffff);
    if (type < 20 || type > DATA || header.get(at + 1) != 3 || length > MAX_RECORD)
      throw spoken ? new SSLException("what follows is not TLS") : new NotTlsException(header);
    // TLS 1.2 could begin a handshake anew, which is of use to nobody but those who want to see
    // this server work; TLS 1.3 has no records of other types any more at this point.
    if (tls.established && type != DATA && type != ALERT)
      throw new SSLException("a second handshake is refused");
    return length;
  }

  /**
   * What comes first is no record of TLS. A caller that has forgotten an {@code s} is told so in
   * its own words, since it could read no others; anybody else is told nothing, for an alert of TLS
   * would be taken for data.
   */
  private static final class NotTlsException extends SSLException {
    private static final long serialVersionUID = 1;

    private final boolean isRequest;

    NotTlsException(ByteBuffer header) {
      super("what it sends is not TLS");
      String first =
          StandardCharsets.ISO_8859_1.decode(header.slice(header.position(), HEADER)).toString();
      isRequest = REQUESTS.stream().anyMatch(first::startsWith);
    }

    /** What the other end can read; null: nothing. */
    @Nullable ByteBuffer answer() {
      if (!isRequest) return null;
      return ResponseHeads.lastWords(
          400,
          Headers.EMPTY,
          "this port speaks TLS, and the request came without: its URL, or that of the proxy,"
              + " begins with https:// (that of a wsp-client's target with wss://)\n");
    }
  }
}
