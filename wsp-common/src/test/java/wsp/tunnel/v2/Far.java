package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.websocket.ProtocolViolationException;

/** A stream over a long way, all of whose credit its sender may use at once. */
final class Far {
  static final int FIRST = 65_536;
  static final int FRAME = 16_384;

  /** Of maintenance, until what is not needed counts no more. */
  static final int PASSES = 3;

  private static final long WAY = 50_000_000;

  final Inbox inbox;
  @Nullable Object reader;
  long now = 1;
  long credit = FIRST;

  Far(Windows memory) {
    inbox = new Inbox(Inbox.State.DATA, FIRST, memory, new Path());
    assertTrue(inbox.reserve());
  }

  void sends(long bytes) throws ProtocolViolationException {
    long given = 0;
    for (long sent = 0; sent < bytes && credit > 0; ) {
      int n = (int) Math.min(FRAME, credit);
      credit -= n;
      sent += n;
      now += 1000;
      inbox.data(n, now);
      if (inbox.passedOn(n)) given += inbox.credit(now);
    }
    credit += given;
    now += WAY;
  }

  /** Uses all its credit for so many round trips. */
  Far grown(int trips) throws ProtocolViolationException {
    for (int i = 0; i < trips; i++) sends(Long.MAX_VALUE);
    return this;
  }

  void idles() {
    for (int i = 0; i < PASSES; i++) inbox.pass();
  }

  /** So many bytes that come, and wait for the reader; false if there is no memory for them. */
  boolean waits(long bytes) throws ProtocolViolationException {
    inbox.pause();
    boolean fits = true;
    for (long sent = 0; fits && sent < bytes && credit > 0; ) {
      int n = (int) Math.min(FRAME, credit);
      credit -= n;
      sent += n;
      inbox.data(n, now);
      fits = inbox.hold(ByteBuffer.allocate(n), false);
    }
    return fits;
  }

  /** Its reader takes so many bytes of those, or all. */
  void reads(long bytes) {
    Inbox.Piece piece;
    for (long read = 0; read < bytes && (piece = inbox.next()) != null; Inbox.done(piece)) {
      int n = piece.data().remaining();
      read += n;
      now += 1000;
      if (inbox.passedOn(n)) credit += inbox.credit(now);
    }
    now += WAY;
  }
}
