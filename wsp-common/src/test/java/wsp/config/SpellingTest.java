package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KEYS = List.of("host", "port", "timeout", "idletimeout");

  @ParameterizedTest
  @CsvSource({
    "prot,port",
    "pot,port",
    "timeouts,timeout",
    "tiemout,timeout",
    "idletimout,idletimeout",
    "hosst,host"
  })
  void theNearestKeyIsFound(String typed, String meant) {
    assertEquals(meant, Spelling.closest(typed, KEYS));
  }

  @ParameterizedTest
  @CsvSource({"x", "nosuchkey", "secretkey", "h"})
  void nothingIsGuessedFromAfar(String typed) {
    assertNull(Spelling.closest(typed, KEYS));
  }

  @Test
  void slipsAreCounted() {
    assertEquals(0, Spelling.slips("a", "a"));
    assertEquals(1, Spelling.slips("ab", "ba"));
    assertEquals(2, Spelling.slips("abc", "c"));
    assertEquals(Integer.MAX_VALUE, Spelling.slips("a", "a".repeat(100_000)));
  }
}
