package wsp.server;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.server.keys.ClientScope;
import wsp.server.keys.NamedKey;

/**
 * Warns of keys of clients that may register as another client with a limited key: callers that ask
 * for that one would reach these. Stateless.
 */
final class ScopeAdvice {
  private record Entry(String name, ClientScope scope) {
    String shown() {
      return name.isEmpty() ? "secretkey" : "clients: " + name;
    }
  }

  private ScopeAdvice() {}

  /** A line for each entry of {@code clients}, and for the secretkey, that has too few limits. */
  static List<String> of(List<NamedKey> keys) {
    Set<Entry> entries = new LinkedHashSet<>();
    for (NamedKey key : keys) entries.add(new Entry(key.name(), key.scope()));
    List<String> lines = new ArrayList<>();
    for (Entry each : entries) {
      String line = line(each, entries);
      if (line != null) lines.add(line);
    }
    return lines;
  }

  private static @Nullable String line(Entry entry, Set<Entry> entries) {
    List<String> limited = new ArrayList<>();
    for (Entry other : entries) {
      if (other.equals(entry)) continue;
      if (hasAny(other.scope().labels()) || hasAny(other.scope().ids())) limited.add(other.name());
    }
    // An id goes before a label, so that without limited ids labels are not safe either; and where
    // the client with an id is away, whoever has that for a label is asked.
    List<String> missing = new ArrayList<>();
    if (!limited.isEmpty() && entry.scope().ids() == null) missing.add("ids");
    if (!limited.isEmpty() && entry.scope().labels() == null) missing.add("labels");
    return missing.isEmpty() ? null : line(entry, missing, limited.get(0));
  }

  private static String line(Entry entry, List<String> missing, String other) {
    String lists = String.join(" and ", missing);
    String start =
        entry.shown() + ": without " + lists + ", its key may register as any, also as " + other;
    return entry.name().isEmpty()
        ? start + ": give each client a key of its own under clients, with " + lists
        : start + ": add " + lists;
  }

  private static boolean hasAny(@Nullable List<String> list) {
    return list != null && !list.isEmpty();
  }
}
