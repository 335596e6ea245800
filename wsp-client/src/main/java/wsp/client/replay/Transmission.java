package wsp.client.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ReplayException;

/**
 * Brings the request of one replay to its connection: what is written when, and what becomes of the
 * connection then. Guarded by its {@link Replay}, whose sink it does not know.
 */
final class Transmission {
  private final Replay replay;
  private final Replayer replayer;
  private final Upload upload;
  private final ReplayState state;
  private @Nullable OriginConnection connection;
  private @Nullable Future<?> timeout;

  private final UploadWatch watch = new UploadWatch();

  /** How the search for a connection is broken off, as long as there is none. */
  private @Nullable Runnable opening;

  /** Is run when the request has left the connection, or never will, and the answer is whole. */
  private @Nullable Runnable whenOver;

  Transmission(Replay replay, Replayer replayer, Upload upload, ReplayState state) {
    this.replay = replay;
    this.replayer = replayer;
    this.upload = upload;
    this.state = state;
  }

  @Nullable OriginConnection connection() {
    return connection;
  }

  boolean isBy(@Nullable OriginConnection one) {
    return connection == one;
  }

  /** A connection is sought, which is broken off like this; false if it is not wanted any more. */
  boolean opensBy(Runnable how) {
    if (state.ended()) return false;
    opening = how;
    return true;
  }

  void begin(OriginConnection given) {
    opening = null;
    connection = given;
    given.begin(replay);
    if (replay.asked.connects()) given.tunnel();
  }

  // -- writing

  /** Takes the next part; true if more is wanted at once. */
  boolean pass(ByteBuffer part, boolean last) {
    if (state.ended() || upload.discarding()) return true;
    upload.take(part, last);
    var unused = goOn();
    upload.keep(part);
    return !upload.outstanding();
  }

  /** Writes what is due; true if a part is taken by that. */
  boolean goOn() {
    OriginConnection to = connection;
    boolean waiting = upload.outstanding();
    if (to != null && !upload.writing() && upload.due()) write(to);
    return waiting && !upload.outstanding();
  }

  /** The socket has taken what it had not; true if a part is taken by that. */
  boolean written() {
    OriginConnection to = connection;
    if (to == null || !upload.writing()) return false;
    boolean waiting = upload.outstanding();
    upload.written();
    if (upload.due()) write(to);
    else drained(to);
    return waiting && !upload.outstanding();
  }

  private void write(OriginConnection to) {
    try {
      if (upload.write(to)) drained(to);
      else watch.tryLater(replayer, replay);
    } catch (IOException e) {
      cannotWrite(to);
    }
  }

  /** The socket may take more though it has not said so; true if a part is taken by that. */
  boolean tryAgain() {
    watch.tried();
    OriginConnection to = connection;
    if (to == null || !upload.writing()) return false;
    try {
      if (to.output.goOn()) return written();
      watch.tryLater(replayer, replay);
    } catch (IOException e) {
      cannotWrite(to);
    }
    return false;
  }

  private void drained(OriginConnection to) {
    if (upload.expects() && state.isAwaiting()) timeout = replayer.awaitContinue(replay, to);
    if (!upload.asked()) return;
    if (state.isWhole()) leave(to);
    else if (state.isAwaiting()) timeout = replayer.awaitHead(replay);
  }

  private void cannotWrite(OriginConnection to) {
    // What has come before it may have sent it elsewhere already.
    if (connection != to) return;
    if (state.isAwaiting() && to.output.nothingLeft() && upload.repeatable()) {
      to.abort();
      elsewhere();
    } else {
      // The response may be there all the same, and says why.
      var unused = stop();
    }
  }

  /** True if nothing is left to wait for: the response is whole, and no tunnel. */
  boolean isDone() {
    return state.isWhole() && !upload.isOpen();
  }

  /** Nothing more of it goes out; true if a part counts as taken by that. */
  boolean stop() {
    if (isDone()) return giveUp();
    boolean taken = upload.discard();
    if (upload.isOpen()) replayer.soon(() -> replay.failed(ReplayException.tunnelBroken()));
    return taken;
  }

  /**
   * Nothing has left, so another connection may have it, once: the origin has just closed the idle
   * one that was to be used, or has sent something on it.
   */
  void elsewhere() {
    inTime();
    connection = null;
    upload.restart();
    if (state.seeksAgain() && upload.repeatable()) replayer.connect(replay);
    else replayer.soon(() -> replay.failed(ReplayException.closedAtOnce()));
  }

  // -- the answer

  /** What was waited for has come. */
  void inTime() {
    if (timeout != null) timeout.cancel(false);
  }

  /** The body is wanted; false if that is known, or matters no more. */
  boolean proceeds() {
    if (connection == null || !state.isAwaiting() || !upload.proceeds()) return false;
    inTime();
    return true;
  }

  /** The response is whole; true if a part of the request counts as taken by that. */
  boolean answered(Keeping keeping) {
    OriginConnection from = connection;
    if (from == null) return false;
    if (keeping.use() == Keeping.Use.ONE_CALLER) replayer.bind(from, replay.asked.bond(), keeping);
    boolean reusable = keeping.use() != Keeping.Use.NOBODY;
    state.responded(reusable);
    if (upload.whole()) {
      leave(from);
    } else {
      boolean useless = upload.discarding() || (!reusable && !upload.isOpen());
      if (useless) return giveUp();
      watch(from.output.bytesWritten());
    }
    return false;
  }

  /** After an early answer: true if the origin has taken no more than so many bytes. */
  boolean isStuck(long writtenBefore) {
    OriginConnection from = connection;
    if (from == null) return false;
    long written = from.output.bytesWritten();
    if (watch.isInVain(upload, written > writtenBefore)) return true;
    watch(written);
    return false;
  }

  private void watch(long written) {
    timeout = replayer.watchUpload(replay, written);
  }

  /**
   * The request has been answered, and the origin no longer takes the rest of it; true if a part
   * counts as taken by that.
   */
  boolean giveUp() {
    OriginConnection from = release();
    if (from != null) from.abort();
    return upload.discard();
  }

  private void leave(OriginConnection from) {
    inTime();
    connection = null;
    var unused = upload.discard();
    from.finish(state.isReusable(), System.nanoTime());
    tellOver();
  }

  /** True if no connection has it; else this runs when that is so, by another thread. */
  boolean isOver(Runnable then) {
    if (connection == null) return true;
    whenOver = then;
    return false;
  }

  private void tellOver() {
    if (whenOver != null) replayer.soon(whenOver);
    whenOver = null;
  }

  /** The connection, which is not its any more; nothing is waited for. */
  @Nullable OriginConnection release() {
    inTime();
    OriginConnection from = connection;
    connection = null;
    tellOver();
    return from;
  }

  /** The request is over: what breaks off the connection that it has, or is going to have. */
  Runnable end() {
    var unused = upload.discard();
    Runnable unopened = opening;
    opening = null;
    OriginConnection from = release();
    if (from != null) return from::abort;
    return unopened != null ? unopened : () -> {};
  }
}
