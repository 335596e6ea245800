package wsp.tunnel;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;

/**
 * Hears of a stream, one event after the other, on the link's own thread or, before {@link
 * #onOpen}, on the thread that opens it. After {@link #onReset} nothing comes.
 *
 * @param <O> the head that this side sends
 * @param <I> the head that comes
 */
public interface StreamListener<O, I> {
  /** The link is alive, as far as can be told: the head may be sent. */
  void onOpen(Stream<O> stream);

  /** This side's head is about to be sent, on the sender's thread; last: no data follows. */
  default void onSending(O head, boolean last) {}

  /** Who takes in the end what comes, told from others by that; null if that is not known here. */
  default @Nullable Object reader() {
    return null;
  }

  /** A head that is not the final one, any number of times before that. */
  default void onInterim(I head) {}

  /** The head; its limits, its fields and its length have been checked. */
  void onHead(I head);

  /** A piece of the data, valid until this returns; all together as long as the head says. */
  void onData(ByteBuffer part, boolean last);

  /** The trailers, where there are any, instead of a last piece of the data. */
  default void onTrailers(Headers fields) {}

  /** Nothing more has come together with what was told: what was held back should leave now. */
  void onPause();

  /** The other side's direction is whole, and nothing that does not belong to it has come. */
  void onEnd();

  /** The stream has ended early; the words are for the log, and may be the other side's. */
  void onReset(Reset why, String words);
}
