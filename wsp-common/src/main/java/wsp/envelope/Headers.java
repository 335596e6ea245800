package wsp.envelope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message: a multi-map whose names compare without case, in the order of the wire
 * (RFC 9110 §5). Repeated fields keep every value. Immutable; safe for all threads.
 */
public final class Headers {
  /** No fields. */
  public static final Headers EMPTY = new Headers(new String[0]);

  /**
   * Fields of one hop only (RFC 9110 §7.6.1), in lower case. Those named by {@code Connection} come
   * on top.
   */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** In the names of fields that carry secrets. */
  private static final Set<String> SECRET_WORDS =
      Set.of("authorization", "cookie", "key", "password", "secret", "token");

  /** Name, value, name, value: small, and in wire order by itself. */
  private final String[] fields;

  private Headers(String[] fields) {
    this.fields = fields;
  }

  /** From names and values in turn. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0)
      throw new IllegalArgumentException("a name without a value");
    return namesAndValues.length == 0 ? EMPTY : new Headers(namesAndValues.clone());
  }

  /** How many fields there are; a repeated one counts each time. */
  public int size() {
    return fields.length / 2;
  }

  /** The first value of a field, or null where there is none. */
  public @Nullable String first(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) return fields[i + 1];
    }
    return null;
  }

  /** True if the field is there, be it empty. */
  public boolean has(String name) {
    return first(name) != null;
  }

  /** Every value of a field, in order; empty where there is none. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) values.add(fields[i + 1]);
    }
    return values;
  }

  /** Every field in order. */
  public void forEach(BiConsumer<String, String> field) {
    for (int i = 0; i < fields.length; i += 2) field.accept(fields[i], fields[i + 1]);
  }

  /** The fields grouped by canonical name, in the order in which names first appear. */
  public Map<String, List<String>> byCanonicalName() {
    Map<String, List<String>> grouped = new LinkedHashMap<>();
    forEach(
        (n, v) ->
            grouped.computeIfAbsent(FieldSyntax.canonicalName(n), k -> new ArrayList<>(1)).add(v));
    return grouped;
  }

  /** These without the fields whose name, in lower case, the test holds for. */
  public Headers without(Predicate<String> lowerCaseName) {
    Builder b = new Builder(fields.length);
    for (int i = 0; i < fields.length; i += 2) {
      if (!lowerCaseName.test(fields[i].toLowerCase(Locale.ROOT))) b.add(fields[i], fields[i + 1]);
    }
    return b.count == fields.length ? this : b.build();
  }

  /** These with that one value of a field, in the place of any others. */
  public Headers with(String name, String value) {
    Builder b = new Builder(fields.length + 2);
    boolean same = false;
    int others = 0;
    for (int i = 0; i < fields.length; i += 2) {
      if (!fields[i].equalsIgnoreCase(name)) {
        b.add(fields[i], fields[i + 1]);
        continue;
      }
      same = others++ == 0 && fields[i + 1].equals(value);
    }
    return same ? this : b.add(name, value).build();
  }

  /**
   * What goes on to the next hop: these without hop-by-hop fields and without those that {@code
   * Connection} names.
   */
  public Headers endToEnd() {
    Set<String> named = namedByConnection();
    return without(n -> HOP_BY_HOP.contains(n) || named.contains(n));
  }

  private Set<String> namedByConnection() {
    Set<String> named = new TreeSet<>();
    for (String value : all("Connection")) {
      for (String option : value.split(",", -1)) {
        String name = option.strip().toLowerCase(Locale.ROOT);
        // "close" and "keep-alive" are options, and the framing is never anybody's to strip.
        if (!name.isEmpty() && !name.equals("content-length") && !name.equals("host"))
          named.add(name);
      }
    }
    return named;
  }

  /** True if {@code Connection} has this option. */
  public boolean connectionHas(String option) {
    return namedByConnection().contains(option);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Headers h && Arrays.equals(fields, h.fields);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(fields);
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "Headers" + byCanonicalName().keySet();
  }

  /** True for the name of a field whose values are secrets, not to be shown. */
  public static boolean isSecret(String name) {
    String n = name.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(n::contains);
  }

  /** Collects fields; for one thread. */
  public static final class Builder {
    private String[] fields;
    private int count;

    /** A builder for a few fields. */
    public Builder() {
      this(32);
    }

    private Builder(int capacity) {
      fields = new String[Math.max(2, capacity)];
    }

    /** Appends a field. */
    public Builder add(String name, String value) {
      if (count == fields.length) fields = Arrays.copyOf(fields, count * 2);
      fields[count++] = name;
      fields[count++] = value;
      return this;
    }

    /** How many fields there are so far. */
    public int size() {
      return count / 2;
    }

    /** The fields so far. */
    public Headers build() {
      return count == 0 ? EMPTY : new Headers(Arrays.copyOf(fields, count));
    }
  }
}
