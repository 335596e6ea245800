package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
  private static final FieldNames NAMES = FieldNames.of("Host", "te", "X-Proxy-Client", "Date");

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "host", "HOST", "hOsT", "TE", "te", "x-proxy-client", "date", "DATE"})
  void theyCompareWithoutCase(String name) {
    assertTrue(NAMES.test(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t",
        "tee",
        "hos",
        "host ",
        " host",
        "hose",
        "x_proxy_client",
        "x-proxy-clients",
        "a-name-that-is-longer-than-all"
      })
  void allOthersAreNone(String name) {
    assertFalse(NAMES.test(name));
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertTrue(FieldNames.of("VIA").test("via"));
      assertTrue(FieldNames.of("via").test("VIA"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void withoutNamesThereIsNone() {
    assertFalse(FieldNames.of().test(""));
    assertFalse(FieldNames.of().test("Host"));
  }

  @Test
  void fieldsAreTakenOutByThem() {
    Headers h = Headers.of("HOST", "a", "A", "1", "host", "b", "Te", "c", "B", "2");
    assertEquals(Headers.of("A", "1", "B", "2"), h.without(NAMES));
  }
}
