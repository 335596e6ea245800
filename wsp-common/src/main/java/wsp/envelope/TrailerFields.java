package wsp.envelope;

import wsp.text.Ascii;

/** Which trailer fields go on, and what is said of them before (RFC 9110 §6.5, §6.6.2). */
public final class TrailerFields {
  private static final String CONNECTION = "Connection";
  private static final String TRAILER = "Trailer";

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
    for (String value : head.all(TRAILER)) {
      for (String word : value.split(",", -1)) {
        String name = Ascii.trim(word);
        if (name.isEmpty() || !FieldSyntax.isToken(name) || isForbidden(name)) continue;
        names.append(names.isEmpty() ? "" : ", ").append(name);
      }
    }
    return names.toString();
  }
}
