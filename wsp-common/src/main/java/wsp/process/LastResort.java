package wsp.process;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles uncaught errors of all threads. A daemon that is out of memory, or has lost a {@link
 * Vital} thread, would stay there half dead: it ends instead, so that its supervisor starts it
 * anew. Without any other thread it goes on. The log says which of the two.
 */
public final class LastResort {
  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private static final String NO_THREAD = "unable to create native thread";

  private static final IntConsumer GO_ON = LastResort::goOn;

  private static volatile IntConsumer halt = GO_ON;
  private static volatile Runnable flush = () -> {};

  private LastResort() {}

  /**
   * Takes over for all threads. The way to the end is gone once beforehand: what is used for the
   * first time has to be looked up, which takes memory, and there will be none.
   *
   * @param end ends the process at once, with an exit code
   * @param lastLines writes out what the log still has
   */
  public static void install(IntConsumer end, Runnable lastLines) {
    halt = GO_ON;
    Thread.setDefaultUncaughtExceptionHandler(LastResort::uncaught);
    Thread self = Thread.currentThread();
    ThreadGroup group = self.getThreadGroup();
    if (group != null) group.uncaughtException(self, new OutOfMemoryError("a drill"));
    flush = lastLines;
    halt = end;
  }

  private static void goOn(int exitCode) {}

  private static void uncaught(Thread thread, Throwable error) {
    endIfOutOfMemory(error);
    if (isOfMemory(error)) return;
    if (!(thread instanceof Vital)) {
      LOG.error(
          "thread {} ended by an error that nobody caught; the daemon goes on without it",
          thread.getName(),
          error);
      return;
    }
    LOG.error(
        "thread {} ended by an error that nobody caught, and nothing takes its place: the daemon"
            + " ends with exit code {}, to be started anew",
        thread.getName(),
        ExitCodes.PASSING,
        error);
    flush.run();
    halt.accept(ExitCodes.PASSING);
  }

  /**
   * Ends the process if this error is for want of memory; to be called wherever all errors are
   * caught.
   */
  public static void endIfOutOfMemory(Throwable error) {
    // Nothing before the end may need memory.
    if (isOfMemory(error)) halt.accept(ExitCodes.OUT_OF_MEMORY);
  }

  /**
   * True if memory has run out. Java has the same error for a thread that the system does not give
   * (a limit of processes, of the container or the user): that costs what needed the thread, and
   * all else goes on.
   */
  private static boolean isOfMemory(Throwable error) {
    if (!(error instanceof OutOfMemoryError)) return false;
    String text = error.getMessage();
    return text == null || !text.startsWith(NO_THREAD);
  }
}
