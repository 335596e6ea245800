package wsp.address;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemNamesTest {
  @Test
  void aNameWithADotAtItsEndIsKnownWithoutOneToo() throws Exception {
    assertArrayEquals(SystemNames.all("localhost"), SystemNames.all("localhost."));
    assertThrows(UnknownHostException.class, () -> SystemNames.all("no-such-host.invalid."));
  }

  /** In the words of glibc, musl and the JDK. */
  @ParameterizedTest
  @CsvSource({
    "a.test: Temporary failure in name resolution, true",
    "a.test: Try again, true",
    "a.test: Non-recoverable failure in name resolution, true",
    "a.test: Name or service not known, false",
    "a.test: No address associated with hostname, false",
    "a.test: Name does not resolve, false",
    "a.test, false",
    "a.invalid: Temporary failure in name resolution, false",
    ", false",
  })
  void aNameServerThatDoesNotAnswerIsToldFromOneThatKnowsNoAddress(
      String words, boolean unanswered) {
    assertEquals(unanswered, SystemNames.isUnanswered(new UnknownHostException(words)));
  }
}
