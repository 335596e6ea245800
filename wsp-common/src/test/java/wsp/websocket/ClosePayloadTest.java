package wsp.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosePayloadTest {
  private static ClosePayload read(String hex) throws ProtocolViolationException {
    return ClosePayload.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  private static int violated(String hex) {
    return assertThrows(ProtocolViolationException.class, () -> read(hex), hex).closeCode();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32768, 65535})
  void codesThatNobodyMaySendAreViolations(int code) {
    assertEquals(1002, violated("%04x".formatted(code)));
    assertEquals(1002, violated("%04x616263".formatted(code)));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999})
  void theOthersAreReadWithTheirReason(int code) throws Exception {
    assertEquals(new ClosePayload(code, ""), read("%04x".formatted(code)));
    assertEquals(new ClosePayload(code, "é"), read("%04xc3a9".formatted(code)));
  }

  @ParameterizedTest
  @CsvSource({"03, 1002", "03e8ff, 1007", "03e8c3, 1007", "03e8c080, 1007", "03e8eda080, 1007"})
  void halfACodeAndAReasonThatIsNoTextAreViolations(String hex, int code) {
    assertEquals(code, violated(hex));
  }

  @Test
  void anEmptyPayloadHasNoCodeAndIsWhatStandsForNone() throws Exception {
    assertEquals(new ClosePayload(ClosePayload.NO_CODE, ""), read(""));
    assertEquals(0, ClosePayload.of(ClosePayload.NO_CODE, "why").remaining());
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertEquals(new ClosePayload(4527, "why"), ClosePayload.read(ClosePayload.of(4527, "why")));
    assertEquals(
        "x".repeat(123), ClosePayload.read(ClosePayload.of(1000, "x".repeat(200))).reason());
  }
}
