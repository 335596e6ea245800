package wsp.client.origin;

import java.nio.ByteBuffer;
import wsp.envelope.Headers;

/**
 * One request on its way to its origin and its response on its way back, at the same time; the
 * latter goes to a {@link ResponseSink}. {@link #start} and {@link #body} are called by one thread
 * at a time, the other methods by any.
 */
public interface OriginStream {
  /** Starts it: from now on the sink may be called. */
  void start();

  /** Passes on a part of the body; false if {@link ResponseSink#onRequestTaken} is to come. */
  boolean body(ByteBuffer part, boolean last);

  /**
   * The trailers of the request, before the last part of its body. A request whose body has a
   * length goes without them, and so does one of an engine that has none.
   */
  default void trailers(Headers fields) {}

  /** A piece of the response for which the sink gave false has been taken. */
  void resume();

  /**
   * An estimate of what it takes for as long as it runs, where no other limit counts that: bytes.
   */
  default int takes() {
    return 0;
  }

  /**
   * An estimate of what is kept while a piece of the response waits, beside that: bytes for the
   * connection.
   */
  default int keeps() {
    return 4 << 10;
  }

  /**
   * After the response is whole: an origin may take the rest of the request for longer than that.
   *
   * @return false if it does; then this is run, by any thread, when that is over, however it ends
   */
  default boolean isOver(Runnable then) {
    return true;
  }

  /** Breaks off: the origin's connection is reset, and the sink hears nothing more. */
  void cancel();
}
