package wsp.envelope;

import org.jspecify.annotations.Nullable;

/** Which trailer fields go on, and what is said of them before (RFC 9110 §6.5, §6.6.2). */
public final class TrailerFields {
  private static final String CONNECTION = "Connection";
  private static final String TRAILER = "Trailer";

  /** Characters of options of a connection; nobody needs more than a few dozen. */
  private static final int MOST_NEEDED = 2048;

  private TrailerFields() {}

  /**
   * The trailers that go on to the next hop.
   *
   * @param head the fields that came before the body: what their {@code Connection} names is a
   *     field of that hop in the trailers, too
   */
  public static Headers passedOn(Headers trailers, Headers head) {
    if (trailers.size() == 0) return trailers;
    return named(trailers, head).without(TrailerFields::isForbidden);
  }

  /**
   * What the trailers of a message need of the fields of its head, which is much less than those.
   *
   * @return null if that is too much to be kept for them: then none go on, as none have to (RFC
   *     9110 §6.5.1)
   */
  public static @Nullable Headers neededOf(Headers head) {
    if (!head.has(CONNECTION)) return Headers.EMPTY;
    Headers.Builder needed = new Headers.Builder();
    int length = 0;
    for (String options : head.all(CONNECTION)) {
      length += options.length() + CONNECTION.length();
      if (length > MOST_NEEDED) return null;
      needed.add(CONNECTION, options);
    }
    return needed.build();
  }

  private static boolean isForbidden(String name) {
    return FieldLists.NOT_IN_TRAILERS.test(name)
        || FieldNames.beginsLike(name, "x-forwarded-")
        || FieldNames.beginsLike(name, "x-proxy-");
  }

  private static Headers named(Headers trailers, Headers head) {
    if (!head.has(CONNECTION)) return trailers;
    Headers.Builder both = new Headers.Builder();
    for (String options : head.all(CONNECTION)) both.add(CONNECTION, options);
    trailers.forEach(both::add);
    return both.build().endToEnd();
  }

  /**
   * The names of trailers that may come, as {@code Trailer} has them; empty where there are none.
   */
  public static String announced(Headers head) {
    if (!head.has(TRAILER)) return "";
    StringBuilder names = new StringBuilder();
    for (String name : head.elements(TRAILER)) {
      if (!FieldSyntax.isToken(name) || isForbidden(name)) continue;
      names.append(names.isEmpty() ? "" : ", ").append(name);
    }
    return names.toString();
  }

  /** The fields that go on for this head, with the names of trailers that it announces. */
  public static Headers announce(Headers head, Headers passedOn) {
    String names = announced(head);
    return names.isEmpty() ? passedOn : passedOn.with(TRAILER, names);
  }
}
