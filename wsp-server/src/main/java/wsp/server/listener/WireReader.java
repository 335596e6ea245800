package wsp.server.listener;

import java.nio.ByteBuffer;

/** Who gets the bytes of a connection, on its selector thread. */
interface WireReader {
  /**
   * Bytes that are valid until this returns; what it leaves of them is for the reader that has
   * replaced it meanwhile.
   */
  void read(ByteBuffer in);

  /** The other end sends no more, in order; false: it has left, for this side may not go on. */
  default boolean ended() {
    return false;
  }

  /** The connection is gone, for whatever reason; called once. */
  default void closed() {}

  /** One pass of maintenance, at this {@link System#nanoTime()}. */
  default void sweep(long now) {}

  /** It is going to be cut, since the other end takes nothing. */
  default void takesNothing(long now) {}

  /** It is going to be cut, since others need the memory. */
  default void makesRoom() {}

  /** True if it leaves bytes in the socket for now, where nothing tells of a reset behind them. */
  default boolean isUnread() {
    return false;
  }
}
