package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import wsp.config.ConfigFile;

class IdentityTest {
  @Test
  void theGreetingHasTheIdAndTheIdleSize() throws Exception {
    assertEquals("a_b_7", Identity.of(ConfigFile.parse("f", "id: a_b"), "").greeting(7));
  }
}
