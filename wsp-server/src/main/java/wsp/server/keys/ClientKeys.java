package wsp.server.keys;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which clients may register. Every presented key is compared with every known one, to
 * the end. Immutable; safe for all threads.
 */
public final class ClientKeys {
  private final List<NamedKey> known = new ArrayList<>();

  /**
   * @param secret what any client may present; empty: nothing is needed, unless there are named
   *     keys
   * @param named keys of one client each
   */
  public ClientKeys(String secret, List<NamedKey> named) {
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
  public @Nullable NamedKey admit(List<String> fields) {
    KeyDigest presented = KeyDigest.of(fields.isEmpty() ? "" : fields.get(0));
    NamedKey found = null;
    for (NamedKey k : known) {
      if (k.key().equals(presented)) found = k;
    }
    return fields.size() <= 1 ? found : null;
  }

  /**
   * True as long as a client with this id and these labels that was admitted by this key still
   * would be, under any name.
   *
   * @param id empty as long as it is not known
   */
  public boolean holds(NamedKey key, String id, List<String> labels) {
    for (NamedKey k : known) {
      if (k.key().equals(key.key()) && (id.isEmpty() || k.scope().hasId(id)) && mayOffer(k, labels))
        return true;
    }
    return false;
  }

  /**
   * True if a client with this key may have these labels: those in its list, or any without one but
   * for ids of other entries, whose requests it would get while they are away.
   */
  public boolean mayOffer(NamedKey key, List<String> labels) {
    if (key.scope().labels() != null) return key.scope().hasLabels(labels);
    for (NamedKey other : known) {
      List<String> ids = other.scope().ids();
      if (ids != null && !other.name().equals(key.name()) && !Collections.disjoint(ids, labels))
        return false;
    }
    return true;
  }

  public boolean open() {
    KeyDigest none = KeyDigest.of("");
    return known.stream().anyMatch(k -> k.key().equals(none));
  }

  /** All of them; the one without a name is the secret, or the one that lets every client in. */
  public List<NamedKey> all() {
    return List.copyOf(known);
  }
}
