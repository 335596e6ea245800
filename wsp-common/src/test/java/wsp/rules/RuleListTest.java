package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;

class RuleListTest {
  private static RuleList urls(String... patterns) {
    List<Rule> rules = new ArrayList<>();
    for (String p : patterns) rules.add(Rule.of(null, p, Map.of()));
    return new RuleList(rules);
  }

  @Test
  void rulesAboutOtherUrlsAreNoCandidates() {
    RuleList rules =
        urls("^http://a/", "x", "^http://b/", "^http://a/b", "^https?://a/", "^http://a/");
    assertArrayEquals(new int[] {0, 1, 3, 4, 5}, rules.candidates("http://a/b"));
    assertArrayEquals(new int[] {0, 1, 4, 5}, rules.candidates("http://a/"));
    assertArrayEquals(new int[] {1, 4}, rules.candidates("https://a/"));
    assertArrayEquals(new int[] {1}, rules.candidates("https://b/"));
    assertArrayEquals(new int[] {1}, rules.candidates(""));
  }

  @Test
  void aRuleWithoutAUrlIsOneForEach() {
    RuleList rules = new RuleList(List.of(Rule.of("GET", null, Map.of())));
    assertArrayEquals(new int[] {0}, rules.candidates("http://a/"));
  }

  @Test
  void ofAThousandRulesThatSayWhatTheyAreAboutOneIsLeft() {
    String[] patterns = new String[1000];
    for (int i = 0; i < 1000; i++) patterns[i] = "^https://host-" + i + "\\.example/";
    assertArrayEquals(new int[] {77}, urls(patterns).candidates("https://host-77.example/x"));
  }

  @Test
  void aVeryLongPatternIsOneAsAnyOther() {
    String text = "http://a/" + "b".repeat(100_000);
    assertArrayEquals(new int[] {0}, urls("^" + text).candidates(text));
  }

  private static boolean isPattern(String text) {
    try {
      return Rule.of(null, text, Map.of()) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whoever is no candidate would not have matched. */
  @Test
  void nobodyIsLeftOutWhoMatches() {
    Random random = new Random(1);
    String[] parts = {
      "a", "b", "/", "\\.", ".", "(a|b)", "[ab]", "a?", "b*", "ab", "ab?", "?", "|"
    };
    for (int round = 0; round < 2000; round++) {
      String[] patterns = new String[20];
      for (int i = 0; i < patterns.length; i++) {
        StringBuilder p = new StringBuilder(random.nextInt(4) == 0 ? "" : "^");
        for (int k = random.nextInt(5); k >= 0; k--) p.append(parts[random.nextInt(parts.length)]);
        patterns[i] = isPattern(p.toString()) ? p.toString() : "a";
      }
      RuleList rules = urls(patterns);
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(6); k >= 0; k--) text.append("ab/.".charAt(random.nextInt(4)));
      String url = text.toString();
      List<Integer> candidates = IntStream.of(rules.candidates(url)).boxed().toList();
      assertEquals(candidates.stream().sorted().distinct().toList(), candidates);
      for (int i = 0; i < patterns.length; i++) {
        boolean matches = rules.get(i).matchesWholly("GET", url, new FieldReadings(Headers.EMPTY));
        if (matches) assertEquals(true, candidates.contains(i), patterns[i] + " in " + url);
      }
    }
  }
}
