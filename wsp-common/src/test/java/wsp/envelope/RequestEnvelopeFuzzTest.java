package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wsp.text.Ascii;

/**
 * What holds of everything that may come as a request envelope. Here for the seeds; under the
 * profile {@code fuzz} a fuzzer looks for more. The input is the JSON and, line by line, what an
 * envelope is made of: method, URL, length, then names and values in turn.
 */
public class RequestEnvelopeFuzzTest {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE =
      Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f\\ud800-\\udfff]*");

  static Stream<Path> seeds() throws IOException {
    return Files.list(Path.of("src/test/resources/fuzz/request-envelope"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsOfTheSeed(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    whatIsReadIsValid(text);
    BothWays.agreeOn(text);
    whatIsWrittenIsRead(text.split("\n", -1));
  }

  private static void whatIsReadIsValid(String json) {
    RequestEnvelope envelope;
    try {
      envelope = EnvelopeCodec.decodeRequest(json);
    } catch (EnvelopeException e) {
      assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
      return;
    }
    assertTrue(TOKEN.matcher(envelope.method()).matches(), envelope.method());
    assertTrue(envelope.contentLength() >= -1, "" + envelope.contentLength());
    envelope
        .headers()
        .forEach(
            (name, value) -> {
              assertTrue(TOKEN.matcher(name).matches(), name);
              assertTrue(VALUE.matcher(value).matches(), value);
            });
    RequestEnvelope once = readAgain(envelope);
    assertSame(envelope, once);
    assertEquals(once, readAgain(once));
  }

  private static void whatIsWrittenIsRead(String[] parts) {
    if (parts.length < 3 || !parts[2].matches("-1|[0-9]{1,18}")) return;
    long length = Long.parseLong(parts[2]);
    if (!FieldSyntax.isToken(parts[0])) return;
    RequestEnvelope envelope = new RequestEnvelope(parts[0], parts[1], headers(parts), length);
    assertSame(envelope, readAgain(envelope));
  }

  private static Headers headers(String[] parts) {
    Headers.Builder headers = new Headers.Builder();
    for (int i = 3; i + 1 < parts.length; i += 2) {
      if (FieldSyntax.isToken(parts[i]) && FieldSyntax.isValue(parts[i + 1]))
        // As the readers of heads give them: without blanks around them (RFC 9110 §5.5).
        headers.add(parts[i], Ascii.trim(parts[i + 1]));
    }
    return headers.build();
  }

  private static RequestEnvelope readAgain(RequestEnvelope envelope) {
    try {
      return EnvelopeCodec.decodeRequest(EnvelopeCodec.encode(envelope));
    } catch (EnvelopeException e) {
      throw new AssertionError(EnvelopeCodec.encode(envelope), e);
    }
  }

  /** Names go out in their canonical spelling, those that are the same next to each other. */
  private static void assertSame(RequestEnvelope expected, RequestEnvelope got) {
    assertEquals(expected.method(), got.method());
    assertEquals(expected.url(), got.url());
    assertEquals(expected.contentLength(), got.contentLength());
    assertEquals(expected.headers().byCanonicalName(), got.headers().byCanonicalName());
    assertEquals(expected.headers().size(), got.headers().size());
  }
}
