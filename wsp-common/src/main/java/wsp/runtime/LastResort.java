package wsp.runtime;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of errors that nobody caught. A daemon whose memory is at its end would stay there
 * half dead, with some of its threads gone: it ends instead, so that whatever watches over it
 * starts it anew.
 */
public final class LastResort {
  /** The exit code of a process that ran out of memory or stack. */
  public static final int EXIT_CODE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private LastResort() {}

  /**
   * Takes over for all threads.
   *
   * @param halt ends the process at once, with an exit code
   */
  public static void install(IntConsumer halt) {
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> handle(thread, error, halt));
  }

  private static void handle(Thread thread, Throwable error, IntConsumer halt) {
    // Nothing before this may need memory.
    if (error instanceof OutOfMemoryError) halt.accept(EXIT_CODE);
    LOG.error("thread {} ended by an error", thread.getName(), error);
  }
}
