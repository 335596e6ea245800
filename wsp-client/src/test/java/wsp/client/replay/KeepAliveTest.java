package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;

class KeepAliveTest {
  /** Fields are told apart by a bar; single quotes are those of CSV. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      value = {
        "timeout=5 & 5",
        "timeout=5, max=100 & 5",
        "max=100, Timeout=07 & 7",
        "timeout = 5 & 5",
        "timeout=\"5\" & 5",
        // More than one field is one list (RFC 9110 §5.3).
        "max=3|timeout=5 & 5",
        "timeout=0 & 0",
        "max=3 & -1",
        "xtimeout=5 & -1",
        "timeout=x & -1",
        "timeout=1234567890 & -1",
        "5 & -1",
      })
  void anOriginSaysForHowLong(String fields, long seconds) {
    Headers headers = Headers.EMPTY;
    for (String value : fields.split("\\|")) headers = headers.and(Headers.of("Keep-Alive", value));
    assertEquals(seconds, KeepAlive.promised(headers));
  }
}
