package wsp.client.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.net.ThreadBuffers;
import wsp.websocket.FrameDecoder;
import wsp.websocket.FrameHeader;
import wsp.websocket.ProtocolViolationException;

/**
 * What comes from the socket of one WebSocket: decoded as far as events are wanted. It goes on on
 * whichever thread brought a reason to, the I/O thread with bytes or another with a request, and on
 * one at a time.
 */
final class InQueue {
  private static final Logger LOG = LoggerFactory.getLogger(InQueue.class);

  /** Reads of one turn, after which other connections get theirs. */
  private static final int READS = 8;

  /**
   * Events of one turn: a server that does what it should needs three for each read, but a small
   * read could have a thousand.
   */
  private static final int EVENTS = 4 * READS;

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  /** What a thread reads into, as long as all of it is used up at once. */
  private static final ThreadBuffers SHARED = new ThreadBuffers(64 * 1024);

  private final IOSession session;
  private final boolean secure;
  private final WebSocket socket;
  private final Events heard;
  private final FrameDecoder decoder = new FrameDecoder(FrameHeader.ofServer());

  /** Reasons to go on that have not been seen to; who makes it 1 is the one who does. */
  private final AtomicInteger reasons = new AtomicInteger();

  private final Decrypted decrypted = new Decrypted(this::goOn);
  private volatile boolean wanted;
  private volatile boolean readable;

  /** Why nothing can be sent any more: what has come is read, as far as it is wanted. */
  private volatile @Nullable String broken;

  // Of whoever goes on.
  private ByteBuffer input = EMPTY;
  private boolean readEvent = true;
  private int reads;
  private int events;

  InQueue(IOSession session, boolean secure, WebSocket socket, Events heard) {
    this.session = session;
    this.secure = secure;
    this.socket = socket;
    this.heard = heard;
  }

  /** One more event is wanted. */
  void request() {
    wanted = true;
    goOn();
  }

  /** There is something to read, or this is it. */
  void ready(@Nullable ByteBuffer plain) {
    boolean small = plain != null && plain.hasRemaining() && decrypted.add(plain);
    readable = true;
    if (!small || !decrypted.putOff()) goOn();
  }

  /** What waits for the end of the round is due: the connection is at its end. */
  void settle() {
    if (decrypted.isPutOff()) goOn();
  }

  /** Nothing can be sent any more: the end is there behind what has come. */
  void endsWith(String why) {
    broken = why;
    readable = true;
    goOn();
  }

  private void goOn() {
    if (reasons.getAndIncrement() == 0) turn();
  }

  /** Reads and events are counted over all of a turn, however many reasons it brings for itself. */
  void turn() {
    reads = 0;
    events = 0;
    int seen = 1;
    do {
      try {
        round();
      } catch (ProtocolViolationException e) {
        socket.violated(e);
      } catch (IOException e) {
        ends("connection lost: " + e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("serving a server failed:", e);
        socket.failed("internal error");
      }
      if (isCutShort()) {
        // The reason that is left keeps everybody from going on before that.
        socket.awaitTurn();
        return;
      }
      seen = reasons.addAndGet(-seen);
    } while (seen > 0);
  }

  /** True if there is something to go on with that no socket would tell of. */
  private boolean isCutShort() {
    return events >= EVENTS
        && wanted
        && !socket.ended()
        && (input.hasRemaining() || !decrypted.isEmpty() || (secure && readable));
  }

  private void round() throws ProtocolViolationException, IOException {
    while (wanted && events < EVENTS && !socket.ended()) {
      if (!input.hasRemaining() && !fill()) break;
      // Whoever gets the event may ask for the next before this returns.
      wanted = false;
      if (decoder.decode(input, heard)) events++;
      else wanted = true;
    }
    giveBack();
    heard.readComplete();
    String why = broken;
    if (why != null && !wanted) socket.failed(why);
    // What nobody wants is noticed once, and then not looked at any more.
    boolean watch = wanted || !readable;
    if (watch == readEvent || socket.ended()) return;
    readEvent = watch;
    if (watch) session.setEvent(EventMask.READ);
    else session.clearEvent(EventMask.READ);
  }

  private boolean fill() throws IOException {
    ByteBuffer plain = decrypted.poll();
    if (plain != null) {
      heard.signOfLife();
      input = plain;
      return true;
    }
    if (!readable || (!secure && reads++ >= READS)) return false;
    if (!secure) input = buffer();
    int n = session.read(secure ? EMPTY : input.clear());
    if (n < 0) {
      ends("the server closed the connection");
      return false;
    }
    if (!secure) input.flip();
    readable = !secure && n == input.capacity();
    if (n == 0) return false;
    heard.signOfLife();
    return true;
  }

  private void ends(String how) {
    heard.readComplete();
    String why = broken;
    socket.failed(why == null ? how : why);
  }

  private ByteBuffer buffer() {
    return input.capacity() == SHARED.size() ? input : SHARED.take();
  }

  private void giveBack() {
    if (input.hasRemaining() && !socket.ended()) return;
    if (input.capacity() == SHARED.size()) SHARED.giveBack(input);
    input = EMPTY;
  }
}
