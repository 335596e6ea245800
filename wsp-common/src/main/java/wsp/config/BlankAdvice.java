package wsp.config;

import java.util.List;

/**
 * Warnings about lists, and parts of rules, that have no value, as when all that stood below them
 * is commented out: most are to keep somebody out. Stateless.
 */
public final class BlankAdvice {
  private BlankAdvice() {}

  /** A line for each list of a file that was asked for and stands there without a value. */
  public static List<String> of(ConfigFile file) {
    return file.notes.blanks.stream().map(BlankAdvice::line).toList();
  }

  private static String line(String place) {
    return place
        + ": it has no value, and is as if it were not there: give it one, or take the line out";
  }
}
