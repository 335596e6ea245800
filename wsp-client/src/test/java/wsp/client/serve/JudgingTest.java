package wsp.client.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgingTest {
  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "connect", "Connect", "PRI", "pri"})
  void someMakeSomethingElseThanARequest(String method) {
    assertTrue(Judging.changeMeaning(method));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "TRACE", "OPTIONS", "FOO", "PRIVATE", "CONNECTED", "\u0131", "UPDATE"})
  void allOthersAreForAUrl(String method) {
    assertFalse(Judging.changeMeaning(method));
  }
}
