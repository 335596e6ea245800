package wsp.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.config.ErrorCodes;

class FailureTest {
  @ParameterizedTest
  @CsvSource({
    "INVALID_DESTINATION,400",
    "METHOD,501",
    "UPGRADE,501",
    "TUNNEL_PORT,403",
    "FORBIDDEN,403",
    "NOT_ALLOWED,403",
    "UNKNOWN_HOST,502",
    "NO_NAME_SERVER,504",
    "PROHIBITED_ADDRESS,403",
    "REFUSED,502",
    "UNREACHABLE,502",
    "NO_DESCRIPTOR,503",
    "TOO_MUCH_TO_JUDGE,503",
    "NO_PORT,503",
    "NO_MEMORY,503",
    "CONNECT_TIMEOUT,504",
    "TLS,502",
    "CERTIFICATE_EXPIRED,502",
    "CERTIFICATE_NOT_YET_VALID,502",
    "CERTIFICATE_WRONG_NAME,502",
    "CERTIFICATE_SELF_SIGNED,502",
    "CERTIFICATE_UNKNOWN_AUTHORITY,502",
    "CERTIFICATE_UNKNOWN_ISSUER,502",
    "CERTIFICATE,502",
    "CLOSED_EARLY,502",
    "NO_ANSWER,504",
    "INVALID_RESPONSE,502",
    "LARGE_HEAD,502",
    "UNKNOWN_CODING,502",
    "CONNECTION_AUTH,502",
    "CUT_BODY,502",
    "ENGINE,501",
    "INTERNAL,502"
  })
  void eachFailureHasAStatusOfHttpAndTheOriginalOne(Failure failure, int standard) {
    assertEquals(527, failure.status(ErrorCodes.LEGACY));
    assertEquals(standard, failure.status(ErrorCodes.STANDARD));
    assertTrue(failure.advice().length() > 30, failure.advice());
  }

  @Test
  void eachFailureHasItsOwnAdvice() {
    Set<String> texts = new HashSet<>();
    for (Failure f : Failure.values()) assertTrue(texts.add(f.advice()), f.advice());
  }

  @Test
  void theTableIsWhole() {
    assertEquals(34, Failure.values().length, "a new failure needs a row above");
    assertEquals("", Failure.WRONG_LENGTH.advice(), "nobody is told");
  }
}
