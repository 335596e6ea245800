package wsp.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may register, and by which keys. Every presented key is compared with every known one, to the
 * end. Immutable; safe for all threads.
 */
final class ClientKeys {
  private final List<NamedKey> known = new ArrayList<>();

  /**
   * @param secret what any client may present; empty: nothing is needed, unless there are named
   *     keys
   * @param named keys of one client each
   */
  ClientKeys(String secret, List<NamedKey> named) {
    if (!secret.isEmpty() || named.isEmpty()) known.add(new NamedKey("", KeyDigest.of(secret)));
    known.addAll(named);
  }

  /**
   * The key that was presented.
   *
   * @param fields every value of X-SECRET-KEY; none counts as an empty one, as in the original, and
   *     a repeated one is never right
   * @return null if it is none that is known
   */
  @Nullable NamedKey admit(List<String> fields) {
    KeyDigest presented = KeyDigest.of(fields.isEmpty() ? "" : fields.get(0));
    NamedKey found = null;
    for (NamedKey k : known) {
      if (k.key().equals(presented)) found = k;
    }
    return fields.size() <= 1 ? found : null;
  }

  /** True as long as who was admitted by this key still would be, under whatever name. */
  boolean holds(NamedKey key) {
    return known.stream().anyMatch(k -> k.key().equals(key.key()));
  }

  /** True if anybody may register. */
  boolean open() {
    return holds(new NamedKey("", KeyDigest.of("")));
  }

  /** The named ones, for the print at start. */
  List<Map<String, Object>> describe() {
    Map<String, List<Object>> byName = new LinkedHashMap<>();
    for (NamedKey k : known) {
      if (!k.name().isEmpty())
        byName.computeIfAbsent(k.name(), n -> new ArrayList<>()).add(k.key().toString());
    }
    List<Map<String, Object>> all = new ArrayList<>();
    byName.forEach((name, keys) -> all.add(Map.of("Name", name, "Keys", keys)));
    return all;
  }
}
