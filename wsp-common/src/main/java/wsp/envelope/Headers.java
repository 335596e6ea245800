package wsp.envelope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * The fields of one message: a multi-map whose names compare without case, in the order of the wire
 * (RFC 9110 §5). Repeated fields keep every value. Immutable; safe for all threads.
 */
public final class Headers {
  public static final Headers EMPTY = new Headers(new String[0]);

  /** So many fields are compared with each other faster than put into a map. */
  private static final int FEW = 50;

  /** Name, value, name, value: small, and in wire order by itself. */
  private final String[] fields;

  /** Of the names, and perhaps some more: most lookups are for what is not there. */
  private final long marks;

  private Headers(String[] fields) {
    this(fields, marks(fields));
  }

  private Headers(String[] fields, long marks) {
    this.fields = fields;
    this.marks = marks;
  }

  private static long marks(String[] fields) {
    long marks = 0;
    for (int i = 0; i < fields.length; i += 2) marks |= FieldNames.mark(fields[i]);
    return marks;
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
    int i = indexOf(name, 0);
    return i < 0 ? null : fields[i + 1];
  }

  /** True if the field is there, be it empty. */
  public boolean has(String name) {
    return first(name) != null;
  }

  /** Every value of a field, in order; empty where there is none. Not to be changed. */
  public List<String> all(String name) {
    int first = indexOf(name, 0);
    if (first < 0) return List.of();
    int next = indexOf(name, first + 2);
    if (next < 0) return List.of(fields[first + 1]);
    List<String> values = new ArrayList<>();
    values.add(fields[first + 1]);
    for (; next >= 0; next = indexOf(name, next + 2)) values.add(fields[next + 1]);
    return values;
  }

  /**
   * The elements between the commas of all values of a field, without blanks around them and
   * without those that are empty (RFC 9110 §5.6.1).
   */
  public List<String> elements(String name) {
    List<String> elements = new ArrayList<>();
    for (String value : all(name))
      for (String element : value.split(",", -1)) {
        String trimmed = Ascii.trim(element);
        if (!trimmed.isEmpty()) elements.add(trimmed);
      }
    return elements;
  }

  /**
   * The values of fields that are spelled otherwise, but that an origin may take for this one;
   * nearly always none. Not to be changed.
   */
  public List<String> likeOnes(String name) {
    if ((marks & FieldNames.mark(name)) == 0) return List.of();
    List<String> values = List.of();
    for (int i = 0; i < fields.length; i += 2) {
      if (!FieldNames.areAlike(fields[i], name) || Ascii.equalsIgnoreCase(fields[i], name))
        continue;
      if (values.isEmpty()) values = new ArrayList<>();
      values.add(fields[i + 1]);
    }
    return values;
  }

  /** The values of all fields that an origin may take for this one, however spelled, in order. */
  public List<String> alike(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2)
      if (FieldNames.areAlike(fields[i], name)) values.add(fields[i + 1]);
    return values;
  }

  boolean hasOne(String name) {
    int first = indexOf(name, 0);
    return first >= 0 && indexOf(name, first + 2) < 0;
  }

  /** Where the next field of that name stands in {@link #fields}; -1 if nowhere. */
  private int indexOf(String name, int from) {
    if ((marks & FieldNames.mark(name)) == 0) return -1;
    for (int i = from; i < fields.length; i += 2) {
      if (Ascii.equalsIgnoreCase(fields[i], name)) return i;
    }
    return -1;
  }

  public void forEach(BiConsumer<String, String> field) {
    for (int i = 0; i < fields.length; i += 2) field.accept(fields[i], fields[i + 1]);
  }

  /**
   * Each name once, in its canonical spelling and in the order in which names first appear, and all
   * of its values.
   */
  public void forEachName(BiConsumer<String, List<String>> field) {
    if (size() > FEW) {
      byCanonicalName().forEach(field);
      return;
    }
    for (int i = 0; i < fields.length; i += 2) {
      String name = fields[i];
      if (indexOf(name, 0) == i) field.accept(FieldSyntax.canonicalName(name), all(name));
    }
  }

  /** The fields grouped by canonical name, in the order in which names first appear. */
  public Map<String, List<String>> byCanonicalName() {
    Map<String, List<String>> grouped = new LinkedHashMap<>();
    forEach(
        (n, v) ->
            grouped.computeIfAbsent(FieldSyntax.canonicalName(n), k -> new ArrayList<>(1)).add(v));
    return grouped;
  }

  public Headers without(FieldNames names) {
    return (marks & names.marks()) == 0 ? this : without((Predicate<String>) names);
  }

  public Headers without(Predicate<String> name) {
    int kept = 0;
    while (kept < fields.length && !name.test(fields[kept])) kept += 2;
    if (kept == fields.length) return this;
    String[] rest = Arrays.copyOf(fields, fields.length - 2);
    for (int i = kept + 2; i < fields.length; i += 2) {
      if (name.test(fields[i])) continue;
      rest[kept++] = fields[i];
      rest[kept++] = fields[i + 1];
    }
    if (kept == 0) return EMPTY;
    return new Headers(kept == rest.length ? rest : Arrays.copyOf(rest, kept), marks);
  }

  /** These without the fields that {@link #likeOnes} finds: what frames a message has one name. */
  public Headers spelledOnly(String name) {
    if (likeOnes(name).isEmpty()) return this;
    return without(n -> FieldNames.areAlike(n, name) && !Ascii.equalsIgnoreCase(n, name));
  }

  /** These with that one value of a field, in the place of any others, however spelled. */
  public Headers with(String name, String value) {
    int at = indexOf(name, 0);
    boolean once = at >= 0 && hasOne(name) && likeOnes(name).isEmpty();
    if (once && fields[at + 1].equals(value)) return this;
    boolean any = (marks & FieldNames.mark(name)) != 0;
    String[] others = any ? without(n -> FieldNames.areAlike(n, name)).fields : fields;
    String[] all = Arrays.copyOf(others, others.length + 2);
    all[others.length] = name;
    all[others.length + 1] = value;
    return new Headers(all, marks | FieldNames.mark(name));
  }

  /** These, and those behind them. */
  public Headers and(Headers more) {
    if (size() == 0 || more.size() == 0) return size() == 0 ? more : this;
    String[] all = Arrays.copyOf(fields, fields.length + more.fields.length);
    System.arraycopy(more.fields, 0, all, fields.length, more.fields.length);
    return new Headers(all, marks | more.marks);
  }

  /** For the next hop: without hop-by-hop fields, and without those that Connection names. */
  public Headers endToEnd() {
    return ConnectionField.endToEnd(this);
  }

  public boolean connectionHas(String option) {
    return ConnectionField.has(this, option);
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

  /** Collects fields; for one thread. */
  public static final class Builder {
    private String[] fields = new String[32];
    private int count;

    public Builder add(String name, String value) {
      if (count == fields.length) fields = Arrays.copyOf(fields, count * 2);
      fields[count++] = name;
      fields[count++] = value;
      return this;
    }

    public int size() {
      return count / 2;
    }

    public Headers build() {
      return count == 0 ? EMPTY : new Headers(Arrays.copyOf(fields, count));
    }
  }
}
