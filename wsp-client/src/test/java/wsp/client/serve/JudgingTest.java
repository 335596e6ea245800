package wsp.client.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgingTest {
  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "connect", "Connect", "PRI", "pri"})
  void some_make_something_else_than_a_request(String method) {
    assertTrue(Judging.changeMeaning(method));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "TRACE", "OPTIONS", "FOO", "PRIVATE", "CONNECTED", "\u0131", "UPDATE"})
  void all_others_are_for_a_url(String method) {
    assertFalse(Judging.changeMeaning(method));
  }
}
