package wsp.testing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What comes, each once, in order. */
public final class Distinct {
  private Distinct() {}

  public static <T> List<T> of(Iterable<T> some) {
    Set<T> all = new LinkedHashSet<>();
    some.forEach(all::add);
    return List.copyOf(all);
  }
}
