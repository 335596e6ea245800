package wsp.client.replay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import wsp.client.net.TlsLayer;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.ReplayException;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/**
 * What one connection to an origin reads, turn by turn, on its way to the replay that the
 * connection serves. Of the connection's I/O thread, but for {@link #forget} and {@link #taken}.
 */
final class ResponseInput implements ResponseReader.Target {
  /** Reads in a row before other connections get their turn, and bytes. */
  private static final int READS = 8;

  private static final int TURN = 128 * 1024;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final OriginConnection connection;
  private final ResponseReader reader;
  private final RequestOutput output;
  private final InputBuffer buffer;
  private final HeadMemory.Share unfinished;
  private volatile @Nullable TlsLayer tls;

  /** Pieces that have been handed on and not taken yet: while there are any, reading pauses. */
  @GuardedBy("this")
  private int untaken;

  ResponseInput(
      OriginConnection connection, ResponseReader reader, RequestOutput output, HeadMemory heads) {
    this.connection = connection;
    this.unfinished = heads.share();
    this.reader = reader;
    this.output = output;
    this.buffer = new InputBuffer(connection.route().secure());
  }

  /** No piece that was handed on counts any more. */
  synchronized void forget() {
    if (untaken == 0) return;
    untaken = 0;
    readOn();
  }

  /** A piece that was not taken at once has been taken. */
  synchronized void taken() {
    if (untaken > 0 && --untaken == 0) readOn();
  }

  private void readOn() {
    IOSession from = connection.session;
    if (from != null) from.setEvent(EventMask.READ);
  }

  void over() {
    unfinished.close();
  }

  void secured(TlsLayer with) {
    tls = with;
  }

  /**
   * Reads what has arrived over TLS, on the connection's thread, before a request begins; false if
   * there was anything: then the connection is at its end.
   */
  boolean isClear() {
    try {
      TlsLayer on = tls;
      if (on != null) on.readNow();
      if (on != null && on.hasHalfRecord())
        connection.end(reader.broken("the origin sent a part of something"));
    } catch (IOException e) {
      connection.end(reader.broken("the origin reset the connection"));
    }
    return !output.over();
  }

  /** The socket has something, perhaps this. */
  void ready(IOSession session, @Nullable ByteBuffer decrypted) throws IOException {
    if (decrypted != null && decrypted.hasRemaining()) receivedDecrypted(decrypted);
    else readSome(session);
  }

  private void readSome(IOSession session) throws IOException {
    int all = 0;
    for (int i = 0; i < READS && all < TURN; i++) {
      ByteBuffer in = buffer.takeFor(connection.current);
      int room = in.remaining();
      int n = output.read(session, in);
      all += n;
      buffer.full(n == room);
      if (n < 0) ended();
      else if (n > 0) received(in.flip());
      buffer.giveBack(in);
      if (!buffer.isFree() || n < room || connection.current == null) return;
    }
  }

  /** The TLS layer uses its buffer again, even while a piece in it is in use. */
  private void receivedDecrypted(ByteBuffer decrypted) {
    ByteBuffer in = buffer.take(decrypted.remaining());
    received(in.put(decrypted).flip());
    buffer.giveBack(in);
  }

  private void received(ByteBuffer in) {
    if (connection.current == null || !output.asked() || reader.complete()) {
      // Nobody asked for it: what follows could not be told from the next response.
      connection.end(reader.complete() ? null : reader.broken("the origin sent something unasked"));
      return;
    }
    try {
      reader.read(in, this);
      Replay replay = connection.current;
      int held = replay == null || reader.complete() ? 0 : reader.held();
      if (held == 0) unfinished.whole();
      else unfinished.holds(held, reader.inBody(), connection.route().host(), replay::failed);
      if (replay != null && !reader.complete()) replay.paused();
    } catch (ReplayException e) {
      connection.fail(e);
    }
  }

  @Override
  public void head(ResponseEnvelope head) {
    if (reader.keeping() == Keeping.AUTHENTICATED) {
      var unused = connection.pool.tellOfAuth(connection.route(), System.nanoTime());
    }
    Replay replay = connection.current;
    if (replay == null) return;
    if (reader.keeping().wantsBody()) replay.proceed();
    replay.responding(head);
  }

  @Override
  public void interim(ResponseEnvelope head) {
    Replay replay = connection.current;
    if (replay != null && head.status() == 100) replay.proceed();
    else if (replay != null) replay.interim(head);
  }

  @Override
  public void switched(ResponseEnvelope head) {
    output.raw();
    Replay replay = connection.current;
    if (replay != null) replay.responding(head);
  }

  @Override
  public void trailers(Headers fields) {
    Replay replay = connection.current;
    if (replay != null) replay.sink.onTrailers(fields);
  }

  @Override
  public void body(ByteBuffer piece, boolean last) {
    Replay replay = connection.current;
    if (replay == null) return;
    if (last) {
      unfinished.whole();
      // Done with the connection first, so that the next request finds it in the pool.
      replay.tell(replay.responded(reader.keeping()));
      buffer.handedOn(replay.sink.onBody(piece, true), true, replay.sink.copies());
      return;
    }
    synchronized (this) {
      untaken++;
    }
    boolean taken = replay.sink.onBody(piece, false);
    buffer.handedOn(taken, false, replay.sink.copies());
    IOSession from = connection.session;
    synchronized (this) {
      if (taken) untaken--;
      // It may have been taken in the meantime, by another thread.
      if (untaken > 0 && from != null) from.clearEvent(EventMask.READ);
    }
  }

  private void ended() {
    if (reader.keeping() == Keeping.TUNNEL)
      connection.pool.unread().add(connection.session, connection.current);
    String cut = output.cut();
    if (connection.current == null || reader.complete()) connection.end(null);
    else if (cut != null) connection.end(reader.broken(cut));
    else endedInOrder();
  }

  private void endedInOrder() {
    try {
      if (reader.end()) body(NOTHING, true);
    } catch (ReplayException e) {
      connection.end(e);
    }
  }
}
