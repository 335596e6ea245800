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
  /** The exit code of a process that ran out of memory. */
  public static final int EXIT_CODE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private static volatile IntConsumer halt = LastResort::goOn;

  private LastResort() {}

  /**
   * Takes over for all threads. The way to the end is gone once beforehand: what is used for the
   * first time has to be looked up, which takes memory, and there will be none.
   *
   * @param end ends the process at once, with an exit code
   */
  public static void install(IntConsumer end) {
    halt = LastResort::goOn;
    Thread.setDefaultUncaughtExceptionHandler(LastResort::uncaught);
    Thread self = Thread.currentThread();
    ThreadGroup group = self.getThreadGroup();
    if (group != null) group.uncaughtException(self, new OutOfMemoryError("a drill"));
    halt = end;
  }

  private static void goOn(int exitCode) {}

  private static void uncaught(Thread thread, Throwable error) {
    endIfOutOfMemory(error);
    if (!(error instanceof OutOfMemoryError))
      LOG.error("thread {} ended by an error", thread.getName(), error);
  }

  /** For whoever catches errors of any kind: ends the process if this one is for want of memory. */
  public static void endIfOutOfMemory(Throwable error) {
    // Nothing before the end may need memory.
    if (error instanceof OutOfMemoryError) halt.accept(EXIT_CODE);
  }
}
