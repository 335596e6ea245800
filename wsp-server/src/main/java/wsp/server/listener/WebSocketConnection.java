package wsp.server.listener;

import java.nio.ByteBuffer;
import wsp.limit.Budget;
import wsp.websocket.FrameCarrier;

/**
 * A client's WebSocket as the server uses it. Sending never blocks; a sender that sees {@link
 * #congested()} stops until {@link #whenWritten} calls it. All methods may be called from any
 * thread, but only one thread at a time sends data.
 */
public interface WebSocketConnection extends FrameCarrier {
  /** What comes in, on the connection's own thread, in order. */
  interface Listener {
    /** No close code: the other end gave signs of life to the last, and took nothing. */
    int TAKES_NOTHING = -1;

    /** No close code: this side has cut it for want of memory. */
    int MAKES_ROOM = -2;

    void onText(String part, boolean last);

    /** A piece of a binary message; the buffer is valid until this returns. */
    void onBinary(ByteBuffer part, boolean last);

    /** All that had arrived together was handed over: what was held back for one write, goes. */
    void onReadComplete();

    /** The client has sent a close frame: what came before it, and is held back, goes now. */
    default void onClosing() {}

    /**
     * It is closed; called once, and nothing comes after it.
     *
     * @param reason for the log
     * @param code of the client's close frame (RFC 6455 §7.4); 0 if it sent none before this side
     *     closed. With {@link wsp.websocket.CloseCodes#GOING_AWAY} it closes only while it is idle:
     *     what crossed that on its way was not executed. {@link #TAKES_NOTHING} or {@link
     *     #MAKES_ROOM} if that was why
     */
    void onClosed(String reason, int code);
  }

  /** Sends a text message and the first piece of the binary message after it in one write. */
  void send(String text, ByteBuffer firstPart, boolean last);

  void sendBinary(ByteBuffer part, boolean last);

  /**
   * It has greeted and is in a pool: what it holds counts for its client, and no longer as that of
   * strangers, but for what its socket does not take.
   *
   * @param links the memory for the connections of its client
   */
  void known(Budget links);

  /** Asks for a sign of life (RFC 6455 §5.5.2). */
  void ping();

  void pauseReading();

  void resumeReading();

  /**
   * Runs the action on the connection's own thread, after all that has arrived by now was handled,
   * the end of the connection included.
   */
  void afterReading(Runnable action);

  /**
   * True if the thread that asks is the connection's own: what it has of the exchange stays in the
   * cache of one core.
   */
  boolean isNear();

  /** True while reading is paused: its silence says nothing then. */
  boolean readingPaused();

  /** When something last arrived, by {@link System#nanoTime()}. */
  long lastHeard();

  /** True if it gave a sign of life so recently, 5 ms ago at most, that it is taken for alive. */
  default boolean isFresh() {
    return System.nanoTime() - lastHeard() < 5_000_000;
  }

  /** True until it is closed by either side. */
  boolean isOpen();

  void abort();

  /** The address of the other end, for logs. */
  String remote();

  /** The same as it is counted ({@link wsp.limit.PerAddress#key}). */
  Object network();
}
