package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.testing.Seeds;

/**
 * What holds of everything that may come as a response envelope. Here for the seeds; under the
 * profile {@code fuzz} a fuzzer looks for more. The input is the JSON and, line by line, what an
 * envelope is made of: status, nothing, length, then names and values in turn.
 */
public class ResponseEnvelopeFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    whatIsReadIsValid(text);
    BothWays.agreeOn(text);
    whatIsWrittenIsRead(text.split("\n", -1));
  }

  private static void whatIsReadIsValid(String json) {
    ResponseEnvelope envelope;
    try {
      envelope = EnvelopeCodec.decodeResponse(json);
    } catch (EnvelopeException e) {
      assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
      return;
    }
    assertTrue(envelope.status() >= 200 && envelope.status() <= 999, "" + envelope.status());
    assertTrue(envelope.contentLength() >= -1, "" + envelope.contentLength());
    FuzzedFields.assertValid(envelope.headers());
    ResponseEnvelope once = readAgain(envelope);
    assertSame(envelope, once);
    assertEquals(once, readAgain(once));
  }

  private static void whatIsWrittenIsRead(String[] parts) {
    if (parts.length < 3 || !parts[2].matches("-1|[0-9]{1,18}")) return;
    long length = Long.parseLong(parts[2]);
    int status = 200 + Math.floorMod(parts[0].hashCode(), 800);
    ResponseEnvelope envelope = new ResponseEnvelope(status, FuzzedFields.of(parts), length);
    assertSame(envelope, readAgain(envelope));
  }

  private static ResponseEnvelope readAgain(ResponseEnvelope envelope) {
    try {
      return EnvelopeCodec.decodeResponse(EnvelopeCodec.encode(envelope));
    } catch (EnvelopeException e) {
      throw new AssertionError(EnvelopeCodec.encode(envelope), e);
    }
  }

  private static void assertSame(ResponseEnvelope expected, ResponseEnvelope got) {
    assertEquals(expected.status(), got.status());
    assertEquals(expected.contentLength(), got.contentLength());
    FuzzedFields.assertSame(expected.headers(), got.headers());
  }
}
