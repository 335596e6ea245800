package wsp.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/** The values that a key may have: in words, and read from their text; null for any other. */
record Notation<T>(String expected, Function<String, @Nullable T> reader) {
  private static final Map<String, Boolean> TRUTHS =
      Map.of("true", true, "yes", true, "on", true, "false", false, "no", false, "off", false);

  static final Notation<Boolean> BOOLEAN =
      new Notation<>("true or false", text -> TRUTHS.get(Ascii.lower(text)));

  static <E extends Enum<E>> Notation<E> constants(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E e : type.getEnumConstants()) words.put(Ascii.lower(e.name()), e);
    String expected = String.join(", ", words.keySet()).replaceFirst(", ([^,]*)$", " or $1");
    return new Notation<>(expected, text -> words.get(Ascii.lower(text)));
  }
}
