package wsp.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * SIGHUP, SIGTERM, SIGINT, SIGUSR1 and SIGUSR2, from the first moment of a daemon on. A SIGHUP that
 * comes during the start is remembered, and acted on when the start is through; a SIGTERM or SIGINT
 * ends the start at once, with {@link ExitCodes#STOPPED}. Later, the first of these two asks for an
 * orderly end, the second for one at once, which a shutdown hook could not see. SIGUSR1, by which
 * other daemons are asked to open their logs anew, ends nothing. SIGUSR2 is the JVM's own, which
 * stops threads by it, unless the JVM was given another one; then it ends nothing either. Safe for
 * all threads.
 *
 * <p>The JDK's own way, {@code sun.misc.Signal}, is supported but not standard, so it is looked up
 * by name; where it is missing, the JVM ends at the first signal, as it does by itself. Neither the
 * log nor anything else of the daemon is loaded by this.
 */
public final class Signals {
  private static final int USR2 = 12;

  /** The highest of those that the JVM does not take for its own, and the highest of all. */
  private static final int SEGV = 11;

  private static final int LAST = 64;

  private final IntConsumer end;
  private final List<String> missing = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable Runnable reload;

  @GuardedBy("this")
  private boolean reloadOwed;

  @GuardedBy("this")
  private @Nullable Runnable stop;

  @GuardedBy("this")
  private boolean stopping;

  @GuardedBy("this")
  private @Nullable Consumer<String> user;

  Signals(IntConsumer end) {
    this.end = end;
  }

  /**
   * Handles the signals from now on; the first thing that a daemon does. A process started with
   * {@code nohup} goes on ignoring SIGHUP. A command beside the daemon ({@code check}) keeps what
   * the JVM does by itself.
   *
   * @param end ends the process at once, with an exit code
   * @param args those of the command line
   */
  public static Signals install(IntConsumer end, String... args) {
    Signals signals = new Signals(end);
    if (args.length > 0 && !args[0].startsWith("-")) return signals;
    signals.handle("HUP", "does not have the configuration read again");
    signals.handle("TERM", "ends this process without a drain");
    signals.handle("INT", "ends this process without a drain");
    signals.handle("USR1", "ends this process without a drain");
    if (leavesUsr2(System.getenv("_JAVA_SR_SIGNUM")))
      signals.handle("USR2", "ends this process without a drain");
    return signals;
  }

  /** True if the JVM stops threads by this signal, and no longer by SIGUSR2. */
  static boolean leavesUsr2(@Nullable String number) {
    long n = number == null ? USR2 : Ascii.number(number, 3);
    return n > SEGV && n <= LAST && n != USR2;
  }

  /** The signals that could not be set up, for the log, a line each. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /**
   * Sets what a SIGHUP does, and does it if one has come; on a thread of the JVM's, so it should
   * not take long.
   */
  public synchronized void onHangup(Runnable action) {
    reload = action;
    if (reloadOwed) action.run();
    reloadOwed = false;
  }

  /** Sets what the first SIGTERM or SIGINT does: the start is through, and there is an end. */
  public synchronized void onTermination(Runnable action) {
    stop = action;
  }

  /** Sets what a SIGUSR1 or SIGUSR2 does, whose name it gets; before that they do nothing. */
  public synchronized void onUser(Consumer<String> action) {
    user = action;
  }

  synchronized void hangup() {
    if (reload == null) reloadOwed = true;
    else reload.run();
  }

  synchronized void terminate() {
    if (stop == null) {
      end.accept(ExitCodes.STOPPED);
    } else if (stopping) {
      end.accept(ExitCodes.KILLED);
    } else {
      stopping = true;
      stop.run();
    }
  }

  synchronized void user(String name) {
    if (user != null) user.accept(name);
  }

  private void arrived(String name) {
    switch (name) {
      case "HUP" -> hangup();
      case "USR1", "USR2" -> user("SIG" + name);
      default -> terminate();
    }
  }

  private void handle(String name, String otherwise) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      // No lambda: the first one of a process takes as long as all of this.
      InvocationHandler onCall =
          new InvocationHandler() {
            @Override
            public Object invoke(Object self, Method method, Object[] args) {
              return onCall(self, method, args, name);
            }
          };
      Object proxy =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, onCall);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | LinkageError e) {
      missing.add("SIG" + name + " " + otherwise + ": " + cause(e));
    }
  }

  private Object onCall(Object self, Method method, Object[] args, String name) {
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> self == args[0];
      case "toString" -> "signal handler";
      default -> {
        arrived(name);
        yield self;
      }
    };
  }

  private static Throwable cause(Throwable e) {
    return e instanceof InvocationTargetException i && i.getCause() != null ? i.getCause() : e;
  }
}
