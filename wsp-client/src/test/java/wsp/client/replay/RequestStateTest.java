package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestStateTest {
  private final RequestState state = new RequestState();

  private void happen(String events) {
    for (String event : events.split(" ", -1)) {
      switch (event) {
        case "begins" -> state.begins();
        case "waits" -> state.waits();
        case "waitsNoMore" -> state.waitsNoMore();
        case "asks" -> state.asks();
        case "takesBack" -> state.takesBack();
        case "hears" -> state.hears();
        case "answered" -> state.answered();
        case "opens" -> state.opens();
        case "ends" -> state.ends();
        default -> throw new AssertionError(event);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "begins, true",
    "begins waits, true",
    "begins asks hears answered begins, true",
    "begins asks takesBack begins, true",
    "hears, false",
    "hears begins, false",
    "begins waits hears, false",
    "begins asks hears answered hears begins, false",
    "opens hears begins, true"
  })
  void aRequestGoesOutUnlessSomethingHasComeThatAnswersNothing(String before, boolean goes) {
    happen(before);
    assertEquals(goes, state.asks());
  }

  @ParameterizedTest
  @CsvSource({
    "begins, true",
    "begins waits, true",
    "begins waits hears, true",
    "begins asks, false",
    "begins asks hears, false",
    "begins asks takesBack, true",
    "opens, false"
  })
  void atTheEndItIsKnownWhetherNothingOfTheRequestHasLeft(String before, boolean nothing) {
    happen(before);
    assertEquals(nothing, state.ends());
    assertTrue(state.over());
  }

  @ParameterizedTest
  @CsvSource({
    "begins asks, false, false",
    "begins asks answered, true, false",
    "begins asks answered begins, true, false",
    "begins asks opens, false, true",
    "opens answered, false, true",
    "answered ends, false, false",
    "ends answered, false, false",
    "ends opens, false, false"
  })
  void whatTheConnectionIsUsedFor(String before, boolean kept, boolean raw) {
    happen(before);
    assertEquals(kept, state.kept());
    assertEquals(raw, state.raw());
  }

  @Test
  void aRequestThatWaitsGoesOnce() {
    happen("begins waits");
    assertTrue(state.isPutOff());
    assertTrue(state.waitsNoMore());
    assertFalse(state.waitsNoMore());
  }

  @Test
  void aRequestThatWaitsWhenTheConnectionEndsNeverGoes() {
    happen("begins waits ends");
    assertFalse(state.waitsNoMore());
  }
}
