package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.testing.Seeds;

/**
 * What holds of every text that a client may greet with. Here for the seeds; under the profile
 * {@code fuzz} a fuzzer looks for more. The input is the text.
 */
public class GreetingFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    whatIsReadIsWrittenAlike(text);
    if (Greeting.isId(text)) whatIsWrittenIsRead(new Greeting(text, size(input)));
  }

  private static int size(byte[] input) {
    return Math.floorMod(Arrays.hashCode(input), Greeting.MAX_IDLE + 1);
  }

  private static void whatIsReadIsWrittenAlike(String text) {
    Greeting greeting;
    try {
      greeting = Greeting.parse(text);
    } catch (EnvelopeException e) {
      assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
      return;
    }
    assertTrue(greeting.clientId().matches("[!-~]{1,200}"), text);
    assertTrue(greeting.idleSize() >= 0 && greeting.idleSize() <= Greeting.MAX_IDLE, text);
    assertTrue(text.startsWith(greeting.clientId() + "_"), text);
    String zeros = text.substring(greeting.clientId().length() + 1);
    assertEquals(greeting.idleSize(), Integer.parseInt(zeros));
    whatIsWrittenIsRead(greeting);
  }

  private static void whatIsWrittenIsRead(Greeting greeting) {
    assertTrue(greeting.format().length() <= Greeting.MAX_LENGTH, greeting.format());
    try {
      assertEquals(greeting, Greeting.parse(greeting.format()));
    } catch (EnvelopeException e) {
      throw new AssertionError(greeting.format(), e);
    }
  }
}
