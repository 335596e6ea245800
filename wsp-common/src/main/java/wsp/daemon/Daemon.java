package wsp.daemon;

import java.io.IOException;
import wsp.config.ConfigException;
import wsp.config.Reloader;

/**
 * A daemon as {@link DaemonMain} runs it: made from its configuration, watched, started, drained,
 * closed, each once, in this order and on one thread.
 *
 * @param <C> its configuration
 */
public interface Daemon<C extends DaemonConfig> extends AutoCloseable {
  /** Takes up what this finds from now on. */
  void watch(Reloader<C> configuration);

  /** Binds its ports and begins to work; an error names an address and port. */
  void start() throws IOException;

  /** Waits for what {@link #start} does not, and without which the daemon is useless. */
  default void awaitStarted() throws ConfigException {}

  /** The state of the moment, in a line for a person at a terminal; any thread. */
  String state();

  /**
   * Takes no more work, and waits until all that runs is finished or the time for it is over; the
   * log says what was not.
   *
   * @return false if something did not finish in time
   */
  boolean drain() throws InterruptedException;

  /** Breaks off what is left and ends the threads. */
  @Override
  void close() throws IOException;
}
