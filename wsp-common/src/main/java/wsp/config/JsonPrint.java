package wsp.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The effective configuration as JSON, for the print at start. Safe for all threads. */
public final class JsonPrint {
  /** Control characters beyond ASCII are as bad in a terminal as those within. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonPrint() {}

  /**
   * Maps, iterables, texts, numbers, booleans and null, indented by four spaces.
   *
   * @throws IllegalArgumentException for any other type
   */
  public static String indented(Map<String, ?> effective) {
    return print(effective, fourSpaces());
  }

  /** The same in one line. */
  public static String compact(Map<String, ?> effective) {
    return print(effective, null);
  }

  private static String print(Map<String, ?> effective, @Nullable PrettyPrinter style) {
    StringWriter out = new StringWriter();
    try (JsonGenerator g = JSON.createGenerator(out)) {
      if (style != null) g.setPrettyPrinter(style);
      write(g, effective);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toString();
  }

  private static DefaultPrettyPrinter fourSpaces() {
    DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    return new DefaultPrettyPrinter(separators)
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  private static void write(JsonGenerator g, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      g.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        g.writeFieldName(String.valueOf(entry.getKey()));
        write(g, entry.getValue());
      }
      g.writeEndObject();
    } else if (value instanceof Iterable<?> items) {
      g.writeStartArray();
      for (Object item : items) write(g, item);
      g.writeEndArray();
    } else if (isSimple(value)) {
      g.writePOJO(value);
    } else {
      throw new IllegalArgumentException("not a value of JSON");
    }
  }

  private static boolean isSimple(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Number;
  }
}
