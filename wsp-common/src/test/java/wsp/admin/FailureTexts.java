package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the page says of the failures of a daemon. */
public final class FailureTexts {
  private FailureTexts() {}

  /** Each of these failures is explained, in form, and nothing else is. */
  public static void explain(Set<String> failures, Map<String, FailureText> texts) {
    assertEquals(new TreeSet<>(failures), new TreeSet<>(texts.keySet()));
    texts.forEach(
        (name, e) -> {
          assertTrue(!e.title().isEmpty() && e.title().length() <= 30, name);
          assertTrue(e.side().contains("the ") || e.side().startsWith("this "), name);
          assertTrue(e.what().endsWith(".") && e.advice().endsWith("."), name);
        });
    long titles = texts.values().stream().map(FailureText::title).distinct().count();
    assertEquals(texts.size(), titles, "no two are told alike");
  }
}
