package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayStateTest {
  private final ReplayState state = new ReplayState();

  private boolean play(String event) {
    return switch (event) {
      case "seeks" -> state.seeks(true);
      case "notReady" -> state.seeks(false);
      case "again" -> state.seeksAgain();
      case "head" -> state.responds();
      case "timesOut" -> state.timesOut();
      case "ends" -> state.ends();
      default -> {
        state.responded(event.equals("reusable"));
        yield true;
      }
    };
  }

  private String shown() {
    return (state.isAwaiting() ? "awaiting" : state.isWhole() ? "whole" : "begun")
        + (state.isReusable() ? " reusable" : "")
        + (state.ended() ? " ended" : "");
  }

  @ParameterizedTest
  @CsvSource({
    "seeks, true, awaiting",
    "notReady, false, awaiting",
    "notReady seeks, true, awaiting",
    "seeks seeks, false, awaiting",
    "ends seeks, false, awaiting ended",
    "seeks again, true, awaiting",
    "seeks again again, false, awaiting",
    "seeks head, true, begun",
    "seeks ends head, false, awaiting ended",
    "seeks head reusable, true, whole reusable",
    "seeks head last, true, whole",
    "seeks timesOut, true, awaiting ended",
    "seeks head timesOut, false, begun",
    "seeks timesOut head, false, awaiting ended",
    "seeks ends timesOut, false, awaiting ended",
    "seeks head ends, true, begun ended",
    "seeks head ends ends, false, begun ended",
    "seeks head last ends, true, whole ended"
  })
  void theLastOfTheEventsIsAnswered(String events, boolean answer, String after) {
    boolean last = false;
    for (String event : events.split(" ")) last = play(event);
    assertEquals(answer, last);
    assertEquals(after, shown());
  }
}
