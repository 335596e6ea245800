package wsp.tunnel;

import java.nio.ByteBuffer;
import wsp.envelope.Headers;

/**
 * One exchange as one side of a link writes it: a head, data, an end, or a reset. What the other
 * side sends comes to a {@link StreamListener}. Nothing blocks: a writer that sees {@link
 * #congested} stops until {@link #whenWritten} calls it. One thread at a time writes; {@link
 * #pause}, {@link #resume} and {@link #reset} may be called by any.
 *
 * @param <H> the head that this side sends
 */
public interface Stream<H> {
  /**
   * How many interim heads may come before that of a response: an origin that works for an hour
   * sends one a minute.
   */
  int MAX_INTERIM = 100;

  /** Sends, once, the head and the first piece of the data, perhaps the last, in one write. */
  void head(H head, ByteBuffer first, boolean last);

  /** Sends a piece of the data, which is copied; the last one is half a close. */
  void data(ByteBuffer part, boolean last);

  /** Ends the data with trailers, which a wire that has none leaves out. */
  void trailers(Headers fields);

  /** True if its wire carries more than plain exchanges: interim heads, trailers, upgrades. */
  default boolean carriesInterim() {
    return false;
  }

  /** True while data of this stream waits to be taken. */
  boolean congested();

  /**
   * How many bytes of data wait for the other side to take them; 0 where only the socket of the
   * link holds them up, which counts them itself.
   */
  default int unsent() {
    return 0;
  }

  /** Runs once the data is taken, perhaps at once. */
  void whenWritten(Runnable action);

  /** Takes no more data of the other side for now. */
  void pause();

  void resume();

  boolean paused();

  /** Ends both directions at once so that the other side can tell; nothing follows. */
  void reset(Reset why);
}
