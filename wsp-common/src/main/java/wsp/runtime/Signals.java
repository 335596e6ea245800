package wsp.runtime;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, SIGTERM and SIGINT. Of the latter two, the first asks for an orderly end, the second for
 * one at once. A shutdown hook could not see the second. The JDK's own way, {@code
 * sun.misc.Signal}, is supported but not standard, so it is looked up by name; where it is missing,
 * the JVM ends at the first signal, as it does by itself.
 */
public final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /**
   * Sets the actions; each runs on a thread of the JVM's and should not take long.
   *
   * @param first for the first signal of either kind
   * @param second for every further one
   */
  public static void onTermination(Runnable first, Runnable second) {
    AtomicInteger count = new AtomicInteger();
    Runnable action = () -> (count.getAndIncrement() == 0 ? first : second).run();
    handle("TERM", action, "ends this process without a drain");
    handle("INT", action, "ends this process without a drain");
  }

  /**
   * Sets what SIGHUP does instead of ending the process; it runs on a thread of the JVM's and
   * should not take long. A process started with {@code nohup} goes on ignoring it.
   */
  public static void onHangup(Runnable action) {
    handle("HUP", action, "does not have the configuration read again");
  }

  private static void handle(String name, Runnable action, String otherwise) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> onCall(self, method, args, action));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      LOG.warn("SIG{} {}: {}", name, otherwise, cause(e).toString());
    }
  }

  private static Object onCall(Object self, Method method, Object[] args, Runnable action) {
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> self == args[0];
      case "toString" -> "signal handler";
      default -> {
        action.run();
        yield self;
      }
    };
  }

  private static Throwable cause(ReflectiveOperationException e) {
    return e instanceof InvocationTargetException i && i.getCause() != null ? i.getCause() : e;
  }
}
