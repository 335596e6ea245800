package wsp.tunnel.v2;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells several of something: an error of one is thrown when all the others know. Stateless. */
final class EachOf {
  private EachOf() {}

  static <T> void tell(Iterable<T> all, Consumer<T> tell) {
    @Nullable RuntimeException failed = null;
    @Nullable Error worse = null;
    for (T one : all) {
      try {
        tell.accept(one);
      } catch (RuntimeException e) {
        failed = e;
      } catch (Error e) {
        worse = e;
      }
    }
    if (worse != null) throw worse;
    if (failed != null) throw failed;
  }
}
