package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
  private static List<String> words(int n) {
    return IntStream.range(0, n).mapToObj(i -> "w" + i).toList();
  }

  @Test
  void whatIsFormattedIsReadAgain() throws Exception {
    for (List<String> labels :
        List.of(List.of("red"), List.of("red", "eu-west_1.a", "!#$%&'*+^`|~"), words(16)))
      assertEquals(labels, Labels.parse(Labels.format(labels)));
    assertEquals("red, blue", Labels.format(List.of("red", "blue")));
    assertEquals(List.of("red", "blue"), Labels.parse(" red\t,blue "));
  }

  @Test
  void theLimitsAreWhatTheySay() throws Exception {
    String longest = "x".repeat(64);
    assertEquals(List.of(longest), Labels.parse(longest));
    assertThrows(EnvelopeException.class, () -> Labels.parse(longest + "x"));
    assertEquals(16, Labels.parse(Labels.format(words(16))).size());
    assertThrows(EnvelopeException.class, () -> Labels.parse(Labels.format(words(17))));
    assertTrue(Labels.areLabels(List.of()), "none may be configured");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",", "a,", ",a", "a,,b", "a b", "a,a", "é", "a\u0000", "\"a\"", "a/b"})
  void whatIsNoListOfWordsIsRefusedWithoutShowingIt(String field) {
    EnvelopeException e = assertThrows(EnvelopeException.class, () -> Labels.parse(field));
    assertEquals(
        "X-PROXY-LABELS: at most 16 different words of 1 to 64 token characters (RFC 9110)"
            + " are expected",
        e.getMessage());
  }

  @Test
  void aFieldOfAnySizeCostsLittle() {
    assertThrows(EnvelopeException.class, () -> Labels.parse(",".repeat(10_000_000)));
  }
}
