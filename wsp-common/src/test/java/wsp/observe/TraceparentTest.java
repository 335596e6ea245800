package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;

class TraceparentTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        TRACE,
        "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-00",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
        "fe-00000000000000000000000000000001-0000000000000001-00"
      })
  void whatIsOneIsTaken(String text) {
    assertEquals(text, Traceparent.of(Headers.of("TraceParent", text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.x",
        "0-00af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
        "\uff10\uff10-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01"
      })
  void whatIsNoneIsNotLogged(String text) {
    assertEquals("", Traceparent.of(Headers.of("traceparent", text)));
  }

  @Test
  void ofALaterVersionTheKnownPartIsTaken() {
    String later = "01" + TRACE.substring(2);
    assertEquals(later, Traceparent.of(Headers.of("traceparent", later + "-what-else")));
  }

  @Test
  void twoAreNone() {
    assertEquals("", Traceparent.of(Headers.of("traceparent", TRACE, "Traceparent", TRACE)));
    assertEquals("", Traceparent.of(Headers.EMPTY));
  }
}
