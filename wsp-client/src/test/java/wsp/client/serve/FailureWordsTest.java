package wsp.client.serve;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import wsp.admin.FailureTexts;
import wsp.client.origin.Failure;
import wsp.observe.Outcomes;

class FailureWordsTest {
  @Test
  void everyFailureOfTheTableIsExplainedAndNothingElse() {
    Set<String> names = new HashSet<>();
    for (Failure f : Failure.values()) names.add(f.name());
    names.add(Outcomes.CANCELLED);
    FailureTexts.explain(names, FailureWords.ALL);
  }
}
