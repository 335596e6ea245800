package wsp.process;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what an error must not end: steps on behalf of several, of which one that fails holds up
 * none of the others, and what nobody waits for, whose errors nobody would see. They are logged.
 * Stateless.
 */
public final class Safely {
  private static final Logger LOG = LoggerFactory.getLogger(Safely.class);

  private Safely() {}

  /** Does it; false if it failed. */
  public static boolean run(Runnable deed) {
    try {
      deed.run();
      return true;
    } catch (RuntimeException | Error e) {
      failed(e);
      return false;
    }
  }

  /** Does it with each of them; false if it failed with any. */
  public static <T> boolean each(Iterable<? extends T> all, Consumer<? super T> deed) {
    boolean whole = true;
    for (T one : all) {
      try {
        deed.accept(one);
      } catch (RuntimeException | Error e) {
        failed(e);
        whole = false;
      }
    }
    return whole;
  }

  /** Tells the end of a future: its outcome, or why there is none. */
  public static <T> void atEnd(
      CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> told) {
    var unused =
        future.whenComplete(
            (outcome, why) -> {
              try {
                told.accept(outcome, why);
              } catch (RuntimeException | Error e) {
                failed(e);
              }
            });
  }

  /** Logs an error that ends nothing, unless it is for want of memory. */
  public static void failed(Throwable error) {
    LastResort.endIfOutOfMemory(error);
    LOG.error("a step failed; the others go on:", error);
  }
}
