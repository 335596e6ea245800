package wsp.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Warnings about lists that are to keep somebody out and have no value, as when all that stood
 * below them is commented out. Stateless.
 */
public final class BlankAdvice {
  private BlankAdvice() {}

  /** A line for each of these keys that stands in the file without a value. */
  public static List<String> of(ConfigFile file, String... keys) {
    List<String> lines = new ArrayList<>();
    for (String key : keys)
      if (file.mentions(key) && !file.has(key))
        lines.add(
            key
                + ": it has no value, and keeps nobody out, as if it were not there: write "
                + key
                + " : [] if that is meant");
    return lines;
  }
}
