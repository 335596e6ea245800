package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import wsp.text.Ascii;

/** The fields of fuzzed envelopes. */
final class FuzzedFields {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Bytes that are not of UTF-8 are halves of pairs ({@link FieldText}). */
  private static final Pattern VALUE =
      Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f\\ud800-\\udc7f\\udd00-\\udfff]*");

  private FuzzedFields() {}

  static void assertToken(String text) {
    assertTrue(TOKEN.matcher(text).matches(), text);
  }

  static void assertValid(Headers fields) {
    fields.forEach(
        (name, value) -> {
          assertToken(name);
          assertTrue(VALUE.matcher(value).matches(), value);
        });
  }

  /** Names and values in turn, from the fourth part on. */
  static Headers of(String[] parts) {
    Headers.Builder headers = new Headers.Builder();
    for (int i = 3; i + 1 < parts.length; i += 2) {
      if (FieldSyntax.isToken(parts[i]) && FieldSyntax.isValue(parts[i + 1]))
        // As the readers of heads give them: without blanks around them (RFC 9110 §5.5).
        headers.add(parts[i], Ascii.trim(parts[i + 1]));
    }
    return headers.build();
  }

  /** Names go out in their canonical spelling, those that are the same next to each other. */
  static void assertSame(Headers expected, Headers got) {
    assertEquals(expected.byCanonicalName(), got.byCanonicalName());
    assertEquals(expected.size(), got.size());
  }
}
