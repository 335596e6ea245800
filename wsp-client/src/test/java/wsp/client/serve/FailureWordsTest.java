package wsp.client.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import wsp.admin.LiveSource.FailureText;
import wsp.client.origin.Failure;
import wsp.observe.Outcomes;

class FailureWordsTest {
  @Test
  void everyFailureOfTheTableIsExplainedAndNothingElse() {
    Set<String> names = new TreeSet<>();
    for (Failure f : Failure.values()) names.add(f.name());
    names.add(Outcomes.CANCELLED);
    assertEquals(names, new TreeSet<>(FailureWords.ALL.keySet()));
  }

  @Test
  void eachSaysWhatWhoseSideAndWhatToDo() {
    FailureWords.ALL.forEach(
        (name, e) -> {
          assertTrue(!e.title().isEmpty() && e.title().length() <= 30, name);
          assertTrue(e.side().contains("the ") || e.side().startsWith("this "), name);
          assertTrue(e.what().endsWith(".") && e.advice().endsWith("."), name);
        });
    long titles = FailureWords.ALL.values().stream().map(FailureText::title).distinct().count();
    assertEquals(FailureWords.ALL.size(), titles, "no two are told alike");
  }
}
