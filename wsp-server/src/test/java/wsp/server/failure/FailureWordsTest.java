package wsp.server.failure;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import wsp.admin.FailureTexts;

class FailureWordsTest {
  @Test
  void everyFailureOfTheTableIsExplainedAndNothingElse() {
    Set<String> names = new HashSet<>();
    for (ProxyError f : ProxyError.values()) names.add(f.name());
    FailureTexts.explain(names, FailureWords.ALL);
  }
}
