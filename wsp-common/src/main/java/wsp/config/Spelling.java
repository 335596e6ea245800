package wsp.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the key that was probably meant. */
final class Spelling {
  private static final int MAX_SLIPS = 2;

  private Spelling() {}

  /** Words for an error about an unknown key; empty where no known one is near. */
  static String hint(String text, Collection<String> known) {
    String meant = closest(text, known);
    return meant == null ? "" : "; '" + meant + "' is probably meant";
  }

  /** The known key nearest to a text, or null if none is near. */
  static @Nullable String closest(String text, Collection<String> known) {
    String closest = null;
    int fewest = Math.min(MAX_SLIPS, text.length() / 2) + 1;
    for (String key : known) {
      int slips = slips(text, key);
      if (slips < fewest) {
        fewest = slips;
        closest = key;
      }
    }
    return closest;
  }

  /** Characters to insert, remove, replace or swap with their neighbour, to get from a to b. */
  static int slips(String a, String b) {
    if (Math.abs(a.length() - b.length()) > MAX_SLIPS) return Integer.MAX_VALUE;
    int[][] slips = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) slips[i][j] = step(slips, a, b, i, j);
    }
    return slips[a.length()][b.length()];
  }

  private static int step(int[][] slips, String a, String b, int i, int j) {
    if (i == 0 || j == 0) return i + j;
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = slips[i - 1][j - 1] + change;
    least = Math.min(least, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
    if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1))
      least = Math.min(least, slips[i - 2][j - 2] + 1);
    return least;
  }
}
